"""The answer about a pasted text, a reference, an address or the SHA-256 of an edition."""

import re
import time
from dataclasses import dataclass, field
from datetime import date

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from contacts.languages import organisation_name

from ...html import plain
from ...listing.in_memory import lists_in_memory
from ...models import Article, Revision
from ...publication_day import OfficeZones
from ...review import html_changes
from .. import article_page, editions, recordings
from ..kit.plain_text import readable
from ..kit.versions import KitVersion
from ..texts import pictures
from ..texts.pictures import FIGURE
from ..texts.text_html import with_dateline
from . import candidates
from .comparing import Limit, Ours, Pasted, words_of

LONGEST, MOST_LINES = 50_000, 2000  # characters, lines
FEWEST_WORDS = 6  # a shorter text is anybody's
LIKE = 0.25  # share of the pasted runs of words that must be ours for the text to be called an altered one
MOST_EDITIONS = 20  # that a text is compared with
MOST_COMPARED = 4  # articles that a text names, and as many that it is like
SECONDS = 0.8  # after which no other article or edition is compared

CURRENT, CHANGED, ALTERED, WITHDRAWN, UNKNOWN, SHORT = "current", "changed", "altered", "withdrawn", "unknown", "short"
SLOW = "slow"  # the database did not answer in time
LONG = "long"  # a file with more text than is compared
_hidden_tag = re.compile(r"</?(?:a|s)(?: [^<>]*)?>")


@dataclass
class Verdict:
    """`differences`: HTML of each passage that differs; `more`: how many are not shown. `edition`: which one it is."""

    code: str
    article: Article | None = None
    edition: Revision | None = None
    differences: list = field(default_factory=list)
    more: int = 0
    corrections: list = field(default_factory=list)
    moved: bool = False
    name: str = ""  # of the file
    day: date | None = None  # of the edition


def is_too_long(text):
    return len(text) > LONGEST or max(text.count("\n"), text.count("\r")) > MOST_LINES


def of_text(request, text):
    """The answer about a pasted text: that of the article which it names, else of those that it is like."""
    pasted, names = Pasted(text), candidates.named(text)
    if len(pasted.words) < FEWEST_WORDS and not names:
        return Verdict(SHORT)
    until = time.monotonic() + SECONDS
    verdicts = []
    try:
        for article in _possible(text, names):
            if verdicts and time.monotonic() > until:
                raise candidates.TooSlow
            verdict = _compared(request, article, pasted, until)
            if verdict.code == CURRENT:
                return verdict
            verdicts.append(verdict)
    except candidates.TooSlow:
        verdicts.append(Verdict(SLOW))
    order = [CHANGED, WITHDRAWN, ALTERED, SLOW, UNKNOWN]
    return min(verdicts, key=lambda one: order.index(one.code), default=Verdict(UNKNOWN))


def _possible(text, names):
    """The articles that a text may come from: those that it names (ids), then those that it is like. Raises TooSlow."""
    rows = Article.objects.readable().select_related("dateline_country")
    named = rows.filter(pk__in=names, language__in=candidates.languages_of(text))
    yield from named.order_by("pk")[:MOST_COMPARED]
    yield from article_page.in_order(rows, candidates.similar(text)[:MOST_COMPARED])


def of_reference(request, text):
    """The answer to a reference number, an address or the SHA-256 of an edition alone: its readable article."""
    keys = candidates.named(f" {text.strip()}/ ")
    articles = Article.objects.readable().in_bulk(keys)
    if not articles:
        return [Verdict(UNKNOWN)]
    asked = next(iter(candidates.SHA256.findall(text.lower())), "")
    verdicts = []
    for article in (articles[pk] for pk in keys if pk in articles):
        published = editions.editions(article)
        edition = next((one for one in published if one.sha256 == asked), None) if asked else None
        is_old = edition is not None and edition.pk != published[0].pk
        code = WITHDRAWN if article.state == Article.State.WITHDRAWN else CHANGED if is_old else CURRENT
        edition = edition or (published[0] if published else None)
        verdicts.append(Verdict(code, article, edition, *_changes_since(article, edition if is_old else None)))
    return verdicts


