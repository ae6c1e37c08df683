"""HTML for lists, forms and panels of the admin: states, headlines, texts, dates, pictures, uses of a file."""

from datetime import UTC

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.cldr.formats import joined, number, short_date, short_moment
from contacts.languages import zone_name
from contacts.models.membership import name_of
from contacts.zones import own_day

from .. import permissions
from ..html import TooComplex, clean
from ..media.usage import pages_using, used_in, visible_to
from ..models import Copies, Image
from ..pages.texts import pictures
from ..publication_day import local_time

STATE_LABELS = {
    "live": _("live"),
    "scheduled": _("scheduled"),
    "in_review": _("in review"),
    "draft": _("draft"),
    "approved": _("approved"),
    "withdrawn": _("withdrawn"),
    "gone": _("gone"),
}
COPIES = {
    Copies.DUE: _("They are made in the background; reload the page to see whether they are ready."),
    Copies.FAILED: _("They could not be made. Pages show one reduced copy instead; the server’s log says why."),
}
MOST_USES = 50


def state_badge(article):
    state = article.shown_state
    badges = [(state, STATE_LABELS[state])]
    if article.revises_id:
        badges.append(("copy", _("working copy")))
    if article.emergency_at:
        badges.append(("emergency", _("emergency: not looked at yet")))
    if article.restricted and not article.was_public:
        badges.append(("limited", _("limited to named people")))
    return format_html_join(" ", '<span class="badge badge-{}">{}</span>', badges)


def behind_badge(state):
    """How far a translation is behind its source, by its SourceState; nothing if it is up to date."""
    if not state.behind:
        return ""
    text = ngettext("behind by %(count)d paragraph", "behind by %(count)d paragraphs", state.behind)
    badge = format_html(
        '<span class="badge badge-{}">{}</span>',
        "urgent" if state.urgent else "behind",
        text % {"count": state.behind},
    )
    if state.held_at:
        badge = format_html('{} <span class="badge badge-urgent">{}</span>', badge, _("held"))
    return badge


def headline(article):
    """The headline with its language and direction."""
    return format_html(
        '<bdi class="headline" lang="{}" dir="{}">{}</bdi>', article.language, article.direction, article.headline
    )


def listed(names):
    """The names as a list in a sentence, each in its own direction."""
    return joined(format_html("<bdi>{}</bdi>", name) for name in names) or "–"


def field_html(article, field):
    """The HTML of a field with its language and direction, cleaned again: it may be older than today's rules."""
    if not getattr(article, field):
        return "–"
    html = cleaned_html(getattr(article, field))
    return format_html(
        '<div class="article-html" lang="{}" dir="{}">{}</div>',
        article.language,
        article.direction,
        pictures.with_pictures(html) if isinstance(html, SafeString) else html,
    )


def cleaned_html(html):
    """The HTML for a page; as text, tags included, if it is too complex to be cleaned."""
    try:
        return mark_safe(clean(html))
    except TooComplex:
        return html


def office_time(at, office=None, zone="", own_zone=""):
    """“14 May 2026, 15:00 (Nairobi) · 12:00 UTC”, in the zone of the office or that one; with the reader's own time if
    that is known. admin.js updates it while the field beside it changes.
    """
    zone = zone or getattr(office, "timezone", "") or "UTC"
    html = '<span class="office-time" data-zone="{}" data-city="{}" data-own="{}" data-other="{}">{}</span>'
    return format_html(
        html, zone, zone_name(zone), _("your time"), _("The time is that of the office that you choose."),
        office_moment(at, zone=zone, own_zone=own_zone),
    )  # fmt: skip


def office_moment(at, office=None, zone="", own_zone=""):
    """A moment in the office's time as plain text."""
    if at is None:
        return _("no date yet")
    zone = zone or getattr(office, "timezone", "") or "UTC"
    local = local_time(at, zone)
    text = f"{short_moment(local)} ({zone_name(zone)})"
    if zone != "UTC":
        text += f" · {timezone.localtime(at, UTC):%H:%M} UTC"
    own = local_time(at, own_zone or zone)
    if own.utcoffset() != local.utcoffset() and own.utcoffset():
        day = "" if own.date() == local.date() else f"{short_date(own)} "
        text += f" · {day}{own:%H:%M} ({zone_name(own_zone)})"
    return text


