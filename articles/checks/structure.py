"""Checks of the structure of the text: headings in order, tables with heading cells, links that say where they lead."""

import re

from django.utils.translation import gettext as _

from .draft import HTML_FIELDS, text_of
from .finding import Finding

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# Texts of links that tell nobody where they lead (WCAG 2.2, 2.4.4), in all languages: a French text may have an
# English link.
VAGUE = set(
    "here|click here|click|read more|more|learn more|see more|find out more|this|this link|link|this page|details"
    "|ici|cliquez ici|cliquer ici|lire la suite|lire plus|en savoir plus|plus|ce lien|lien|voir plus|voir ici"
    "|aquí|haga clic aquí|haz clic aquí|clic aquí|pulse aquí|leer más|más|más información|saber más|ver más"
    "|este enlace|enlace"
    "|هنا|اضغط هنا|انقر هنا|المزيد|اقرأ المزيد|لمزيد من المعلومات|هذا الرابط|رابط|الرابط"
    "|здесь|тут|нажмите здесь|щелкните здесь|подробнее|далее|читать далее|узнать больше|по ссылке|ссылка|эта ссылка"
    "|这里|此处|点击这里|点击此处|点此|更多|了解更多|阅读更多|查看更多|链接|此链接"
    "|這裡|此處|點擊這裡|點此|閱讀更多|鏈接".split("|")
)
_address = re.compile(r"(?:https?:/+|www\.)\S+", re.IGNORECASE)
_around = re.compile(r"^[\W_]+|[\W_]+$")


def skipped_levels(levels):
    """The places in a list of heading levels where one is left out; the headline above them has level 1."""
    above = [1, *levels]
    return [place for place, level in enumerate(levels) if level > above[place] + 1]


def heading_levels(draft):
    for field in HTML_FIELDS:
        headings = draft.elements(*HEADINGS, field=field)
        for place in skipped_levels([HEADINGS[heading.tag] for heading in headings]):
            told = _("A level of headings is left out before “%(heading)s”.")
            yield Finding(field, told % {"heading": text_of(headings[place])})


def empty_headings(draft):
    for field in HTML_FIELDS:
        if any(not text_of(heading) for heading in draft.elements(*HEADINGS, field=field)):
            yield Finding(field, _("A heading has no text."))


def tables(draft):
    for field in HTML_FIELDS:
        for table in draft.elements("table", field=field):
            if not _has_heading_cells(table):
                told = _("A table has no heading cells, so screen readers cannot say what its cells mean.")
                yield Finding(field, told)
                break


def _has_heading_cells(table):
    waiting = list(table.children)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, str):
            if node.tag == "th" and text_of(node):
                return True
            waiting += node.children
    return False


def link_texts(draft):
    for field in HTML_FIELDS:
        for link in draft.elements("a", field=field):
            text = text_of(link)
            if _around.sub("", text).lower() in VAGUE:
                told = _("A link says only “%(text)s”. Let it say where it leads.")
                yield Finding(field, told % {"text": text})
            elif _address.fullmatch(text):
                told = _("A link shows only its address: %(address)s. Let it say where it leads.")
                yield Finding(field, told % {"address": text})
