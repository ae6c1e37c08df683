"""Where a file of the library is used, and whether that makes it public."""

from django.db.models import Exists, OuterRef, Q

from .models import Article, ArticleAttachment, ArticleBodyImage, ArticleImage, Image


def used_in(file):
    """The articles (all states, working copies too) that use an image or attachment."""
    if not isinstance(file, Image):
        return Article.objects.filter(attachment_rows__attachment=file)
    # A union of ids, each from an index; with OR both databases would read the whole table.
    users = [
        Article.objects.filter(lead_image=file).order_by().values("pk"),
        ArticleImage.objects.filter(image=file).order_by().values("article"),
        ArticleBodyImage.objects.filter(image=file).order_by().values("article"),
    ]
    return Article.objects.filter(pk__in=users[0].union(*users[1:]))


def with_public(files):
    """A queryset of images or attachments with `is_public`: whether readers may see the article of one."""
    readable = (Article.objects.live() | Article.objects.withdrawn()).order_by()
    if files.model is not Image:
        return files.annotate(is_public=Exists(readable.filter(attachment_rows__attachment=OuterRef("pk"))))
    # "In a readable article" as three questions: each walks one index and stops at the first answer.
    return files.annotate(
        is_public=Q(Exists(readable.filter(lead_image=OuterRef("pk"))))
        | Q(Exists(readable.filter(image_rows__image=OuterRef("pk"))))
        | Q(Exists(readable.filter(body_image_rows__image=OuterRef("pk"))))
    )


def unused(files):
    """Images or attachments that no article uses."""
    if files.model is not Image:
        return files.exclude(Exists(ArticleAttachment.objects.filter(attachment=OuterRef("pk"))))
    return files.exclude(
        Q(Exists(Article.objects.filter(lead_image=OuterRef("pk"))))
        | Q(Exists(ArticleImage.objects.filter(image=OuterRef("pk"))))
        | Q(Exists(ArticleBodyImage.objects.filter(image=OuterRef("pk"))))
    )
