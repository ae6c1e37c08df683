"""How an article will read: on the public template, for colleagues who may see it, kept by no cache."""

from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ...models import Article
from ...pages import article_page


class Preview:
    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.preview_view))
        return [path("<int:pk>/preview/", view, name="articles_article_preview"), *super().get_urls()]

    def preview_view(self, request, pk):
        article = self.get_queryset(request).filter(pk=pk).first()
        if article is None or not self.has_view_permission(request, article):
            raise Http404
        with override(article.language):
            response = render(request, "articles/article.html", article_page.context(article) | {"preview": True})
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return response

    def view_on_site(self, article):
        """Readers' address once there is one, else the preview; what is gone has neither."""
        if article.state == Article.State.GONE:
            return None
        if Article.objects.readable().filter(pk=article.pk).exists():
            return article.get_absolute_url()
        return reverse("admin:articles_article_preview", args=[article.pk])
