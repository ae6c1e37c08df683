"""The admin site of the newsroom: a first page with the editors' panels, a menu, and checks of the query string."""

from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, re_path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from contacts import zones
from contacts.languages import content_language, organisation_name, own_name
from contacts.permissions import is_member

MENU = ["article", "image", "recording", "attachment", "contact", "office", "topic", "glossaryterm", "page"]
MOST_WORDS = 100  # each adds conditions to the query, and SQLite allows a thousand


def refuse_bad_queries(view):
    """Wrap an admin view: answer 400 to query strings that the database cannot handle, or would handle too slowly."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        for name, values in request.GET.lists():
            if name.endswith("regex"):  # some regular expressions never end
                raise DisallowedModelAdminLookup(name)
            too_many = name in ("q", "term") and any(len(text.split()) > MOST_WORDS for text in values)
            if too_many or any("\0" in text for text in (name, *values)):
                raise BadRequest(name)
        try:
            return view(request, *args, **kwargs)
        except (OverflowError, DataError) as error:
            if request.method == "GET" and request.GET and ERROR_FLAG not in request.GET:
                return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
            raise BadRequest(request.path) from error

    return answer


class NewsroomSite(admin.AdminSite):
    site_title = site_header = _("Newsroom desk")
    index_title = _("Desk")
    enable_nav_sidebar = False

    def admin_view(self, view, cacheable=False):
        protected = super().admin_view(refuse_bad_queries(view), cacheable)

        @wraps(protected)
        def answer(request, *args, **kwargs):
            from .login import kept_posts, sessions

            zones.read_by(request.user)
            if self.has_permission(request):
                sessions.note(request)
            elif request.method == "POST" and (kept := kept_posts.keep(request)):
                return self.login_page(request, kept)
            return protected(request, *args, **kwargs)

        return answer

    def login_page(self, request, kept):
        """The page to log in, instead of the answer to a post; `kept` are the signed words of the posted form."""
        from .login.pages import log_in

        return log_in.page_for_words(request, self, kept)

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        from .login.pages import log_in

        return log_in.log_in(request, self, extra_context)

    def logout(self, request, extra_context=None):
        from .login.pages import own_account

        return own_account.log_out(request, super().logout, extra_context)

    def password_change(self, request, extra_context=None):
        from .login.pages import own_account

        django_page = super().password_change
        return own_account.new_password(request, lambda request: django_page(request, extra_context))

    def index(self, request, extra_context=None):
        from articles.desk.panels import desk

        panels = desk(request.user) if is_member(request.user) or request.user.is_superuser else {}
        return super().index(request, {"desk": panels, **(extra_context or {})})

    def get_urls(self):
        from .login.urls import addresses

        shortcut = path("r/<int:content_type_id>/<int:object_id>/", self.admin_view(self.shortcut))
        mails = path("my-settings/", self.admin_view(self.my_settings), name="mail_settings")
        nothing = re_path("^r/", self.admin_view(self.nothing))
        return [mails, shortcut, nothing, *addresses(self), *super().get_urls()]

    def my_settings(self, request):
        from articles.admin.review.mail_settings import my_settings

        return my_settings(request, self)

    def shortcut(self, request, content_type_id, object_id):
        """Redirect to the public page of a row, for users who may view the row."""
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        if not hasattr(model, "get_absolute_url"):
            raise Http404
        model_admin = self._registry.get(model)
        row = model_admin and model_admin.get_queryset(request).filter(pk=object_id).first()
        if row is None or not model_admin.has_view_permission(request, row):
            raise Http404
        return HttpResponseRedirect(row.get_absolute_url())

    def nothing(self, request):
        raise Http404

    def autocomplete_view(self, request):
        from contacts.admin.base import ChoicesInUse

        return ChoicesInUse.as_view(admin_site=self)(request)

    def i18n_javascript(self, request, extra_context=None):
        """The translations for the scripts of the admin and of the rich text editor."""
        from articles.admin.editor import EditorCatalog

        return EditorCatalog.as_view()(request)

    def each_context(self, request):
        from .theme import current

        context = super().each_context(request)
        models = {
            model["object_name"].lower(): model
            for app in context["available_apps"]
            for model in app["models"]
            if model["admin_url"]
        }
        language = content_language()
        return context | {
            "newsroom_name": organisation_name(language, current.stored_name(language)),
            "menu": [models[name] for name in MENU if name in models],
            "may_add": [name for name, model in models.items() if model["add_url"]],
            "interface_languages": [(code, own_name(code)) for code, _name in settings.LANGUAGES],
        }
