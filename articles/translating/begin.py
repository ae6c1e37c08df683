"""Begins the translation of an article into a language: a draft with the facets and the text of its source."""

from django.conf import settings
from django.db import IntegrityError, transaction

from contacts.languages import own_name

from ..models import Article
from ..publishing import after_save, limiting, merging, revisions, slugs
from . import source_states


def get_or_begin_translation(source, language, by):
    """(the translation, whether it was created now). Another user may create it at the same moment."""
    tries = 3
    while True:
        if found := source.translations.filter(revises=None, language=language).first():
            return found, False
        try:
            return begin_translation(source, language, by), True
        except IntegrityError:  # this translation, or its slug, was stored in the meantime
            tries -= 1
            if not tries:
                raise


@transaction.atomic
def begin_translation(source, language, by):
    """It starts with the text of the source, so that headings, lists, figures and quotes are where they belong.

    The source is read anew under its lock: else the text might be older than the one that the translation is said to
    be made from.
    """
    source = Article.objects.select_for_update(no_key=True).get(pk=source.pk)
    article = Article.objects.create(
        language=language, translation_of=source, headline=source.headline, slug=slugs.free(source.slug, language),
        body=source.body, notes_to_editors=source.notes_to_editors, kind=source.kind,
        dateline_place=source.dateline_place, publish_at=source.publish_at, press_from=source.press_from,
        created_by=by, updated_by=by,
    )  # fmt: skip
    after_save.copy_facets(source, article)
    limiting.inherit(source, article)
    after_save.refresh_listed([article.pk])
    after_save.sync_body_images(article)
    _copy_quotes(source, article)
    revisions.record(article, by)
    source_states.begin(article, by)
    source.waived_languages.filter(language=language).delete()
    return article


def _copy_quotes(source, article):
    """The quotes of the source, to be translated. What their speakers approved are the words of the source."""
    merging.copy_own_rows(source, article, "quotes")
    article.quotes.update(approved_by="", approved_on=None)
    article.quotes.filter(language="").update(language=source.language)
    article.quotes.filter(language=article.language).update(language="")


def missing_languages(source):
    """{code: name} of the languages that have no translation of the source, not even a draft."""
    have = {source.language, *source.translations.filter(revises=None).values_list("language", flat=True)}
    return {code: name for code, name in settings.LANGUAGES if code not in have}


@transaction.atomic
def waive(source, language, by):
    """Say that the story will not have a language. Recorded, as taking it back is."""
    if source.waived_languages.get_or_create(language=language, defaults={"by": by})[1]:
        _note(source, "waive", language, by)


@transaction.atomic
def want(source, language, by):
    """Say that the story may have a language after all."""
    if source.waived_languages.filter(language=language).delete()[0]:
        _note(source, "want", language, by)


def _note(source, name, language, by):
    state = source.state
    source.moves.create(name=name, from_state=state, to_state=state, by=by, reason=own_name(language))
