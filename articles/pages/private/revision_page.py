"""The article as a revision has it: its text, facets and files, whatever became of the article since."""

from dataclasses import dataclass

from django.utils.dateparse import parse_datetime

from contacts.languages import content_language
from contacts.models import Country, Office

from ...html import body_image_keys
from ...media.usage import rows_of
from ...models import Article, Attachment, Image, Recording
from ...publication_day import OfficeZones
from ...publishing import revisions
from ..article_page import ROWS
from ..recordings import recording_files

COLUMNS = (
    "language", "slug", "kind", "headline", "summary", "body", "notes_to_editors", "dateline_place", "reference",
    "boilerplate_title", "boilerplate", "state",
)  # fmt: skip
MOMENTS = ("publish_at", "press_from")


@dataclass
class RevisionArticle:
    """What `article_page.context` needs: an unsaved article, the ids of its rows, its links."""

    article: Article
    ids: dict
    links: list


def of_revision(revision):
    """A `RevisionArticle`. What was deleted since is left out."""
    content, row = revisions.tidy_content(revision.content), revision.article
    values = {name: content[name] for name in COLUMNS if name in content}
    values |= {name: parse_datetime(content[name]) if content.get(name) else None for name in MOMENTS}
    values["slug"] = values.get("slug") or row.slug
    values["language"] = content_language(values.get("language") or row.language)
    article = Article(pk=row.revises_id or row.pk, translation_of_id=row.translation_of_id, **values)
    article.office = Office.objects.filter(code=content.get("office")).first()
    article.dateline_country = Country.objects.filter(iso3=content.get("dateline_country")).first()
    lead = rows_of(Image, [content.get("lead_image")])
    article.lead_image = Image.objects.filter(pk__in=lead.values()).first()
    article.published_on = OfficeZones().day(article.publish_at, article.office_id)
    article.updated_at = revision.created_at
    article.change_kind, article.change_note = revision.change_kind, revision.change_note
    ids = {row.target: [] for row in ROWS}
    for name, (_rows, path) in revisions.LISTS.items():
        target, key = path.split("__")
        ids[target] = _ids(Article._meta.get_field(name).related_model, key, content.get(name, ()))
    return RevisionArticle(article, ids, content.get("related_links", []))


def _ids(model, key, values):
    """The ids of the rows that have these natural keys, in their order. A file may have been replaced since."""
    if key == "sha256":
        known = rows_of(model, values)
    else:
        known = dict(model.objects.filter(**{f"{key}__in": values}).values_list(key, "pk")) if values else {}
    return [known[value] for value in values if value in known]


def file_keys(revision):
    """The SHA-256 of every picture and file of the revision, as its page shows them now."""
    content, found = revisions.tidy_content(revision.content), []
    pictures = [content.get("lead_image"), *content.get("gallery", ())]
    for model, keys in ((Image, pictures), (Attachment, content.get("attachments", ()))):
        ids = rows_of(model, keys).values()
        found += model.objects.filter(pk__in=ids).values_list("sha256", flat=True) if ids else ()
    if recordings := content.get("recordings"):
        found += recording_files(Recording.objects.filter(pk__in=rows_of(Recording, recordings).values()))
    found += body_image_keys(content.get("body", ""), content.get("notes_to_editors", ""))
    return {key for key in found if key}
