"""The import cleans texts as the admin does, and notices what it repaired and left out: record, field and place."""

import pytest

from articles.html.report import SENTENCES
from articles.html.tree import DEPTH
from articles.importing.report import CLEANED
from articles.models import Article
from contacts import plain_text
from contacts.models import Contact, Office
from tests.articles.importing.fixture_records import article, counts, newsroom, record, run, write

pytestmark = pytest.mark.django_db

BODY = '<p>Before <a href="www.example.org">map</a></p><p><img src="https://old.example/x.png" alt="A chart"></p><iframe src="//v.example/1"></iframe>'
PLACE = 'news.json:{line} record {number} articles.article["en","harbour-opens"]'


@pytest.mark.parametrize("plan", [False, True])
def test_what_was_repaired_and_left_out_is_noticed_with_file_record_and_field(tmp_path, plan):
    path = write(
        tmp_path / "news.json", newsroom(article(body=BODY, notes_to_editors="<p>x</p><img src=y.png><img src=z.png>"))
    )
    code, out, _ = run(path, plan=plan)
    assert code == 0
    noticed = {line.split(" (")[0]: line for line in out.splitlines() if "×" in line}
    assert {
        "1 × body: picture that is not in the media library left out",
        "1 × body: embedded object left out",
        "1 × body: address of a link completed",
        "2 × notes_to_editors: picture that is not in the media library left out",
    } <= set(noticed)
    picture = noticed["1 × body: picture that is not in the media library left out"]
    assert "news.json:" in picture
    assert 'articles.article["en","harbour-opens"]: A chart' in picture
    assert "y.png, z.png" in noticed["2 × notes_to_editors: picture that is not in the media library left out"]
    assert Article.objects.exists() is not plan


def test_a_second_import_of_repaired_texts_changes_nothing(tmp_path):
    path = write(tmp_path / "news.json", newsroom(article(body=BODY, headline="Harbour &amp; <em>port</em>\u200b")))
    run(path)
    found = Article.objects.get()
    assert found.headline == "Harbour & port"
    assert found.body == '<p>Before <a href="https://www.example.org" rel="noopener">map</a></p>'
    assert set(counts(run(path)[1])) == {"unchanged"}


def test_plain_fields_are_tidied_and_noticed(tmp_path):
    records = newsroom(
        article(headline="Harbour &amp; <em>port</em>", summary="<p>One.</p><p>Two.</p>", dateline_place="Os\u200blo")
    )
    records[5]["fields"]["email"] = "Press <mailto:press@example.org>\u200b"
    records[4]["fields"]["address"] = "Pier 1<br>Oslo"
    out = run(write(tmp_path / "news.json", records))[1]
    found = Article.objects.get()
    assert (found.headline, found.summary, found.dateline_place) == ("Harbour & port", "One. Two.", "Oslo")
    assert Contact.objects.get().email == "press@example.org"
    assert Office.objects.get().translations.get().address == "Pier 1\nOslo"
    for line in ("2 × headline: HTML tag removed", "1 × headline: HTML character code decoded", "4 × summary: HTML tag removed",
                 "1 × dateline_place: invisible character removed", "1 × address: HTML tag removed"):  # fmt: skip
        assert line in out


@pytest.mark.parametrize("headline", ["\u200b", "&nbsp;", "<br>", "\u2060\ufeff"])
def test_a_headline_that_nobody_sees_is_empty(tmp_path, headline):
    code, _, err = run(write(tmp_path / "news.json", newsroom(article(headline=headline))))
    assert code
    assert "headline: must not be empty" in err


def test_html_that_is_too_deep_is_refused_at_its_field(tmp_path):
    path = write(tmp_path / "news.json", newsroom(article(body="<blockquote>" * (DEPTH + 1))))
    assert f"body: the HTML has more than {DEPTH} levels of tags within tags" in run(path)[2]


def test_texts_of_pages_are_noticed_too(tmp_path):
    page = [record("newsroom.page", code="about"), record("newsroom.pagetranslation", page=["about"], language="en", title="About", body="<p>A</p><video src=/v.mp4></video>")]  # fmt: skip
    out = run(write(tmp_path / "pages.json", page))[1]
    assert "1 × body: video or sound left out" in out


def test_every_finding_has_a_notice():
    assert set(CLEANED) == {*SENTENCES, *plain_text.SENTENCES}
