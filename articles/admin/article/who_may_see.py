"""Panels beside an article's form: who may see a draft, and an emergency publication that somebody must check."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.validators import read_id

from ... import permissions
from ...publishing import limiting
from ...publishing.workflow import Refused
from .pages import ArticlePages, to_form


class ArticleAccess(ArticlePages):
    """The panel “Who may see this” and its form."""

    def urls(self):
        return [("<int:pk>/people/", self.people_view, "articles_article_people")]

    @method_decorator(require_POST)
    def people_view(self, request, pk):
        article = self.get_article(request, pk)
        if not permissions.may_edit(request.user, article):
            raise PermissionDenied
        chosen = self._chosen(request, article)
        try:
            if request.POST.get("limited") and not chosen:
                raise Refused(_("Name the people who may see it."))
            limiting.refuse(article, chosen, request.user)
        except Refused as refused:
            messages.error(request, refused)
            return to_form(article)
        limiting.limit(article, chosen, by=request.user)
        if chosen:
            messages.success(request, _("Only the named people may see this article now, until it is public."))
        else:
            messages.success(request, _("Everybody with rights at this office may see this article now."))
        return to_form(article)

    def _chosen(self, request, article):
        """The users whose boxes are ticked; other numbers than those of the form are left out."""
        if not request.POST.get("limited"):
            return []
        ticked = {read_id(text) for text in request.POST.getlist("people")}
        return [user for user in limiting.people(article) if user.pk in ticked]

    def context(self, request, article):
        context = {}
        if article.emergency_at or article.emergency_reason:
            looks = article.moves.filter(name__in=["emergency", "look"]).select_related("by")
            context["emergency_moves"] = [(move, move.name == "look") for move in reversed(looks)]
        if article.was_public:
            return context
        source = limiting.source_that_decides(article)
        named = set((source or article).reader_rows.values_list("user", flat=True)) if article.restricted else set()
        may_name = source is None and permissions.may_edit(request.user, article)
        offered = limiting.people(article) if may_name else get_user_model().objects.filter(pk__in=named)
        return context | {
            "limited": article.restricted,
            "may_name": may_name,
            "named_in_source": source,
            "people": [(user, user.pk in named or user == request.user) for user in offered],
        }
