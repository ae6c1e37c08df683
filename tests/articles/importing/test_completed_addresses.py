"""Web addresses without a scheme get `https://` in an import as in a form; the report says so."""

import pytest

from articles.models import RelatedLink
from contacts.models import Office
from tests.articles.importing.fixture_records import counts, newsroom, record, run, write

pytestmark = pytest.mark.django_db


def link(url):
    return record("articles.relatedlink", article=["en", "harbour-opens"], url=url, title="More")


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("www.example.org/a", "https://www.example.org/a"),
        (" example.org ", "https://example.org"),
        ("//example.org/a", "https://example.org/a"),
        ("مثال.إختبار/أ", "https://مثال.إختبار/أ"),
        ("www.example.org/?at=12:30", "https://www.example.org/?at=12:30"),
    ],
)
def test_an_address_is_completed(tmp_path, written, stored):
    path = write(tmp_path / "news.jsonl", [*newsroom(), link(written)])
    code, out, err = run(path)
    assert (code, err) == (0, "")
    assert RelatedLink.objects.get().url == stored
    assert "1 × url: address of a link completed" in out
    assert counts(run(path)[1], "articles.relatedlink") == {"unchanged": 1}


def test_an_office_s_website_too(tmp_path):
    office = record("contacts.office", code="oslo", website="www.example.org")
    assert run(write(tmp_path / "news.jsonl", [*newsroom(), office]), theirs=True)[0] == 1  # it comes twice
    run(write(tmp_path / "news.jsonl", newsroom()))
    assert run(write(tmp_path / "news.jsonl", [office]))[0] == 0
    assert Office.objects.get().website == "https://www.example.org"


@pytest.mark.parametrize("written", ["nothing", "two words", "mailto:a@example.org", "https://", "http://[", "[", "//"])
def test_what_is_no_address_is_refused(tmp_path, written):
    code, _, err = run(write(tmp_path / "news.jsonl", [*newsroom(), link(written)]))
    assert (code, "url:" in err) == (1, True)


def test_a_complete_address_stays_letter_by_letter(tmp_path):
    code, out, _ = run(write(tmp_path / "news.jsonl", [*newsroom(), link("HTTPS://example.org/?")]))
    assert (code, RelatedLink.objects.get().url) == (0, "HTTPS://example.org/?")
    assert "completed" not in out
