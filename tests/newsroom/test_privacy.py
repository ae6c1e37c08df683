"""What the page "Privacy" says of all public pages: no cookie, and nothing from elsewhere."""

import re

import pytest
from django.urls import reverse

from contacts.public_pages import names_changed
from newsroom.models import Theme
from newsroom.snapshot.addresses import Rules
from newsroom.snapshot.crawl import Crawl
from newsroom.snapshot.links import Links
from tests import files
from tests.cast import create_image, make_article, make_topic

pytestmark = pytest.mark.one_database
SITE = "https://news.example.org"
LOADED = re.compile(
    r"<(?:img|script|source|video|audio|track|iframe|embed|object|input)\b[^>]*?\s(?:src|srcset|poster|data)=\"([^\"]+)\""
)
STYLES = re.compile(r'<link rel="(?:stylesheet|icon|preload|preconnect|dns-prefetch)"[^>]*? href="([^"]+)"')


def test_no_answer_to_a_reader_sets_a_cookie_or_loads_from_elsewhere(db, settings, monkeypatch):
    settings.NEWSROOM_BASE_URL, settings.ALLOWED_HOSTS = SITE, ["news.example.org"]
    make_article(lead_image=create_image(files.picture(), credit="A"), topics=[make_topic()])
    Theme.objects.create(code="blue", is_used=True, brand="#0b3d6e")
    names_changed()
    answers = []

    def ask(crawl, address, own=Crawl._ask):
        answers.append((str(address), response := own(crawl, address)))
        return response

    monkeypatch.setattr(Crawl, "_ask", ask)
    monkeypatch.setattr(
        Rules, "keeps", lambda rules, address, keeps=Rules.keeps: "/en/" in address.path and keeps(rules, address)
    )
    for kept in Crawl(Links(SITE, "", Rules(1))).files():
        list(kept.parts)
    assert len(answers) > 20
    for address, response in answers:
        assert not response.cookies, address
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            page = response.content.decode()
            loaded = LOADED.findall(page) + STYLES.findall(page)
            assert loaded, address
            assert [one for one in loaded if not one.startswith("/")] == [], address


def test_the_page_says_for_how_long_enquiries_are_kept(client, db, settings):
    settings.ENQUIRY_DAYS = 33
    theme = Theme.objects.create(code="blue", is_used=True)
    theme.translations.create(language="en", privacy="Write to dataofficer@example.org.")
    names_changed()
    page = client.get("/en/privacy/").content.decode()
    assert "deleted after 33 days" in page
    assert "dataofficer@example.org" in page
    assert reverse("privacy") in client.get("/en/").content.decode()
