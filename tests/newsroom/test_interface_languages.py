"""Every public and every admin page speaks one language in each of the six: words, dates, and the order of lists.

Content in another language is no fault where its element says so (`lang`). The pages are those of the demo.
"""

import re
import zoneinfo
from io import StringIO
from pathlib import Path

import django
import lxml.html
import polib
import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.translation import override, to_locale

from articles.models import Article, Image, Topic
from contacts.cldr.collation import sort_key
from contacts.models import Contact, Country, Office, Region
from newsroom.demo import content
from newsroom.models import Page
from tests.cast import make_user
from tests.forms import filled, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LANGUAGES = [code for code, _ in settings.LANGUAGES]
PACKAGES = Path(django.__file__).parents[1]
# Whose words pages show beside ours.
OTHERS = ["django", "axes", "django_filters"]
SPOKEN = ("title", "placeholder", "aria-label", "alt")
NOT_READ = ("script", "style", "svg", "code")
# What is the same in every language, or content: names, addresses, codes, file names, abbreviations.
SAME = re.compile(
    r"""[\w.+-]+@[\w.-]+ | https?://\S+ | (?<!\w)/[\w%/.-]* | \b\w+\.(?:jpg|jpeg|png|webp|jsonl|csv|pdf|svg)\b
    | \b[A-Z][A-Za-z_]+/[A-Za-z_/+-]+\d* | \b[A-Z0-9]{2,}(?:[-.:][\w.:-]+)* | \b[a-z]+(?:[-_][a-z0-9]+)+\b
    | \b[\w-]+(?:\.[\w-]+)*\.example(?:/[\w-]+)* | \b[0-9a-f]{64}\b
    | \b(?:en|fr|es|ar|ru|zh|sw|places|demo|import_fixture|WordPress|WhatsApp|Google|Docs|Word|GitHub|Python|[Cc]ookie)\b""",
    re.VERBOSE,
)
LATIN = re.compile(r"[A-Za-z]{2,}")
MONTHS = "January February March April May June July August September October November December".split()
OTHER_DATES = [  # English ones, and the formats of English with other words
    re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)})\.? \d{{4}}"),
    re.compile(r"\d{1,2} \S*月 \d{4}"),
    re.compile(r"\d{1,2} (?:Январь|Февраль|Март|Апрель|Май|Июнь|Июль|Август|Сентябрь|Октябрь|Ноябрь|Декабрь)"),
]


@pytest.fixture
def newsroom(db, settings):
    """A client of an administrator, in the newsroom of the demo."""
    settings.NEWSROOM_NAME, settings.NEWSROOM_NAMES = content.NAME, content.NAMES
    with content.dated_copy(timezone.localdate()) as folder:
        call_command("import_fixture", "places", str(folder), stdout=StringIO(), stderr=StringIO())
    client = Client(raise_request_exception=False)
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    return client


def public_pages(language):
    article = Article.objects.live().filter(language=language, topics__isnull=False).first()
    for path in ("", "news/", "news/?page=2", "news/?q=qzxv", "news/?from=2020-01-01&to=2030-01-01", "offices/"):
        yield f"/{language}/{path}"
    for path in ("media-contacts/", "news/?year=abc", "no-such-page/"):
        yield f"/{language}/{path}"
    rows = [article, Region.objects.get(code="africa"), Country.objects.get(iso3="KEN"), Topic.objects.first()]
    with override(language):
        for row in [*rows, *Page.objects.published(), *Office.objects.all()[:4]]:
            yield row.get_absolute_url()


def admin_pages():
    yield from ("/admin/", "/admin/password_change/", "/admin/articles/image/pick/", "/admin/no-such-page/")
    for app in {model._meta.app_label for model in admin.site._registry}:
        yield f"/admin/{app}/"
    for model in admin.site._registry:
        place = f"/admin/{model._meta.label_lower.replace('.', '/')}/"
        yield from (place, f"{place}add/", f"{place}?q=qzxv")
        row = model._default_manager.first()
        if row is not None:
            yield from (f"{place}{row.pk}/{page}/" for page in ("change", "history", "delete"))
    for state in Article.State.values:
        row = Article.objects.filter(state=state).first()
        if row is not None:
            yield f"/admin/articles/article/{row.pk}/change/"


def answers(newsroom, language):
    """(what was done, response) for pages that are the answer to a form, or to a fault."""
    for model in admin.site._registry:
        address = f"/admin/{model._meta.label_lower.replace('.', '/')}/"
        if (form := newsroom.get(f"{address}add/")).status_code == 200:
            yield f"empty {address}", newsroom.post(f"{address}add/", filled(form), follow=True)
        rows = [row.pk for row in model._default_manager.all()[:2]]
        if rows:
            chosen = {"action": "delete_selected", "_selected_action": rows, "index": 0}
            yield f"delete several {address}", newsroom.post(address, chosen, follow=True)
    draft = Article.objects.filter(state=Article.State.DRAFT, language=language).first() or Article.objects.first()
    address = f"/admin/articles/article/{draft.pk}/change/"
    for button in read(newsroom.get(address)).buttons:
        if button[0] == "_move":
            sent = filled(newsroom.get(address), _move=button[1])
            yield f"{button} {address}", newsroom.post(address, sent, follow=True)
    visitor = Client(raise_request_exception=False)
    visitor.cookies["django_language"] = language
    yield "log-in", visitor.get("/admin/login/")
    yield "refused log-in", visitor.post("/admin/login/", {"username": "nobody", "password": "wrong"})
    yield "old page", Client(enforce_csrf_checks=True).post("/admin/login/", headers={"accept-language": language})
    with override(language):
        yield "503.html", render(None, "503.html", {"is_full": False, "address": "/", "words": [("headline", "2026")]})
        request = RequestFactory().get("/")
        for template in ("400.html", "403.html", "410.html", "413.html", "500.html"):
            yield template, render(request, template, {"lost": True, "limit": 20})


