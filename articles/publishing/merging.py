"""Three-way merge of a working copy and the public text, field by field, for `working_copies`.

A correction in place or an import may change the live row while a working copy is open. The base of the merge is
`Article.began_as`, the live row's content when the copy was begun. What only one side changed is merged without
asking; where both changed the same field, an editor decides.
"""

import datetime

from django.utils.text import capfirst

from contacts.cldr.formats import joined_text

from ..html import plain
from ..models import Article, Quote, RelatedLink
from . import after_save, revisions

# The columns that an edition may change. State, dates and reference number belong to the live row.
FIELDS = (
    "slug", "kind", "headline", "summary", "body", "notes_to_editors", "dateline_country_id", "dateline_place",
    "office_id", "lead_image_id", "redirect_to_id", "review_by",
)  # fmt: skip
HTML = ("body", "notes_to_editors")
LISTS = {field.name: field.remote_field.through for field in Article._meta.many_to_many}
# The lookup of the natural key of their members.
KEYS = {name: key for name, (_, key) in revisions.LISTS.items()}
# Rows that belong to the article alone: the model, what is compared, the columns that are copied, a column to show.
OWN_ROWS = {
    "related_links": (RelatedLink, revisions.related_links, ("url", "title", "order"), "title"),
    "quotes": (Quote, revisions.quotes, (*Quote.FIELDS, "number"), "speaker"),
}
# A translation takes these from its source, whatever its working copy says.
FROM_SOURCE = {*after_save.COPIED_FIELDS, *(name for name, row in LISTS.items() if row in after_save.ROWS)}


def editable_values(article):
    """{name: JSON value} of everything that an edition may change: columns, related rows in order, links.

    Related rows are named by their natural keys, which are the same in every newsroom.
    """
    lists = {
        name: list(row.objects.filter(article=article).values_list(KEYS[name], flat=True))
        for name, row in LISTS.items()
    }
    own = {name: read([article.pk]).get(article.pk, []) for name, (_, read, *_) in OWN_ROWS.items()}
    return {name: _value(article, name) for name in FIELDS} | lists | own


def _value(article, name):
    if not name.endswith("_id"):
        value = getattr(article, name)
        return value.isoformat() if isinstance(value, datetime.date) else value
    row = getattr(article, name.removesuffix("_id"))
    return list(row.natural_key()) if row else None


def public_changes(copy, live):
    """(names that only the public text changed since the copy was begun, names that both changed differently)."""
    base, public, own = copy.began_as, editable_values(live), editable_values(copy)
    if base is None:
        return [], []
    moved = [name for name in own if name in base and public[name] not in (base[name], own[name])]
    if copy.translation_of_id:
        moved = [name for name in moved if name not in FROM_SOURCE]
    theirs = [name for name in moved if own[name] == base[name]]
    return theirs, [name for name in moved if name not in theirs]


def take_over_public_changes(copy, live):
    """Copy what only the public text changed into the copy, and make the present public text the base of the merge."""
    theirs, _ = public_changes(copy, live)
    values = {name: getattr(live, name) for name in theirs if name in FIELDS} | {"began_as": editable_values(live)}
    Article.objects.filter(pk=copy.pk).update(**values)
    for name, value in values.items():
        setattr(copy, name, value)
    for name in theirs:
        if name in OWN_ROWS:
            copy_own_rows(live, copy, name)
        elif name in LISTS:
            after_save.copy_rows(live, copy, LISTS[name])


def copy_own_rows(source, target, *names):
    """Make the links and quotes of `target` those of `source`, or those of these names alone."""
    for model, _read, columns, _shown in (OWN_ROWS[name] for name in names or OWN_ROWS):
        model.objects.filter(article=target).delete()
        model.objects.bulk_create(
            model(article=target, **row) for row in model.objects.filter(article=source).values(*columns)
        )


def set_base_of_imported_copies():
    """Give imported working copies a base: the public text that was imported with them."""
    for copy in Article.objects.filter(revises__gt=0, began_as__isnull=True).select_related("revises"):
        Article.objects.filter(pk=copy.pk).update(began_as=editable_values(copy.revises))


def field_label(name):
    if name in OWN_ROWS:
        return OWN_ROWS[name][0]._meta.verbose_name_plural
    return Article._meta.get_field(name.removesuffix("_id")).verbose_name


def conflicts(copy):
    """[(label, public text, the copy's text)] of what both changed, for an editor to compare."""
    live = copy.revises
    return [
        (capfirst(field_label(name)), _shown(live, name), _shown(copy, name)) for name in public_changes(copy, live)[1]
    ]


def _shown(article, name):
    if name in LISTS:
        return joined_text(LISTS[name].objects.filter(article=article))
    if name in OWN_ROWS:
        model, *_, column = OWN_ROWS[name]
        return joined_text(model.objects.filter(article=article).values_list(column, flat=True))
    value = getattr(article, name.removesuffix("_id"))
    return plain(value, with_struck=True) if name in HTML else str(value or "–")
