"""Pages of the admin of articles beside its list and its form: what every group of them shares, and their URLs."""

from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from ...publishing.locking import Stale


class ArticlePages:
    """The pages about one subject, and what the form of an article shows of it. `ArticleAdmin.pages` lists them all."""

    def __init__(self, model_admin):
        self.model_admin, self.admin_site = model_admin, model_admin.admin_site

    def urls(self):
        """[(route, view, name)]; `WithPages` asks every visitor to log in first."""
        return []

    def context(self, request, article):
        """{name: value} for the panels beside the form of the article. No two groups give the same name."""
        return {}

    def get_article(self, request, pk):
        """The article, for users who may see it; 404 for others."""
        article = self.model_admin.get_queryset(request).filter(pk=pk).first()
        if article is None:
            raise Http404
        return article

    def page(self, request, template, context):
        own = self.admin_site.each_context(request) | {"opts": self.model_admin.opts}
        return TemplateResponse(request, template, own | context)


class WithPages:
    """For the ModelAdmin of articles: the URLs of its `pages`, and what they show beside the form."""

    pages = ()

    def get_urls(self):
        own = [
            path(route, self.admin_site.admin_view(view), name=name)
            for group in self.pages
            for route, view, name in group(self).urls()
        ]
        return [*own, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            for group in self.pages:
                context |= group(self).context(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def to_form(article):
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def refuse_other_version(request, article):
    """Raise Stale if the page was opened before somebody else saved the article."""
    if request.POST.get("version", str(article.version)) != str(article.version):
        raise Stale
