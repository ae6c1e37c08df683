"""The calendar of articles: publications and embargoes of a week or a month, and a small form that moves one."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from contacts.admin.base import with_names
from contacts.cldr.formats import short_moment
from contacts.cldr.ordering import sorted_by_name
from contacts.languages import zone_name
from contacts.models import Office
from contacts.permissions import own_zone

from ... import permissions
from ...desk import scheduling
from ...models import Article
from ...publication_day import OfficeZones, local_time
from ...publishing.locking import Stale
from ...publishing.workflow import Refused
from ..local_time import LocalTimeField
from .pages import ArticlePages, refuse_other_version

VIEWS = {"month": gettext_lazy("Month"), "week": gettext_lazy("Week")}
FIELDS = ("publish_at", "press_from")


class MoveForm(forms.Form):
    """The new time, in the zone of the issuing office."""

    at = LocalTimeField()

    def __init__(self, data, zone):
        super().__init__(data)
        self.fields["at"].set_zone(zone)


class ArticleCalendar(ArticlePages):
    """The page and the moves."""

    def urls(self):
        return [
            ("calendar/", require_safe(self.calendar_view), "articles_article_calendar"),
            ("<int:pk>/schedule/", self.schedule_view, "articles_article_schedule"),
        ]

    def calendar_view(self, request):
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        zones, now = OfficeZones(), timezone.now()
        own = own_zone(request.user)
        shown_in = own if request.GET.get("times") == "own" else ""
        today = local_time(now, own or zones.name(None)).date()
        view = request.GET.get("view") if request.GET.get("view") in VIEWS else "month"
        day = scheduling.read_day(request.GET.get("on", ""), today)
        first, last = scheduling.days_shown(day, view)
        articles, chosen = self._filtered(request)
        offices = sorted_by_name(with_names(Office.objects.all()))
        names = {office.pk: office.name for office in offices}
        found, is_cut = scheduling.entries(request.user, articles, (first, last), zones, names, shown_in)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return self.page(request, "admin/articles/article/calendar.html", {
            "title": _("Calendar"), "view": view, "views": VIEWS.items(), "day": day,
            "days": [(one, found.get(one, ()), one == today, one.month == day.month) for one in days],
            "first": first, "last": last, "is_cut": is_cut, "limit": scheduling.LIMIT, "chosen": chosen,
            "before": scheduling.step(day, view, False), "after": scheduling.step(day, view, True),
            "own_city": zone_name(own) if own else "", "times": "own" if shown_in else "office",
            "offices": offices, "languages": settings.LANGUAGES,
        })  # fmt: skip

    def _filtered(self, request):
        """The articles of the chosen office and language, and what was chosen; unknown values choose nothing."""
        articles, chosen = Article.objects.all(), {"office": "", "language": ""}
        if (language := request.GET.get("language")) in dict(settings.LANGUAGES):
            articles, chosen["language"] = articles.in_language(language), language
        code = request.GET.get("office", "")
        if code and (office := Office.objects.filter(code=code).first()):
            articles, chosen["office"] = articles.filter(office=office), code
        return articles, chosen

    @method_decorator(require_POST)
    def schedule_view(self, request, pk):
        article = self.get_article(request, pk)
        if not permissions.may_edit(request.user, article):
            raise PermissionDenied
        field = request.POST.get("field")
        form = MoveForm(request.POST, OfficeZones().name(article.office_id))
        try:
            self._move_to(article, field, form, request)
        except Refused as refused:
            messages.error(request, " ".join(map(str, refused.errors.values())))
        except Stale as stale:
            messages.error(request, stale)
        return HttpResponseRedirect(self._back(request))

    def _move_to(self, article, field, form, request):
        if field not in FIELDS:
            raise Refused(Refused.NOT_POSSIBLE)
        if not form.is_valid():
            raise Refused(" ".join([*form.errors["at"], _("You can also enter the time in the article’s form.")]))
        if "version" not in request.POST:
            raise Stale
        refuse_other_version(request, article)
        moment = form.cleaned_data["at"]
        scheduling.reschedule(article, field, moment, request.user)
        local = local_time(moment, form.fields["at"].zone)
        told = _("“%(headline)s”: %(time)s (%(city)s).")
        words = {"headline": article.headline, "time": short_moment(local), "city": zone_name(form.fields["at"].zone)}
        messages.success(request, told % words)

    def _back(self, request):
        """The page of the calendar that was shown."""
        calendar = reverse("admin:articles_article_calendar")
        back = request.POST.get("back", "")
        is_ours = back.startswith(f"{calendar}?") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        return back if is_ours else calendar
