"""Every public and every admin page speaks one language: words, dates, and the order of lists.

Public pages are read in all six languages, each page of the admin in Arabic, where any Latin letter is noticed, and in
one of four others in turn; answers to forms in Arabic. Content in another language is no fault where its element says
so (`lang`). The pages are those of the demo.
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
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override, to_locale

from articles.desk import bulk
from articles.models import (
    Article,
    Banner,
    Boilerplate,
    Coverage,
    GlossaryTerm,
    Image,
    Quote,
    Recording,
    Topic,
)
from contacts.cldr.collation import sort_key
from contacts.models import Contact, Country, Office, Region
from newsroom.demo import content
from newsroom.models import Page, Theme
from tests.cast import make_user
from tests.forms import filled, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LANGUAGES = [code for code, _ in settings.LANGUAGES]
IN_TURN = [code for code in LANGUAGES if code not in ("en", "ar")]
PACKAGES = Path(django.__file__).parents[1]
# Whose words pages show beside ours.
OTHERS = ["django", "axes", "django_filters"]
PAGES_OF_AN_ARTICLE = (
    "change/", "history/", "history/compare/", "review/", "review-links/", "passes/", "read-instead/",
    "move/withdraw/", "move/remove/", "move/emergency/", "move/revise/",
)  # fmt: skip
READ_ALREADY = re.compile(r"/admin/(\w+/\w+/(\d+/change/)?)?(\?.*)?")
SPOKEN = ("title", "placeholder", "aria-label", "alt")
NOT_READ = ("script", "style", "svg", "code")
# What is the same in every language, or content: names, addresses, codes, file names, abbreviations.
SAME = re.compile(
    r"""[\w.+-]+@[\w.-]+ | https?://\S+ | (?<!\w)/[\w%/.*{}-]*(?:\?[\w=&*.-]+)? | \{\w+\} | \b\w+\.(?:jpg|jpeg|png|webp|jsonl|csv|pdf|svg|ogg|mp4)\b
    | \b[A-Z][A-Za-z_]+/[A-Za-z_/+-]+\d* | \b[A-Z0-9_]{2,}(?:[-.:][\w.:-]+)* | \b[a-z]+(?:[-_][a-z0-9]+)+\b
    | \b[\w-]+(?:\.[\w-]+)*\.example(?:/[\w-]+)* | \b[0-9a-f]{64}\b | \(\.vtt\)|（\.vtt）
    | \b(?:en|fr|es|ar|ru|zh|sw|places|demo|home|import_fixture|TRUSTED_PUBLISH|WordPress|WebP|WebVTT|NewsML-G2|ninjs|Atom|https|WhatsApp|Facebook|LinkedIn|Google|Docs|Word|GitHub|Python|JavaScript|[Cc]ookie)\b""",
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
    for path in ("media-contacts/", "news/?year=abc", "corrections/", "news/archive/", "privacy/", "no-such-page/"):
        yield f"/{language}/{path}"
    rows = [article, Region.objects.get(code="africa"), Country.objects.get(iso3="KEN"), Topic.objects.first()]
    with override(language):
        for row in [*rows, *Page.objects.published(), *Office.objects.all()[:4]]:
            yield row.get_absolute_url()
        yield from (f"{article.get_absolute_url()}editions/{edition}" for edition in ("", "1/"))


def admin_pages():
    yield from ("/admin/", "/admin/password_change/", "/admin/articles/image/pick/", "/admin/no-such-page/")
    yield from ("/admin/account/", "/admin/login/reset/", "/admin/login/reset/asked/", "/admin/login/reset/MQ/x/")
    yield from ("/admin/my-settings/", "/admin/articles/article/translations/", "/admin/articles/article/calendar/")
    yield from (reverse(f"admin:contacts_{row._meta.model_name}_end", args=[row.pk]) for row in ending())
    for app in sorted({model._meta.app_label for model in admin.site._registry}):
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
            yield from (f"/admin/articles/article/{row.pk}/{page}" for page in PAGES_OF_AN_ARTICLE)


def read_in(language):
    """The pages of the admin that are read in this language."""
    pages = list(admin_pages())
    if language == "ar":
        return pages
    return pages[IN_TURN.index(language) :: len(IN_TURN)] if language in IN_TURN else []


def ending():
    return [Contact.objects.first(), Office.objects.first()]


def shown(newsroom, response):
    """The page. In the place of a list or a form that it leads to, which are read already, a short one with its messages."""
    if response.status_code == 302 and READ_ALREADY.fullmatch(response.url):
        return newsroom.get("/admin/password_change/")
    return newsroom.get(response.url, follow=True) if 300 <= response.status_code < 400 else response


def answers(newsroom, language):
    """(what was done, response) for pages that are the answer to a form, or to a fault."""
    for model in admin.site._registry:
        address = f"/admin/{model._meta.label_lower.replace('.', '/')}/"
        if (form := newsroom.get(f"{address}add/")).status_code == 200:
            yield f"empty {address}", shown(newsroom, newsroom.post(f"{address}add/", filled(form)))
        rows = [row.pk for row in model._default_manager.all()[:2]]
        if rows:
            chosen = {"action": "delete_selected", "_selected_action": rows, "index": 0}
            yield f"delete several {address}", shown(newsroom, newsroom.post(address, chosen))
    draft = Article.objects.filter(state=Article.State.DRAFT, language=language).first() or Article.objects.first()
    address = f"/admin/articles/article/{draft.pk}/change/"
    for button in read(newsroom.get(address)).buttons:
        if button[0] == "_move":
            sent = filled(newsroom.get(address), _move=button[1])
            yield f"{button} {address}", shown(newsroom, newsroom.post(address, sent))
    articles = [row.pk for row in Article.objects.all()[:2]]
    for action in bulk.ACTIONS:
        chosen = {"action": action, "_selected_action": articles, "index": 0}
        yield f"together {action}", shown(newsroom, newsroom.post("/admin/articles/article/", chosen))
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
    for child in element if element.tag != "bdi" else ():
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
    for name in ("speaker", "role", "text"):
        yield from Quote.objects.values_list(name, flat=True)
    yield from Boilerplate.objects.values_list("translations__title", flat=True)
    yield from GlossaryTerm.objects.values_list("note", flat=True)
    for found in Coverage.objects.all():
        yield from (found.outlet, found.title, str(found))
    for found in Recording.objects.all():
        yield from (found.credit, found.file.name, *Recording.objects.tags_in_use())
    for model in (Office, Contact, Region, Topic, Page, Theme, Banner, Boilerplate, GlossaryTerm):
        yield from model.objects.values_list("code", flat=True)


def test_every_page_speaks_one_language(newsroom, words):
    """One test for all languages: the demo is imported once. In English, only the order of lists is looked at."""
    found, names = {}, {" ".join(name.split()) for name in names_in_content() if name}
    for language in LANGUAGES:
        reader = Reader(language, words, names)
        newsroom.cookies["django_language"] = language
        for address in (*public_pages(language), *read_in(language)):
            response = shown(newsroom, newsroom.get(address))
            assert response.status_code in (200, 400, 403, 404), address
            for fault in reader.faults(response.content.decode()):
                found.setdefault((language, fault), address)
        for name, response in answers(newsroom, language) if language == "ar" else ():
            assert response.content, name
            for fault in reader.faults(response.content.decode()):
                found.setdefault((language, fault), name)
    assert found == {}
