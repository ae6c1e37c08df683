"""Where a media file is used, and whether that makes it public."""

from django.db.models import Exists, OuterRef, Q

from .. import permissions
from ..models import Article, ArticleAttachment, ArticleBodyImage, ArticleImage, Image

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
    """Whether any article or page uses the file."""
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


def used_in(file):
    """The articles in any state, working copies too, that use an image or attachment."""
    if not isinstance(file, Image):
        return Article.objects.filter(attachment_rows__attachment=file)
    # A union of three indexed queries; with OR both databases would read the whole table.
    users = [
        Article.objects.filter(lead_image=file).order_by().values("pk"),
        ArticleImage.objects.filter(image=file).order_by().values("article"),
        ArticleBodyImage.objects.filter(image=file).order_by().values("article"),
    ]
    return Article.objects.filter(pk__in=users[0].union(*users[1:]))


def with_is_public(files):
    """Annotate `is_public`: whether a readable article or a published page uses the image or attachment."""
    readable = (Article.objects.live() | Article.objects.withdrawn()).order_by()
    if files.model is not Image:
        attached = Q(Exists(readable.filter(attachment_rows__attachment=OuterRef("pk"))))
        return files.annotate(is_public=attached | _on_pages(public=True))
    # Three conditions: each uses one index and stops at the first row.
    return files.annotate(
        is_public=Q(Exists(readable.filter(lead_image=OuterRef("pk"))))
        | Q(Exists(readable.filter(image_rows__image=OuterRef("pk"))))
        | Q(Exists(readable.filter(body_image_rows__image=OuterRef("pk"))))
        | _on_pages(public=True)
    )


def unused(files):
    """Those images or attachments that no article and no page uses."""
    return files.exclude(_within(files.model, Article.objects.all()) | _on_pages(public=False))


def visible_to(user, files):
    """The files that the user may see: not those that only articles at other offices use."""
    every = Article.objects.order_by()
    visible = permissions.visible(user, every)
    if visible is every:
        return files
    own = _within(files.model, visible) | _within(files.model, Article.objects.readable().order_by())
    return files.filter(own | _on_pages(public=False) | ~_within(files.model, every))


def _within(files, articles):
    """Condition: one of the articles has the file of the row."""
    file = OuterRef("pk")
    if files is not Image:
        return Q(Exists(ArticleAttachment.objects.filter(attachment=file, article__in=articles)))
    return (
        Q(Exists(articles.filter(lead_image=file)))
        | Q(Exists(ArticleImage.objects.filter(image=file, article__in=articles)))
        | Q(Exists(ArticleBodyImage.objects.filter(image=file, article__in=articles)))
    )
