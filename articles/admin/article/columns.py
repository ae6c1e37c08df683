"""The columns of the article list."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

SHOWN_STATES = {
    "live": _("live"),
    "scheduled": _("scheduled"),
    "in_review": _("in review"),
    "draft": _("draft"),
    "approved": _("approved"),
    "withdrawn": _("withdrawn"),
    "gone": _("gone"),
}


def badge(article):
    state = article.shown_state
    shown = format_html('<span class="badge badge-{}">{}</span>', state, SHOWN_STATES[state])
    if article.revises_id:
        shown = format_html('{} <span class="badge badge-copy">{}</span>', shown, _("working copy"))
    return shown


def titled(article):
    """The headline as an element in its own language and direction."""
    return format_html(
        '<bdi class="headline" lang="{}" dir="{}">{}</bdi>', article.language, article.direction, article.headline
    )


def listed(names):
    return format_html_join(", ", "<bdi>{}</bdi>", ((name,) for name in names)) or "–"


class ArticleColumns:
    @admin.display(description=_("headline"), ordering="headline")
    def shown_headline(self, article):
        return titled(article)

    @admin.display(description=_("state"), ordering="state")
    def badge(self, article):
        return badge(article)

    @admin.display(description=_("language"), ordering="language")
    def tag(self, article):
        return format_html('<abbr class="tag" title="{}">{}</abbr>', article.get_language_display(), article.language)

    @admin.display(description=_("kind"), ordering="kind")
    def shown_kind(self, article):
        return article.kind_label

    @admin.display(description=_("regions"))
    def shown_regions(self, article):
        return listed(row.region.name for row in article.region_rows.all())

    @admin.display(description=_("topics"))
    def shown_topics(self, article):
        return listed(row.topic.name for row in article.topic_rows.all())

    @admin.display(description=_("office"))
    def shown_office(self, article):
        return article.office.name if article.office_id else "–"

    @admin.display(description=_("date (UTC)"), ordering="publish_at")
    def date(self, article):
        return date_format(article.publish_at, "j M Y, H:i") if article.publish_at else "–"

    @admin.display(description=_("author"))
    def author(self, article):
        return (article.created_by.get_full_name() or article.created_by.get_username()) if article.created_by else "–"
