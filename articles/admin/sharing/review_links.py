"""The review links of an article: the panel beside its form, and the page that makes, lists and revokes them."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from contacts import clock
from contacts.public_pages import absolute

from ... import permissions
from ...models import ReviewAnswer, ReviewLink
from ...personal_links import review_links
from ...publishing import revisions
from ..article.pages import ArticlePages

MOST_LINKS, MOST_ANSWERS, LAST_ANSWERS = 200, 500, 5


class ReviewLinkForm(forms.ModelForm):
    days = forms.TypedChoiceField(
        label=gettext_lazy("valid for"), coerce=int, initial=review_links.LONGEST, choices=lambda: _days()
    )

    class Meta:
        model = ReviewLink
        fields = ["name", "email", "purpose"]


def _days():
    numbers = range(1, review_links.LONGEST + 1)
    return [(n, ngettext("%(count)d day", "%(count)d days", n) % {"count": n}) for n in numbers]


class ReviewLinks(ArticlePages):
    def urls(self):
        return [
            ("<int:pk>/review-links/", self.review_links_view, "articles_article_review_links"),
            ("<int:pk>/review-links/<int:link>/revoke/", self.revoke_link_view, "articles_article_review_link_revoke"),
        ]

    def review_links_view(self, request, pk):
        """The links of the article with their openings and answers, and a form for another one.

        The address of a new link is shown in the answer to the form, and never again.
        """
        article = self._shared_article(request, pk)
        is_open = review_links.is_before_publication(article)
        form, made = ReviewLinkForm(request.POST or None, auto_id="link_%s"), None
        if request.method == "POST" and is_open and form.is_valid():
            made = self._make_link(request, article, form.cleaned_data)
            form = ReviewLinkForm(auto_id="link_%s")
        links = review_links.of_article(article).select_related("created_by", "revoked_by", "revision")
        links = links.annotate(opened=Count("openings"), last_opened=Max("openings__at")).defer("revision__content")
        answers = ReviewAnswer.objects.filter(link__revision__article=article).select_related("link")
        return self.page(request, "admin/articles/article/review_links.html", {
            "original": article, "title": _("Preview and fact check"), "form": form, "made": made,
            "is_open": is_open, "now": timezone.now(),
            "links": links.order_by("-id")[:MOST_LINKS], "answers": answers.order_by("-id")[:MOST_ANSWERS],
            "latest": article.revisions.values_list("pk", flat=True).first(),
        })  # fmt: skip

    def revoke_link_view(self, request, pk, link):
        return _revoke(request, self._shared_article(request, pk), link)

    def _shared_article(self, request, pk):
        article = self.get_article(request, pk)
        if not may_share(request.user, article):
            raise PermissionDenied
        return article

    def _make_link(self, request, article, values):
        """The new link, with its `address`. It is for the text as it is stored now, which gets a revision if needed."""
        with transaction.atomic():
            revisions.ensure_first_revision(article)
            revision = revisions.record(article, article.updated_by)
            link, token = review_links.make(revision, request.user, **values)
        link.address = absolute(request, reverse("review", args=[token]))
        return link

    def context(self, request, article):
        if not may_share(request.user, article):
            return {}
        answers = ReviewAnswer.objects.filter(link__revision__article=article).select_related("link")
        return {
            "review_links": {
                "number": review_links.opening(clock.now()).filter(revision__article=article).count(),
                "answers": answers.order_by("-id")[:LAST_ANSWERS],
                "form": ReviewLinkForm(auto_id="link_%s") if review_links.is_before_publication(article) else None,
            }
        }


def may_share(user, article):
    """Users who may edit the text may show it to a person outside; for a working copy, its article, too."""
    return all(permissions.may_edit(user, row) for row in filter(None, (article, article.revises)))


@require_POST
def _revoke(request, article, link):
    row = get_object_or_404(review_links.of_article(article), pk=link)
    review_links.revoke(ReviewLink.objects.filter(pk=row.pk), request.user)
    return HttpResponseRedirect(reverse("admin:articles_article_review_links", args=[article.pk]))