def published(article):
    """“1 Jan 2026, 08:00 (Nairobi)”: the day of publication and the office's time; the title has it in UTC."""
    if not article.publish_at:
        return "–"
    local, utc = in_office_zone(article.publish_at, article.office), timezone.localtime(article.publish_at, UTC)
    # The day stays when the office gets another time zone: then the time of day would be that of another day.
    is_same = local.date() == article.day
    return format_html(
        '<time datetime="{}" title="{} UTC">{}</time>',
        utc.isoformat(timespec="seconds"),
        short_moment(utc),
        f"{short_moment(local)} ({zone_name(getattr(article.office, 'timezone', 'UTC'))})"
        if is_same
        else short_date(article.day),
    )


def in_office_zone(at, office):
    """The datetime in the time zone of the office, or in UTC if that is unknown."""
    return local_time(at, getattr(office, "timezone", "UTC"))


def thumbnail(image):
    """The smallest copy that there is. Its alternative text is shown beside it."""
    return format_html(
        '<img class="thumbnail" src="{}" alt="" loading="lazy" decoding="async" width="150" height="100">',
        pictures.smallest_address(image),
    )


def copies_progress():
    """{"made", "due", "total", "failed"}: how many pictures have their smaller copies; None if none are due."""
    numbers = Image.objects.aggregate(
        total=Count("pk"), due=Count("pk", Q(copies=Copies.DUE)), failed=Count("pk", Q(copies=Copies.FAILED))
    )
    return numbers | {"made": numbers["total"] - numbers["due"]} if numbers["due"] or numbers["failed"] else None


def copies(image):
    """The state of the smaller copies, with their widths."""
    widths = " · ".join(str(width) for width in (image.renditions or {}).get("webp", ()))
    label = image.get_copies_display()
    if image.copies == Copies.MADE:
        return format_html('{}: <bdi dir="ltr">{}</bdi>', label, widths)
    return format_html('<span class="badge badge-copies-{}">{}</span> {}', image.copies, label, COPIES[image.copies])


def where_used(file, user):
    """Links to the articles that use a file and that the user may see, to recordings and to the site's pages.

    Of the others only the number is shown.
    """
    used = used_in(file)
    articles = permissions.visible(user, used).order_by("-id").without_texts()
    rows = [
        (reverse("admin:articles_article_change", args=[article.pk]), headline(article), state_badge(article))
        for article in articles[:MOST_USES]
    ]
    if isinstance(file, Image):
        posters = visible_to(user, file.poster_of.with_translations())[:MOST_USES]
        rows += [
            (reverse("admin:articles_recording_change", args=[one.pk]), one, one.get_kind_display()) for one in posters
        ]
    rows += [(page.get_absolute_url(), page, page._meta.verbose_name) for page in pages_using(file)]
    items = format_html_join("", '<li><a href="{}">{}</a> {}</li>', rows)
    hidden = used.count() - articles.count()
    if hidden:
        told = ngettext(
            "and in %(number)s article that you may not see", "and in %(number)s articles that you may not see", hidden
        )
        items += format_html("<li>{}</li>", told % {"number": number(hidden)})
    return format_html('<ul class="used-in">{}</ul>', items) if items else _("not used in any article yet")


def acts_next(assignment):
    """“Walt, until 20 Nov 2026”; marked if that day is past."""
    person = name_of(assignment.assignee)
    if assignment.until is None:
        return format_html("<bdi>{}</bdi>", person)
    css = "late" if assignment.until < own_day() else "until"
    until = _("until %(date)s") % {"date": short_date(assignment.until)}
    return format_html('<bdi>{}</bdi> <span class="{}">{}</span>', person, css, until)
