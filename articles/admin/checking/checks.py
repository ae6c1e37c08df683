"""The checks beside an article's form, while it is being written too, and their acknowledgement on submission."""

import copy
import re

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from contacts.validators import read_id

from ... import checks
from ...html import TooComplex, clean
from ...models import Article, Image, Recording
from ..article.pages import ArticlePages
from ..library.base import visible_files

TEXTS = ("headline", "summary", "change_kind", "was_wrong", "change_note", *checks.HTML_FIELDS)
RELATIONS = ("regions", "topics", "contacts", "gallery", "recordings")


class ArticleChecks(ArticlePages):
    """The panel, and the view that its script asks."""

    def urls(self):
        return [("<int:pk>/checks/", require_POST(self.checks_view), "articles_article_checks")]

    def checks_view(self, request, pk):
        """What the checks find in the posted values of the form; nothing is stored."""
        article = self.get_article(request, pk)
        draft = draft_of_form(request, article)
        return render(request, "admin/articles/article/_findings.html", self._findings(checks.run(draft)))

    def context(self, request, article):
        return {"checks": self._findings(checks.run(checks.Draft(article)))}

    def _findings(self, found):
        """{level: [(address of the field on the page, sentence, address of the picture to be mended)]}"""
        anchors = {inline.relation: inline for inline in self.model_admin.inlines if getattr(inline, "relation", "")}
        groups = {checks.BLOCK: [], checks.WARNING: []}
        for finding in found:
            picture = reverse("admin:articles_image_change", args=[finding.image]) if finding.image else ""
            groups[finding.level].append((anchor(finding.field, anchors), finding.sentence, picture))
        return groups


def to_acknowledge(step, article):
    """The warnings that must be read before this step is taken."""
    return checks.warnings(article) if step.name == "submit" else []


def anchor(field, inlines):
    """Where on the page a field is."""
    if field == "related_links":
        return "#related_links-group"
    if field in inlines:
        return f"#{rows_name(field)}-group"
    return f"#id_{field}"


def rows_name(relation):
    """The name under which a form sends the rows of a relation."""
    return through(relation)._meta.get_field("article").remote_field.related_name


def through(relation):
    return Article._meta.get_field(relation).remote_field.through


def draft_of_form(request, article):
    """The article with what the form has typed and chosen."""
    sent, article = request.POST, copy.copy(article)
    for name in TEXTS:
        if name in sent:
            setattr(article, name, _cleaned(sent[name]) if name in checks.HTML_FIELDS else sent[name])
    dates = [value for name, value in sent.items() if name.startswith("publish_at")]
    if dates:  # whether there is one, however it is typed
        article.publish_at = article.publish_at or timezone.now() if any(dates) else None
    if "lead_image" in sent:
        article.lead_image_id = read_id(sent["lead_image"])
    # The form of a translation only shows what it takes from its source.
    relations = () if article.translation_of_id else RELATIONS
    chosen = {name: found for name in relations if (found := _chosen(sent, name)) is not None}
    links, quotes = _rows(sent, "related_links", "url"), _rows(sent, "quotes", "text")
    images = visible_files(request, Image.objects.order_by())
    recordings = visible_files(request, Recording.objects.order_by())
    return checks.Draft(article, chosen, images, links, quotes, recordings)


def _cleaned(html):
    try:
        return clean(html)
    except TooComplex:  # saving the form says so
        return ""


def _chosen(sent, relation):
    """The ids in the rows of a relation; None if the form has no such rows."""
    found = _rows(sent, rows_name(relation), through(relation).target)
    return None if found is None else [key for key in map(read_id, found) if key]


def _rows(sent, rows, field):
    """The values of a field in all rows of an inline that are not to be deleted; None without such an inline."""
    if f"{rows}-TOTAL_FORMS" not in sent:
        return None
    found = {match[1]: value for name, value in sent.items() if (match := re.fullmatch(rf"{rows}-(\d+)-{field}", name))}
    return [value for number, value in found.items() if value and not sent.get(f"{rows}-{number}-DELETE")]