@pytest.fixture(scope="module")
def words():
    """{language: {message: translation}} of all that ours and the others' catalogues have, and every English message."""
    found = {}
    for language in LANGUAGES[1:]:
        own = settings.LOCALE_PATHS[0] / to_locale(language) / "LC_MESSAGES/django.mo"
        files = [
            path
            for name in OTHERS
            for path in (PACKAGES / name).rglob(f"locale/{to_locale(language)}/LC_MESSAGES/*.mo")
        ]
        found[language] = {}
        for entry in (entry for path in (*files, own) for entry in polib.mofile(str(path))):
            found[language][entry.msgid] = entry.msgstr or "".join(entry.msgstr_plural.values())
            found[language] |= {entry.msgid_plural: "plural"} if entry.msgid_plural else {}
    return found


def read_aloud(element, language, page_language):
    """Every text that a page says in its own language; `language`: that of the element around."""
    if not isinstance(element.tag, str) or element.tag in NOT_READ or element.get("href", "").startswith("mailto:"):
        return
    inner = element.get("lang") or language
    if inner == page_language and element.tag not in ("textarea", "bdi"):
        yield element.text or ""
        yield from (element.get(name) or "" for name in SPOKEN)
        if element.tag == "input" and element.get("type") in ("submit", "button"):
            yield element.get("value") or ""
    for child in element:
        yield from read_aloud(child, inner, page_language)
        if inner == page_language:
            yield child.tail or ""


class Reader:
    """Knows all words, and finds what is not in one language; each text is looked at once."""

    def __init__(self, language, words, names):
        self.language, self.known, self.seen = language, words.get(language, {}), set()
        self.messages = {message.lower(): message for each in words.values() for message in each}
        self.translations = {text.lower() for text in self.known.values()}
        listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        self.names = re.compile(rf"(?<!\w)(?:{listed})(?![\w@])")

    def faults(self, html):
        page = lxml.html.fromstring(html)
        for text in read_aloud(page, self.language, self.language):
            text = " ".join(text.split())
            if text not in self.seen:
                self.seen.add(text)
                yield from self._faults_of(text)
        for menu in page.xpath("//select[@name='country' or @name='office' or @name='region' or @name='topic']"):
            options = [option.text_content().strip() for option in menu if option.get("value")]
            options = [re.sub(r" \([\d+]+\)$", "", option) for option in options]
            is_by_number = menu.get("form") == "filters" and menu.get("name") != "country"
            if not is_by_number and options != sorted(options, key=lambda name: sort_key(name, self.language)):
                yield f"order: {menu.get('name')} {options[:5]}"

    def _faults_of(self, text):
        if any(date.search(text) for date in OTHER_DATES) and self.language != "en":
            yield f"date: {text}"
        if self.language == "en" or not LATIN.search(SAME.sub("", self.names.sub("", text))):
            return
        if text.lower() in self.messages and text.lower() not in self.translations:
            yield f"English: {text}"
        elif self.language in ("ar", "ru", "zh"):
            yield f"Latin: {text[:90]}"


def names_in_content():
    """What editors have written that stands in pages of any language: headlines, codes, names of users and files."""
    yield from ("ada", "root", *zoneinfo.available_timezones())
    for name in ("headline", "summary", "dateline_place"):
        yield from Article.objects.values_list(name, flat=True)
    for credit, rights, file in Image.objects.values_list("credit", "copyright", "file"):
        yield from (credit, rights, file)
    for model in (Office, Contact, Region, Topic, Page):
        yield from model.objects.values_list("code", flat=True)


def test_every_page_speaks_one_language(newsroom, words):
    """One test for all languages: to import the demo takes longer than to ask for the pages of a language."""
    found, names = {}, set(filter(None, names_in_content()))
    for language in LANGUAGES:
        reader = Reader(language, words, names)
        newsroom.cookies["django_language"] = language
        for address in (*public_pages(language), *admin_pages()):
            response = newsroom.get(address)
            assert response.status_code in (200, 400, 403, 404), address
            for fault in reader.faults(response.content.decode()):
                found.setdefault((language, fault), address)
        for name, response in answers(newsroom, language):
            assert response.content, name
            for fault in reader.faults(response.content.decode()):
                found.setdefault((language, fault), name)
    assert found == {}
