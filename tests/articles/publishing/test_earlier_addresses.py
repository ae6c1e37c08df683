"""An earlier address leads to its article until readers find another article there: drafts and plans take nothing."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from articles.checks.links.addresses import fault
from articles.models import Article, SlugHistory
from articles.pages.texts.own_links import current
from articles.publishing import working_copies
from articles.publishing.workflow import move
from tests.articles.importing.fixture_records import article as record
from tests.articles.importing.fixture_records import newsroom, run, write
from tests.cast import NOW, make_article, make_ready_article, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db

OLD, NEW, LINK = "/en/news/floods/", "/en/news/floods-2025/", '<p><a href="{}">Floods</a></p>'


@pytest.fixture
def renamed():
    """A public article that had the address "floods"."""
    article = make_article(slug="floods-2025")
    SlugHistory.objects.create(article=article, language="en", slug="floods")
    return article


def leads_on(client):
    answers = [client.get(OLD), client.get(f"{OLD}editions/")]
    assert [one.headers.get("Location") for one in answers] == [NEW, f"{NEW}editions/"]
    assert current(LINK.format(OLD)) == LINK.format(NEW)
    assert fault(OLD) == ""


def test_a_draft_with_the_address_takes_nothing(client, edna, renamed):
    address = reverse("admin:articles_article_add")
    typed = filled(client.get(address), language="en", headline="A year after", slug="floods")
    assert client.post(address, typed).status_code == 302
    draft = Article.objects.get(slug="floods")
    leads_on(client)
    draft.delete()
    leads_on(client)


def test_nor_does_a_draft_that_has_had_it(client, edna, renamed):
    draft = make_ready_article(slug="floods")
    make_article(state="draft", body=LINK.format(OLD))  # for a draft alone, this link would keep the address
    address = reverse("admin:articles_article_change", args=[draft.pk])
    assert client.post(address, filled(client.get(address), slug="rain")).status_code == 302
    leads_on(client)


def test_what_is_approved_for_later_takes_it_at_its_hour(client, renamed):
    later = NOW() + timedelta(days=30)
    other = make_ready_article(slug="floods", publish_at=later, state="in_review")
    move(other, "approve", by=make_user("aziz", "approver"))
    leads_on(client)
    with time_machine.travel(later + timedelta(seconds=1)):
        assert client.get(OLD).status_code == 200
        assert current(LINK.format(OLD)) == LINK.format(OLD)


def test_an_article_that_readers_knew_there_keeps_it(client, renamed):
    other = make_article(slug="floods")
    assert current(LINK.format(OLD)) == LINK.format(OLD)
    Article.objects.filter(pk=other.pk).update(state="gone")
    assert client.get(OLD).status_code == 410
    assert client.get(f"{OLD}editions/").status_code == 410
    Article.objects.filter(pk=other.pk).update(state="approved", slug="rain")
    other.refresh_from_db()
    working_copies.remember_slug(other, "floods")
    assert client.get(OLD).headers["Location"] == "/en/news/rain/"


def test_an_article_that_goes_back_to_its_address_is_read_there(client):
    article = make_article(slug="floods")
    for new, old in (("rain", "floods"), ("floods", "rain")):
        article.slug = new
        article.save()
        working_copies.remember_slug(article, old)
    assert client.get(OLD).status_code == 200
    assert client.get("/en/news/rain/").headers["Location"] == OLD
    assert current(LINK.format(OLD)) == LINK.format(OLD)


def test_an_imported_draft_takes_nothing(client, renamed, tmp_path):
    draft = {"state": "draft", "publish_at": None, "external_source": "old-site", "external_id": "7"}
    assert run(write(tmp_path / "draft.jsonl", newsroom(record("floods", **draft))))[0] == 0
    leads_on(client)
    public = draft | {"state": "approved", "publish_at": "2026-01-01T00:00:00Z"}
    assert run(write(tmp_path / "moved.jsonl", newsroom(record("rain", **public))))[0] == 0
    leads_on(client)
    assert client.get("/en/news/rain/").status_code == 200


def test_an_imported_earlier_address_leads_beside_a_draft(client, renamed, tmp_path):
    call_command("export_fixture", output=str(tmp_path / "a.jsonl"), stderr=io.StringIO())
    Article.objects.all().delete()
    make_article(slug="floods", state="draft")
    code, _out, err = run(tmp_path / "a.jsonl")
    assert (code, err) == (0, "")
    leads_on(client)