def _compared(request, article, pasted, until):
    if article.state == Article.State.WITHDRAWN:
        return _withdrawn(request, article, pasted)
    version = KitVersion(request, article)
    around = _around(version)
    ours = _ours(version, _present(article), around)
    best = ours.compared(pasted)
    if _is_found(best, pasted):
        return Verdict(CURRENT, article, version.edition)
    likeness, edition = ours.likeness(pasted), version.edition
    for old in editions.editions(article)[1 : MOST_EDITIONS + 1]:
        if time.monotonic() > until:
            return Verdict(SLOW)  # it may be one of the others
        earlier = _ours(version, editions.stored(old), around)
        compared = earlier.compared(pasted)
        if _is_found(compared, pasted):
            return Verdict(CHANGED, article, old, *_changes_since(article, old))
        if (also := earlier.likeness(pasted)) > likeness:
            best, likeness, edition = compared, also, old
    if likeness < LIKE:
        return Verdict(UNKNOWN)
    shown, more = best.differences()
    return Verdict(ALTERED, article, edition, shown, more, moved=not best.other)


def _withdrawn(request, article, pasted):
    """A withdrawn text no longer holds: it is only said whether it was ours."""
    ours = Ours(_paragraphs(KitVersion(request, article), _present(article)))
    return Verdict(WITHDRAWN if ours.likeness(pasted) >= LIKE else UNKNOWN, article)


def _is_found(compared, pasted):
    """Every block stands in our text, in order, and at least FEWEST_WORDS words (all of a shorter text) are ours.

    Labels around an article, which many articles share, are not enough.
    """
    return compared.is_same and compared.number >= min(FEWEST_WORDS, len(pasted.words))


def _present(article):
    return {name: getattr(article, name) for name in ("headline", "summary", "body", "notes_to_editors")}


def _ours(version, texts, around):
    """An edition of an article, as Ours. The page shows links without addresses, and what is struck out."""
    seen = {name: _hidden_tag.sub("", text) for name, text in texts.items()}
    return Ours(_paragraphs(version, texts), around, _paragraphs(version, seen))


def _paragraphs(version, texts):
    """The paragraphs of an edition's text, plain."""
    body = with_dateline(texts["body"], version.article.dateline)
    found = [texts["headline"], texts["summary"], *readable(body, version.full).split("\n")]
    found += readable(texts["notes_to_editors"], version.full).split("\n")
    if version.boilerplate:
        found += [version.boilerplate[0], *readable(version.boilerplate[1], version.full).split("\n")]
    return [paragraph for paragraph in found if words_of(paragraph)]


def _around(version):
    """What stands around the text on its page and in its plain text, as `Ours.around`."""
    article = version.article
    own, ids = set(_paragraphs(version, _present(article))), article_page.row_ids(article)
    lines = [[line] for line in version.text().split("\n") if line not in own]
    with override(article.language):
        regions = lists_in_memory().names().current_labels("region", ids["region"])
        office = article.office.name if article.office else ""
        day, reference = date_format(article.day, "DATE_FORMAT"), f"{_('Reference')} {article.reference}"
        lines += [[str(article.kind_label), *map(str, regions)], [day, office, reference], [organisation_name()]]
        lines += [[plain(figure[0])] for figure in FIGURE.finditer(pictures.with_pictures(article.body))]
        for image in version.images():
            caption = image.translated("caption")
            lines += [_named(image, caption), [caption, image.credit, image.copyright_notice, image.local_terms]]
            lines.append([image.translated("alt")])
        for shown in recordings.shown(ids["recording"], article.language):
            lines += _of_recording(shown)
    return lines


def _named(file, *texts):
    """The line below a picture or recording."""
    return [*texts, plain(pictures.credits_html(file))]


def _of_recording(shown):
    """The lines of a recording on the page."""
    file = shown.recording
    download = _("Download the video") if file.is_video else _("Download the audio")
    yield _named(file, file.translated("title"), file.translated("caption"))
    yield [download, shown.format, filesizeformat(file.size), shown.duration]
    yield from ([line] for line in (_("Transcript"), *shown.transcript.text.split("\n")))


def _changes_since(article, old):
    """([HTML of each passage that is another one today], more, the change notes) since an earlier edition."""
    if old is None:
        return [], 0, []
    limit, before, after = Limit(), editions.stored(old), _present(article)
    for name in ("body", "notes_to_editors"):
        before[name], after[name] = editions.shown(before[name]), editions.shown(after[name])
    shown = [
        html_changes.text_changes(before[name], after[name], limit)
        for name in ("headline", "summary")
        if before[name] != after[name]
    ]
    for name in ("body", "notes_to_editors"):
        shown += [one.html for one in html_changes.html_changes(before[name], after[name], limit) if one.is_changed]
    published = editions.editions(article)
    told = [
        one
        for one in editions.changes(article, published, OfficeZones().name(article.office_id))
        if one.at > old.created_at
    ]
    return shown[:20], len(shown[20:]), told
