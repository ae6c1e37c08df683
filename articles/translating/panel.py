"""What an editor sees beside a translation: which text it was made from, and what has changed in the source since."""

from .. import permissions
from ..models import SourceState
from . import glossary, source_states
from .paragraphs import counterparts, marked, of_quotes, paragraphs, quotes_to_translate, untranslated


class Line:
    """A changed paragraph of the source with the paragraph of the translation that belongs to it."""

    def __init__(self, change, own):
        self.old, self.new = change.old and change.old.text, change.new and change.new.text
        if change.old and change.new:
            self.old, self.new = marked(self.old, self.new)
        self.own = own and own.text
        self.links = change.new.links if change.new and change.old and change.old.text == change.new.text else ()


def panel(article, user):
    """{name: value} for the panel of a translation or of its working copy; without texts that the user may not see.

    If that is the source, it is {"is_hidden": True}.
    """
    source, state = visible_source(article, user), source_states.state_of(article)
    if source is None:
        return {"is_hidden": True}
    if state and state.revision and not _may_see(user, state.revision):
        state = None
    coming = edition_to_come(source, user)
    now = state and source_states.compared_with(state, source)
    own, theirs = paragraphs(article), paragraphs(source)
    coming_revision = coming and source_states.text_of(coming)
    return {
        "state": state,
        "revision": now or source_states.text_of(source),
        "lines": (changed := lines(state, now, own)),
        "is_urgent": bool(changed or coming),
        "for_copy": bool(state and now and now.article_id != source.pk),
        "coming": coming,
        "coming_revision": coming_revision and coming_revision.pk,
        "coming_lines": lines(state, coming_revision, own),
        "untranslated": untranslated(
            theirs + quotes_to_translate(source, article.language),
            own + of_quotes(article.quotes.values_list("text", flat=True)),
        ),
        "terms": glossary.agreed(theirs, source.language, own, article.language),
    }


def visible_source(article, user):
    """The source of a translation if it is public or the user may see it in the admin; else None."""
    return permissions.visible_or_live(user, article.translation_of)


def edition_to_come(source, user):
    """The working copy of the source that a translation may be prepared for, if the user may see it; else None."""
    coming = source_states.edition_to_come(source)
    return coming if coming and permissions.may(user, "view", coming) else None


def _may_see(user, revision):
    return (revision.edition is not None and revision.article.was_public) or permissions.may(
        user, "view", revision.article
    )


def lines(state, now, own):
    """[Line] of the changes between the text that the translation was made from and the revision `now`."""
    found = source_states.changes_since(state, now)
    if not found:
        return []
    places = counterparts(paragraphs(state.revision.content), own)
    return [Line(change, _own(change, places, own)) for change in found]


def _own(change, places, own):
    place = places[change.at] if change.old and change.at < len(places) else None
    return own[place] if place is not None else None


def note_behind(versions):
    """Set `state_of_source`, a SourceState or None, of language versions, in one query."""
    states = SourceState.objects.filter(translation__in=[version.pk for version in versions])
    found = {state.translation_id: state for state in states}
    for version in versions:
        version.state_of_source = found.get(version.pk)
