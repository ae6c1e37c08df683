"""The admin of mails to the press: the plan with its preview until it is confirmed, then what became of each mail."""

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from contacts.admin.base import StrictChangeList
from contacts.cldr.formats import number
from contacts.languages import direction
from contacts.validators import read_id
from contacts.zones import own_time

from ... import permissions
from ...models import Article, Sending
from ...press_lists import confirming, figures, lists, mails, planning
from ...querysets import large_of
from .. import display
from ..article.change_list import LongList

MOST_SHOWN = 500  # mails of one sending
# Of the HTML of a mail in a frame: its own styles, and nothing else.
IN_A_FRAME = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


class FiguresChangeList(StrictChangeList):
    """A list of sendings with their figures, which one query counts."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = figures.of(self.result_list)
        for row in self.result_list:
            row.figures = found[row.pk]


@admin.register(Sending)
class SendingAdmin(LongList, admin.ModelAdmin):
    """Begun from an article; nobody adds or changes one here."""

    list_display = ["headline", "kind", "state", "sent", "waiting", "failed", "opened", "ended"]
    list_filter = ["kind"]
    list_select_related = ["article", "confirmed_by"]
    actions = None

    def get_changelist(self, request, **kwargs):
        return FiguresChangeList

    def get_queryset(self, request):
        visible = permissions.with_right(request.user, Article.objects.order_by(), lists.RIGHT)
        visible = permissions.visible(request.user, visible)
        rows = super().get_queryset(request).filter(article__in=visible)
        return rows.select_related("article").defer(*large_of("article"))

    def has_module_permission(self, request):
        return lists.may_write(request.user)

    def has_view_permission(self, request, obj=None):
        return permissions.may(request.user, lists.RIGHT, obj and obj.article)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view, name = self.admin_site.admin_view, "articles_sending"
        return [
            path("<int:pk>/confirm/", view(self.confirm_view), name=f"{name}_confirm"),
            path("<int:pk>/throw-away/", view(self.throw_away_view), name=f"{name}_throw_away"),
            path("<int:pk>/preview/<slug:language>/", view(self.preview_view), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def _sending(self, request, pk):
        if not lists.may_write(request.user):
            raise PermissionDenied
        sending = self.get_queryset(request).filter(pk=read_id(pk)).first()
        if sending is None:
            raise Http404
        return sending

    @method_decorator(require_safe)
    @method_decorator(csp_update({"frame-src": ["'self'"]}))
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The plan, or what became of the mails."""
        sending = self._sending(request, object_id)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "original": sending,
            "title": _("Plan") if sending.confirmed_at is None else capfirst(self.opts.verbose_name),
        }  # fmt: skip
        if sending.confirmed_at is None:
            plan = planning.plan(sending, request.user)
            previews = [(code, direction(code), mails.preview(plan, code)) for code, _all, _instead in plan.languages]
            more = {"plan": plan, "mails": previews, "most": MOST_SHOWN}
            return TemplateResponse(request, "admin/articles/sending/plan.html", context | more)
        rows = sending.deliveries.select_related("journalist").order_by("journalist__name", "pk")
        rows = rows.annotate(opened=figures.openings())[:MOST_SHOWN]
        left_out = [(planning.REASONS.get(reason, reason), count) for reason, count in sending.left_out.items()]
        more = {"figures": figures.of([sending])[sending.pk], "rows": rows, "left_out": left_out}
        return TemplateResponse(request, "admin/articles/sending/sent.html", context | more)

    @method_decorator(require_POST)
    def confirm_view(self, request, pk):
        sending = self._sending(request, pk)
        try:
            count = confirming.confirm(sending, request.user, request.POST.get("plan", ""))
        except confirming.NotSent as problem:
            messages.error(request, str(problem))
        else:
            self.log_change(request, sending, _("Confirmed."))
            told = ngettext("%(number)s mail waits to be sent.", "%(number)s mails wait to be sent.", count)
            messages.success(request, told % {"number": number(count)})
        return HttpResponseRedirect(reverse("admin:articles_sending_change", args=[pk]))

    @method_decorator(require_POST)
    def throw_away_view(self, request, pk):
        """Delete a plan. What was confirmed stays."""
        sending = self._sending(request, pk)
        Sending.objects.filter(pk=sending.pk, confirmed_at=None).delete()
        return HttpResponseRedirect(reverse("admin:articles_sending_changelist"))

    @method_decorator(require_safe)
    @method_decorator(xframe_options_sameorigin)
    def preview_view(self, request, pk, language):
        """The HTML of the mail, for a frame of the plan."""
        plan = planning.plan(self._sending(request, pk), request.user)
        mail = mails.preview(plan, language)
        if mail is None:
            raise Http404
        response = HttpResponse(mail.alternatives[0].content)
        response["Content-Security-Policy"] = IN_A_FRAME
        response["Cache-Control"] = "private, no-store"
        return response

    @admin.display(description=gettext_lazy("article"))
    def headline(self, sending):
        return display.headline(sending.article)

    @admin.display(description=gettext_lazy("state"), ordering="confirmed_at")
    def state(self, sending):
        if sending.confirmed_at is None:
            return _("plan, not confirmed")
        return _("confirmed %(at)s") % {"at": own_time(sending.confirmed_at)}

    @admin.display(description=gettext_lazy("sent"))
    def sent(self, sending):
        return number(sending.figures.sent)

    @admin.display(description=gettext_lazy("waiting"))
    def waiting(self, sending):
        return number(sending.figures.waiting)

    @admin.display(description=gettext_lazy("refused permanently"))
    def failed(self, sending):
        return number(sending.figures.failed)

    @admin.display(description=gettext_lazy("passes opened"))
    def opened(self, sending):
        return number(sending.figures.opened)

    @admin.display(description=gettext_lazy("ended the mails"))
    def ended(self, sending):
        return number(sending.figures.ended)
