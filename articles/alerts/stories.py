"""Loads articles for mails. Many mails share one loaded article until it changes."""

from dataclasses import dataclass, field

from django.utils.translation import override

from ..mail import links
from ..models import Announcement, Article, Revision
from ..publishing.revisions import contact_lines

Kind = Announcement.Kind
MOST = 200  # stories that are kept


@dataclass
class Story:
    """A public article: `edition` is the number of the one whose text this is."""

    article: Article
    edition: int
    url: str
    contacts: list
    told: dict = field(default_factory=dict)


@dataclass
class Item:
    """One article in a mail, and why it is there. Of a removed article, neither headline nor text is shown."""

    kind: str
    article: Article
    edition: int = 0
    url: str = ""
    notes: list = field(default_factory=list)  # [(what was wrong, what has changed or is right now)]
    contacts: list = field(default_factory=list)

    @property
    def label(self):
        return Kind(self.kind).label

    @property
    def title(self):
        return self.article.reference if self.kind == Kind.REMOVED else self.article.headline


class Stories:
    """The public articles of the mails that are being sent."""

    def __init__(self):
        self._known = {}

    def live(self, ids):
        """{id: Story} of those that are public at this moment, with their text of this moment."""
        versions = dict(Article.objects.live().filter(pk__in=ids).order_by().values_list("pk", "version"))
        found = {pk: self._story(pk, version) for pk, version in versions.items()}
        return {pk: story for pk, story in found.items() if story}

    def taken(self, kind, ids):
        """{id: Article} of those that are withdrawn, or removed, at this moment."""
        articles = Article.objects.withdrawn() if kind == Kind.WITHDRAWN else Article.objects.gone()
        return {article.pk: article for article in articles.filter(pk__in=ids).without_texts()}

    def _story(self, pk, version):
        known = self._known.get(pk)
        if known is None or known.article.version != version:
            if len(self._known) >= MOST:
                self._known.clear()
            known = self._known[pk] = self._read(pk)
        return known

    def _read(self, pk):
        # The number first: if an edition is published in between, its reader gets one mail too many, not none.
        edition = last_edition(pk)
        article = Article.objects.live().filter(pk=pk).without_texts().select_related("dateline_country").first()
        if article is None:
            return None
        with override(article.language):
            url = links.absolute(article.get_absolute_url())
            return Story(article, edition, url, contact_lines(article))


def last_edition(article):
    """The number of an article's last edition; 1 of what an import brought without any."""
    editions = Revision.objects.filter(article=article).editions()
    return editions.values_list("edition", flat=True).first() or 1


def item_of(story, kind, numbers=()):
    """The Item of a public article; `numbers`: of the editions that the mail reports."""
    for number in numbers:
        if number not in story.told:
            story.told[number] = _told_of(story.article, number)
    notes = [story.told[number] for number in numbers]
    return Item(kind, story.article, story.edition, story.url, notes, story.contacts)


def _told_of(article, number):
    """(what was wrong, what has changed or is right now) of an edition."""
    if correction := article.corrections.filter(edition=number).first():
        return correction.wrong, correction.now
    notes = Revision.objects.filter(article=article, edition=number).values_list("change_note", flat=True)
    return "", notes.first() or ""


def item_of_taken(article, kind):
    """The item of a withdrawn article links to its page, which stays readable; that of a removed one has no link."""
    if kind == Kind.REMOVED:
        return Item(kind, article)
    return Item(kind, article, url=links.absolute(article.get_absolute_url()), notes=[("", article.withdrawal_note)])
