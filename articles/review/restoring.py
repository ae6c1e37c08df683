"""Restores an earlier revision as a draft. What is public never changes by it.

An imported revision was stored as it came: what a form would refuse is left out, as what is no longer there.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contacts.cldr.formats import joined_text, labelled
from contacts.models import Office

from .. import permissions
from ..html import TooComplex, clean
from ..media.usage import rows_of
from ..models import Article
from ..models.media.files import StoredFile
from ..publishing import locking, merging, revisions, workflow
from ..publishing.requirements import Refused
from .content_changes import HTML, ROWS, TEXTS

REFERENCES = ("office", "dateline_country", "lead_image")


def may_restore(user, article):
    """Whether the user may make a draft from an earlier revision of the article."""
    if article.shown_state == workflow.LIVE and not article.revises_id:
        return workflow.may_make(workflow.MOVES["revise"], article, user)
    if article.state in (Article.State.DRAFT, Article.State.IN_REVIEW) or article.shown_state in (
        "scheduled",
        "approved",
    ):
        return permissions.may(user, "edit", article)
    return False


@transaction.atomic
def restore(article, content, by):
    """Write the content of a revision into the article, or into a new working copy of a public one.

    Returns (the draft, the names of what the revision had and what is no longer there). Raises Refused and Stale.
    """
    if not may_restore(by, article):
        raise Refused(Refused.NOT_POSSIBLE)
    if article.shown_state == workflow.LIVE and not article.revises_id:
        article = workflow.move(article, "revise", by)
    elif article.state != Article.State.DRAFT:
        article = workflow.move(article, "recall", by)
    return article, _write(article, revisions.tidy_content(content), by)


def _write(article, content, by):
    """Write the content; URL, language, dates and state stay as they are. Returns what was lost."""
    locking.claim_version(article)
    fixed = merging.FROM_SOURCE if article.translation_of_id else set()
    lost = []
    for name in TEXTS if "kind" in fixed else (*TEXTS, "kind"):
        if name in content:
            _set_value(article, name, content[name], lost)
    try:
        for name in HTML:
            setattr(article, name, clean(content.get(name, getattr(article, name))))
    except TooComplex as error:
        raise Refused(str(error)) from error
    for name in REFERENCES:
        if name in content and f"{name}_id" not in fixed:
            _set_reference(article, name, content[name], by, lost)
    article.updated_by = by
    article.save()
    for name in merging.LISTS:
        if name in content and name not in fixed:
            _set_list(article, name, content[name], lost)
    for name in merging.OWN_ROWS:
        if name in content:
            _set_own_rows(article, name, content[name], lost)
    workflow.after_edit(article, by)
    return lost


def _set_value(article, name, value, lost):
    try:
        setattr(article, name, article._meta.get_field(name).clean(value, article))
    except ValidationError:
        lost.append(_named(name, value))


def _set_reference(article, name, key, by, lost):
    found = _known(name, [key]).get(key) if key else None
    if name == "office" and not permissions.offices(by, Office.objects.filter(pk=found)).exists():
        found = None
    if (key and found is None) or (name == "office" and found is None and not permissions.everywhere(by, "write")):
        lost.append(_named(name, key))
    else:
        setattr(article, f"{name}_id", found)


def _set_list(article, name, keys, lost):
    keys, row = list(dict.fromkeys(keys)), merging.LISTS[name]
    known = _known(name, keys)
    wanted = dict.fromkeys(known[key] for key in keys if key in known)
    row.objects.filter(article=article).delete()
    row.objects.bulk_create(row.row(article, order, **{f"{row.target}_id": pk}) for order, pk in enumerate(wanted))
    lost += [_named(name, key) for key in keys if key not in known]


def _known(name, keys):
    """{natural key: id} of the rows that there are; of files also those that were replaced since."""
    model, lookup = ROWS[name]
    if issubclass(model, StoredFile):
        return rows_of(model, keys)
    return dict(model._default_manager.filter(**{f"{lookup}__in": keys}).values_list(lookup, "pk"))


def _set_own_rows(article, name, rows, lost):
    model, _read, (*columns, order), _shown = merging.OWN_ROWS[name]
    found, numbers, number = [], _numbers_of_quotes(article, rows) if name == "quotes" else {}, 0
    for values in rows:
        known = next((numbers[value] for value in values[2::-2] if value in numbers), 0)  # by the words, or the speaker
        number = max(number + 1, known)
        row = model(article=article, **dict(zip(columns, values, strict=False)), **{order: number})
        try:
            row.clean_fields()
        except ValidationError:
            lost.append(_named(name, values[0]))
        else:
            found.append(row)
    model.objects.filter(article=article).delete()
    model.objects.bulk_create(found, ignore_conflicts=True)  # of an address that comes twice, the first


def _numbers_of_quotes(article, rows):
    """{words or speaker: number} of the present quotes: a number never changes, as translations find a quote by it."""
    present = article.quotes.values_list("number", "speaker", "text")
    by_words = {text: number for number, _speaker, text in present}
    found = {by_words.get(row[2]) for row in rows if len(row) > 2}
    return {speaker: number for number, speaker, _text in reversed(present) if number not in found} | by_words


def _named(name, key):
    return labelled(capfirst(merging.field_label(name)), str(key)[:40])


def told_lost(lost):
    return _("No longer there, and left out: %(what)s.") % {"what": joined_text(lost)}
