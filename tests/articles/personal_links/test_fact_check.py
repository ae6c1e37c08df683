"""A reader without an account answers a fact check: correct, or remarks beside paragraphs, in plain text."""

import pytest

from articles.models import Article, ReviewAnswer
from articles.pages.private.text_parts import parts
from articles.personal_links import review_links
from tests.cast import make_ready_article

from .test_review_links import link_to

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BODY = "<p>First.</p><h2>Heading</h2><ul><li>One</li><li>Two</li></ul><blockquote><p>Said.</p></blockquote>"


@pytest.fixture
def check():
    article = make_ready_article(headline="Dams", summary="Short.", body=BODY, notes_to_editors="<p>Note.</p>")
    return link_to(article, purpose="fact_check")


def test_each_part_of_the_text_has_its_field(client, check):
    html = client.get(check[1]).content.decode()
    assert [f'name="remark-{number}"' in html for number in range(8)] == [True] * 7 + [False]
    assert "csrfmiddlewaretoken" not in html


def test_remarks_are_kept_with_the_place_that_they_are_about(client, check):
    link, address = check
    response = client.post(address, {"remark-2": " It is 12,\r\nnot 10. ", "remark-6": "Late", "remark-99": "nowhere"})
    assert response.status_code == 303
    assert response["Location"] == f"{address}?sent=remarks#answers"
    assert response["Cache-Control"] == "private, no-store"
    rows = list(link.answers.values_list("part", "about", "text", "is_correct"))
    assert rows == [(2, "First.", "It is 12,\nnot 10.", False), (6, "Note.", "Late", False)]
    again = client.get(response["Location"]).content.decode()
    assert "Your remarks were sent" in again
    assert "It is 12,<br>not 10." in again


def test_correct_is_one_click(client, check):
    link, address = check
    assert client.post(address, {"correct": "1"}).status_code == 303
    assert link.answers.get().is_correct


def test_what_is_refused_is_shown_again(client, check):
    link, address = check
    for sent, told in (
        ({"remark-0": "x" * 2001}, "too long"),
        ({"remark-0": "Wrong year", "correct": "1"}, "You wrote remarks"),
        ({"remark-0": "  \r\n "}, "You wrote no remark"),
        ({}, "You wrote no remark"),
    ):
        html = client.post(address, sent).content.decode()
        assert told in html
        assert sent.get("remark-0", "").strip() in html
    assert not link.answers.exists()


def test_remarks_are_text_and_never_markup(client, check):
    link, address = check
    client.post(address, {"remark-0": "<script>alert(1)</script>5 < 6\0\u202e & <b>bold</b>", "remark-1": "a<!--b"})
    assert "<script" not in link.answers.first().text
    html = client.get(address).content.decode()
    assert "<script>alert" not in html
    assert "<b>bold" not in html
    assert "<!--b" not in html


def test_answers_have_limits(client, check, monkeypatch):
    link, address = check
    monkeypatch.setattr(review_links, "MOST_ANSWERS_IN_AN_HOUR", 2)
    assert client.post(address, {"remark-0": "One", "remark-1": "Two"}).status_code == 303
    refused = client.post(address, {"remark-0": "Three, which stays in the form"})
    assert refused.status_code == 429
    assert "Three, which stays in the form" in refused.content.decode()
    monkeypatch.setattr(review_links, "MOST_ANSWERS_IN_AN_HOUR", 100)
    monkeypatch.setattr(review_links, "MOST_ANSWERS", 2)
    assert client.post(address, {"correct": "1"}).status_code == 429
    assert link.answers.count() == 2


def test_a_revoked_check_takes_no_answer(client, check):
    link, address = check
    review_links.revoke(review_links.of_article(link.revision.article), None)
    assert client.post(address, {"correct": "1"}).status_code == 404
    assert client.post("/review/never-made/", {"correct": "1"}).status_code == 404
    assert not ReviewAnswer.objects.exists()


def test_one_reader_sees_no_answers_of_another(client, check):
    link, address = check
    other, _token = review_links.make(link.revision, None, name="Other", purpose="fact_check")
    review_links.answer(other, [(0, "Dams", "Private remark")])
    assert "Private remark" not in client.get(address).content.decode()


def test_a_body_that_is_too_complex_to_be_divided_is_one_part():
    """Today's limits refuse it; an older text may have it all the same."""
    deep = "<b>" * 300 + "deep" + "</b>" * 300
    found = parts(Article(headline="Headline", body=deep))
    assert [(part.kind, part.text) for part in found] == [("headline", "Headline"), ("body", deep)]
