"""A working copy beside the public text: what each of the two has changed since the copy was begun.

A correction in place or an import may change the live row under an open copy. What only one of the
two changed is merged without a question; where both changed the same thing, a person decides. So no
words are lost, and a scheduled edition is not held up by a typo that was mended elsewhere.
"""

from django.utils.text import capfirst

from ..html import plain
from ..models import Article, RelatedLink
from . import after_save

# What an edition may change. State, dates and reference belong to the live row.
FIELDS = (
    "slug", "kind", "headline", "summary", "body", "notes_to_editors", "dateline_country_id", "dateline_place",
    "office_id", "lead_image_id", "redirect_to_id",
)  # fmt: skip
HTML = ("body", "notes_to_editors")
LISTS = {field.name: field.remote_field.through for field in Article._meta.many_to_many}
LINKS = "related_links"
# A translation has these from its source, whatever its copy says.
FROM_SOURCE = {*after_save.COPIED_FIELDS, *(name for name, row in LISTS.items() if row in after_save.ROWS)}


def editable_values(article):
    """All that an edition may change, as plain JSON values."""
    lists = {
        name: list(row.objects.filter(article=article).values_list(f"{row.target}_id", flat=True))
        for name, row in LISTS.items()
    }
    links = [[link.url, link.title] for link in RelatedLink.objects.filter(article=article)]
    return {name: getattr(article, name) for name in FIELDS} | lists | {LINKS: links}


def public_changes(copy, live):
    """(names that only the public text changed, names that both changed, each in its own way)."""
    began, public, own = copy.began_as, editable_values(live), editable_values(copy)
    if began is None:
        return [], []
    moved = [name for name in own if name in began and public[name] not in (began[name], own[name])]
    if copy.translation_of_id:
        moved = [name for name in moved if name not in FROM_SOURCE]
    theirs = [name for name in moved if own[name] == began[name]]
    return theirs, [name for name in moved if name not in theirs]


def take_over_public_changes(copy, live):
    """Take over what only the public text changed; from here on the copy knows the public text as it is."""
    theirs, _ = public_changes(copy, live)
    words = {name: getattr(live, name) for name in theirs if name in FIELDS} | {"began_as": editable_values(live)}
    Article.objects.filter(pk=copy.pk).update(**words)
    for name, value in words.items():
        setattr(copy, name, value)
    for name in theirs:
        if name == LINKS:
            copy_links(live, copy)
        elif name in LISTS:
            after_save.copy_rows(live, copy, LISTS[name])


def copy_links(source, target):
    RelatedLink.objects.filter(article=target).delete()
    RelatedLink.objects.bulk_create(
        RelatedLink(article=target, url=link.url, title=link.title, order=link.order)
        for link in RelatedLink.objects.filter(article=source)
    )


def set_base_of_imported_copies():
    """Copies that came by import are taken to begin from the public text that came with them."""
    for copy in Article.objects.filter(revises__gt=0, began_as__isnull=True).select_related("revises"):
        Article.objects.filter(pk=copy.pk).update(began_as=editable_values(copy.revises))


def label(name):
    if name == LINKS:
        return RelatedLink._meta.verbose_name_plural
    return Article._meta.get_field(name.removesuffix("_id")).verbose_name


def differences(copy):
    """[(label, public text, the copy's text)] of what both changed, for people to compare."""
    live = copy.revises
    return [(capfirst(label(name)), _shown(live, name), _shown(copy, name)) for name in public_changes(copy, live)[1]]


def _shown(article, name):
    if name in LISTS:
        return ", ".join(str(row) for row in LISTS[name].objects.filter(article=article))
    if name == LINKS:
        return ", ".join(link.title for link in RelatedLink.objects.filter(article=article))
    value = getattr(article, name.removesuffix("_id"))
    return plain(value) if name in HTML else str(value or "–")
