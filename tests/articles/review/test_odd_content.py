"""An imported history may hold any JSON: its revisions are shown, compared, opened by links and restored without a fault."""

import pytest

from articles.personal_links import review_links
from articles.publishing import revisions
from articles.review import restoring
from articles.translating.paragraphs import paragraphs
from tests.cast import make_ready_article, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "odd", [7, None, {}, [["a", 1], 7, None], {"a": [1]}, True, "2026-99-99", "2026-01-01T00:00:00"]
)
def test_odd_values_are_taken_for_empty_ones(client, odd):
    aziz = make_user("aziz", "approver")
    article = make_ready_article(state="in_review")
    good = revisions.record(article)
    kept = dict.fromkeys(good.content, odd) | {"of a later version": odd}
    row = article.revisions.create(content=kept)
    client.force_login(aziz)
    for page in (
        f"history/{row.pk}/", f"history/compare/?old={row.pk}", f"history/compare/?old={row.pk}&new={good.pk}", "review/",
    ):  # fmt: skip
        assert client.get(f"/admin/articles/article/{article.pk}/{page}").status_code == 200, page
    assert paragraphs(kept) == paragraphs(revisions.tidy_content(kept))
    _link, token = review_links.make(row, aziz, name="Grace", purpose="preview")
    assert client.get(f"/review/{token}/").status_code == 200
    article.refresh_from_db()
    restored, _lost = restoring.restore(
        article, good.content | {name: kept[name] for name in ("quotes", "regions", "body")}, aziz
    )
    assert isinstance(restored.body, str)


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("headline", "x" * 400),
        ("dateline_place", "x" * 400),
        ("kind", "nonsense"),
        ("related_links", [["javascript:alert(1)", "Look"]]),
        ("related_links", [["https://example.org/" + "x" * 3000, "Look"]]),
        ("quotes", [["x" * 900, "Minister", "Wells open.", "en", "Ann Reed", "2026-01-01"]]),
        ("quotes", [["Ann Reed", "Minister", "Wells open.", "en", "Ann Reed", "some day"]]),
        ("quotes", [["Ann Reed", "Minister"]]),
    ],
)
def test_what_a_form_would_refuse_is_not_restored(name, odd):
    aziz, article = make_user("aziz", "approver"), make_ready_article()
    before = revisions.content(article)
    restored, lost = restoring.restore(article, before | {name: odd}, aziz)
    assert revisions.content(restored)[name] == before[name]
    assert lost or "javascript" in str(odd)


def test_what_comes_twice_is_restored_once():
    aziz, article = make_user("aziz", "approver"), make_ready_article()
    content = revisions.content(article)
    links = [["https://example.org/", "See"], ["https://example.org/", "Again"]]
    twice = {"regions": content["regions"] * 2, "related_links": links}
    restored, _lost = restoring.restore(article, content | twice, aziz)
    found = revisions.content(restored)
    assert (found["regions"], found["related_links"]) == (content["regions"], links[:1])


def test_no_page_has_a_link_that_is_a_script(client):
    aziz, article = make_user("aziz", "approver"), make_ready_article(state="in_review")
    links = [["javascript:alert(1)", "Look"], ["https://example.org/", "See"]]
    row = article.revisions.create(content=revisions.content(article) | {"related_links": links})
    _link, token = review_links.make(row, aziz, name="Grace", purpose="preview")
    page = client.get(f"/review/{token}/").content.decode()
    assert 'href="https://example.org/"' in page
    assert "javascript:" not in page


def test_what_the_software_writes_stays_as_it_is():
    content = revisions.content(make_ready_article())
    assert revisions.tidy_content(content) == content
