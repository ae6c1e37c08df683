"""All that the plain text and the press kit say of one public article, read in its language."""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from contacts import directory
from contacts.cldr.formats import joined_text
from contacts.languages import language_name, organisation_name
from contacts.public_pages import absolute

from ...html import own_image
from ...models import Article, Attachment, Boilerplate, Image, RelatedLink
from ...publication_day import OfficeZones
from ...publishing.due_editions import merge_for_reader
from .. import article_page, editions
from ..texts import own_links
from ..texts.text_html import with_dateline, with_isolated_numbers
from .plain_text import readable

_own_link = re.compile(r'(<a [^<>]*?href=")(/[^"]*)')


def live_versions(article):
    """The live language versions of a story in the order of their codes, with new editions that are due."""
    found = Article.objects.live().versions_of(article).select_related("dateline_country")
    if due := [row for row in found.with_due_edition() if row.edition_is_due]:
        for row in due:
            merge_for_reader(row)
    return list(found)


@dataclass
class KitVersion:
    """`contacts`: who answers for the article's press contacts today. `address` and `permalink` are complete."""

    request: object
    article: Article

    def __post_init__(self):
        article, ids = self.article, article_page.row_ids(self.article)
        self.image_ids = list(dict.fromkeys(filter(None, [article.lead_image_id, *ids["image"]])))
        self.attachments = article_page.in_order(Attachment.objects.all(), ids["attachment"])
        self.links = list(RelatedLink.objects.filter(article=article).values_list("title", "url"))
        answering = directory.answering(ids["contact"]).values()
        self.contacts = list({contact.pk: contact for contact in answering if contact}.values())
        published = editions.editions(article)
        self.edition = published[0] if published else None
        self.changes = editions.changes(article, published, OfficeZones().name(article.office_id))
        self.boilerplate = Boilerplate.objects.shown_with(article)
        self.address = self.full(article.get_absolute_url())
        self.permalink = self.full(reverse("permalink", args=[article.reference])) if article.reference else ""

    def full(self, path):
        return absolute(self.request, path)

    def images(self):
        """Lead picture and gallery."""
        return article_page.in_order(Image.objects.prefetch_related("translations"), self.image_ids)

    def text(self):
        """The article as plain text, in its language."""
        with override(self.article.language):
            return "\n\n".join(filter(None, self._parts())) + "\n"

    def _parts(self):
        article = self.article
        yield f"{organisation_name()}\n{self.kind_and_day}"
        yield article.headline
        yield article.summary
        yield from (self._change(change) for change in self.changes)
        yield self._readable(with_dateline(article.body, article.dateline))
        if article.notes_to_editors:
            yield f"{_('Notes to editors')}\n\n{self._readable(article.notes_to_editors)}"
        if self.boilerplate:
            yield f"{self.boilerplate[0]}\n\n{self._readable(self.boilerplate[1])}"
        if self.contacts:
            yield "\n\n".join([_("Media contacts"), *self.contact_texts])
        if files := [f"{row.title}: {self.full(row.get_absolute_url())}" for row in self.attachments]:
            yield "\n".join([_("Documents"), *files])
        if self.links:
            yield "\n".join([_("Links"), *(f"{title}: {url}" for title, url in self.links)])
        yield "\n".join(self.evidence())

    @property
    def contact_texts(self):
        return [contact_lines(contact) for contact in self.contacts]

    @property
    def kind_and_day(self):
        return f"{capfirst(self.article.kind_label)} · {date_format(self.article.day, 'DATE_FORMAT')}"

    def evidence(self):
        """Lines with reference, address and edition, by which the text can be checked."""
        if self.article.reference:
            yield f"{_('Reference')} {self.article.reference}"
        yield self.permalink or self.address
        if self.edition:
            number = _("Edition %(number)s") % {"number": self.edition.edition}
            yield f"{number}, SHA-256 {self.edition.sha256}"

    def _change(self, change):
        day = date_format(change.day, "DATE_FORMAT")
        if not change.is_correction:
            return f"{_('Updated %(day)s:') % {'day': day}} {change.note}"
        wrong = f"{_('What was wrong')}: {change.wrong}" if change.wrong else ""
        note = f"{_('What it says now')}: {change.note}" if change.wrong and change.note else change.note
        return "\n".join(filter(None, [_("Correction of %(day)s") % {"day": day}, wrong, note]))

    def _readable(self, html):
        return readable(own_links.current(html), self.full)

    def html(self, html, names):
        """Cleaned HTML for a file of its own: links are complete, pictures those beside it, {SHA-256: name}."""
        html = _own_link.sub(lambda link: link[1] + self.full(link[2]), own_links.current(html))
        picture = re.compile(rf'(<img(?:[^">]|"[^"]*")*? src=")({own_image()})')
        html = picture.sub(lambda image: image[1] + (names.get(image[3]) or self.full(image[2])), html)
        return with_isolated_numbers(mark_safe(html), self.article.direction)

    def body(self, names):
        return self.html(with_dateline(self.article.body, self.article.dateline), names)


def contact_lines(contact):
    """A contact as lines of text, in the active language."""
    lines = [contact.name, contact.job_title, contact.unit_name if contact.kind == contact.Kind.PERSON else ""]
    lines.append(contact.office.name)
    lines += [f"{capfirst(phone.get_kind_display())}: {phone.display}" for phone in contact.phones.all()]
    lines.append(f"{_('E-mail')}: {contact.email}" if contact.email else "")
    if contact.languages:
        lines.append(f"{_('Speaks')}: {joined_text(language_name(tag) for tag in contact.languages)}")
    return "\n".join(filter(None, lines))
