"""Where a media file is used, and whether that makes it public."""

from django.db.models import Exists, OuterRef, Q

from .. import permissions
from ..models import (
    Article,
    ArticleAttachment,
    ArticleBodyImage,
    ArticleImage,
    ArticleRecording,
    Attachment,
    FormerFile,
    Image,
    Recording,
)

ROWS = {Attachment: ArticleAttachment, Recording: ArticleRecording}
# Where an article shows pictures, as lookups of `Article`.
PICTURES = {
    "body": "body_image_rows__image",
    "gallery": "image_rows__image",
    "lead_image": "lead_image",
    "recordings": "recording_rows__recording__poster",
}

_page_queries = []


def register_pages(pages):
    """Register a function `pages(sha256, public)`: the queryset of other pages that show a file.

    `sha256` may be an expression; `public` limits it to published pages. Call it in `ready()`.
    """
    _page_queries.append(pages)


def pages_using(file):
    """The registered pages that use a file."""
    return [page for pages in _page_queries for page in pages(file.sha256, public=False)]


def is_used(file):
    """Whether any article, page or, as its poster, recording uses the file."""
    if isinstance(file, Image) and file.poster_of.exists():
        return True
    return used_in(file).exists() or any(pages(file.sha256, public=False).exists() for pages in _page_queries)


def _on_pages(public):
    """Condition: a registered page shows the file of the row."""
    found = Q(pk__in=[])
    for pages in _page_queries:
        found |= Q(Exists(pages(OuterRef("sha256"), public=public)))
    return found


def shown_on_pages(files, going):
    """Those of the files that pages show, apart from pages about to be deleted: `going` is {model label: ids}."""
    found = Q(pk__in=[])
    for pages in _page_queries:
        showing = pages(OuterRef("sha256"), public=False)
        found |= Q(Exists(showing.exclude(pk__in=list(going.get(showing.model._meta.label_lower, ())))))
    return files.filter(found)


def rows_of(model, keys):
    """{SHA-256: id} of the rows that have these files, or had them before they were replaced."""
    keys = [key for key in keys if key]
    found = dict(model.objects.filter(sha256__in=keys).values_list("sha256", "pk")) if keys else {}
    if missing := [key for key in keys if key not in found]:
        owner = model._meta.model_name
        former = FormerFile.objects.filter(sha256__in=missing, **{f"{owner}__gt": 0}).order_by("-pk")
        found |= dict(former.values_list("sha256", owner))
    return found


def used_in(file):
    """The articles in any state, working copies too, that use a file; of an image, also as a poster."""
    if not isinstance(file, Image):
        rows = ROWS[type(file)]
        return Article.objects.filter(pk__in=rows.objects.filter(**{rows.target: file}).values("article"))
    # A union of four indexed queries; with OR both databases would read the whole table.
    users = [
        Article.objects.filter(lead_image=file).order_by().values("pk"),
        ArticleImage.objects.filter(image=file).order_by().values("article"),
        ArticleBodyImage.objects.filter(image=file).order_by().values("article"),
        ArticleRecording.objects.filter(recording__poster=file).order_by().values("article"),
    ]
    return Article.objects.filter(pk__in=users[0].union(*users[1:]))


def with_is_public(files):
    """Annotate `is_public`: whether a readable article or a published page uses the file."""
    readable = (Article.objects.live() | Article.objects.withdrawn()).order_by()
    if files.model is not Image:
        target = ROWS[files.model].target
        joined = Q(Exists(readable.filter(**{f"{target}_rows__{target}": OuterRef("pk")})))
        return files.annotate(is_public=joined | _on_pages(public=True))
    found = _on_pages(public=True)
    for path in PICTURES.values():  # each condition uses one index and stops at the first row
        found |= Q(Exists(readable.filter(**{path: OuterRef("pk")})))
    return files.annotate(is_public=found)


def unused(files):
    """Those files that no article, no page and no recording uses."""
    if files.model is Image:
        files = files.filter(poster_of=None)
    return files.exclude(_within(files.model, Article.objects.all()) | _on_pages(public=False))


def visible_to(user, files):
    """The files that the user may see: not those that only articles use which the user may not see."""
    every = Article.objects.order_by()
    hidden = permissions.hidden(user, every)
    if permissions.everywhere(user, "view") or user.has_perm(f"articles.view_{files.model._meta.model_name}"):
        if not hidden.exists():
            return files
        unseen, visible = hidden, every.exclude(pk__in=hidden.values("pk"))
    else:
        unseen, visible = every, permissions.visible(user, every)
    own = _within(files.model, visible) | _within(files.model, Article.objects.readable().order_by())
    return files.filter(~_within(files.model, unseen) | own | _on_pages(public=False))


def _within(files, articles):
    """Condition: one of the articles has the file of the row."""
    file = OuterRef("pk")
    if files is not Image:
        rows = ROWS[files]
        return Q(Exists(rows.objects.filter(**{rows.target: file}, article__in=articles)))
    return (
        Q(Exists(articles.filter(lead_image=file)))
        | Q(Exists(ArticleImage.objects.filter(image=file, article__in=articles)))
        | Q(Exists(ArticleBodyImage.objects.filter(image=file, article__in=articles)))
        | Q(Exists(ArticleRecording.objects.filter(recording__poster=file, article__in=articles)))
    )
