"""An article that comes again under its identifier with another address is the same article, renamed."""

import pytest

from articles.models import Article, ImportRun, Revision, SlugHistory
from tests.articles.importing.fixture_records import article, counts, newsroom, run, translation, write

pytestmark = pytest.mark.django_db

FROM = {"external_source": "old-site", "external_id": "node/7"}


def imported(tmp_path, *records, **options):
    return run(write(tmp_path / "news.jsonl", newsroom(*records)), **options)


@pytest.fixture
def first(tmp_path):
    assert imported(tmp_path, article(**FROM), translation())[0] == 0
    return Article.objects.get(language="en")


def test_the_same_article_gets_the_new_address(tmp_path, first, client):
    moved = article("harbour-is-open", headline="Harbour is open", **FROM)
    code, out, err = imported(tmp_path, moved, translation(translation_of=["en", "harbour-is-open"]))
    assert (code, err) == (0, "")
    assert counts(out, "articles.article") == {"update": 1, "unchanged": 1}
    assert "1 × article renamed" in out
    assert 'articles.article["en","harbour-opens"] → ["en","harbour-is-open"]' in out
    found = Article.objects.get(language="en")
    assert (found.pk, found.slug, found.headline, found.reference) == (
        first.pk, "harbour-is-open", "Harbour is open", first.reference,
    )  # fmt: skip
    assert client.get("/en/news/harbour-opens/").headers["Location"].endswith("/harbour-is-open/")
    assert [revision.content["slug"] for revision in found.revisions.all()] == ["harbour-is-open", "harbour-opens"]
    assert "Nothing to change" in imported(tmp_path, moved)[1]


def test_a_plan_says_renamed_and_changes_nothing(tmp_path, first):
    code, out, _ = imported(tmp_path, article("harbour-is-open", **FROM), plan=True)
    assert code == 0
    assert "1 × article renamed" in out
    assert Article.objects.get(language="en").slug == "harbour-opens"
    assert not SlugHistory.objects.exists()


def test_undo_gives_the_old_address_back(tmp_path, first, client):
    imported(tmp_path, article("harbour-is-open", headline="Harbour is open", **FROM))
    one, two = ImportRun.objects.order_by("pk")
    code, out, _ = run(undo=one.pk)
    assert code == 1
    assert f'articles.article["en","harbour-opens"] was renamed by run {two.pk}: undo that first' in out
    assert run(undo=two.pk)[0] == 0
    found = Article.objects.get(language="en")
    assert (found.pk, found.slug, found.headline) == (first.pk, "harbour-opens", "Harbour opens")
    assert client.get("/en/news/harbour-opens/").status_code == 200
    assert client.get("/en/news/harbour-is-open/").headers["Location"].endswith("/harbour-opens/")
    assert run(undo=one.pk)[0] == 0
    assert not Article.objects.exists()


def test_a_draft_is_renamed_without_a_redirect(tmp_path):
    imported(tmp_path, article(state="draft", publish_at=None, **FROM))
    imported(tmp_path, article("another", state="draft", publish_at=None, **FROM))
    assert [one.slug for one in Article.objects.all()] == ["another"]
    assert not SlugHistory.objects.exists()


def test_an_edit_since_is_a_conflict(tmp_path, first):
    Article.objects.filter(pk=first.pk).update(headline="Edited here")
    code, out, err = imported(tmp_path, article("harbour-is-open", **FROM))
    assert (code, counts(out, "articles.article")) == (0, {"conflict": 1})
    assert "edited here since" in err
    assert Article.objects.get(pk=first.pk).slug == "harbour-opens"
    assert imported(tmp_path, article("harbour-is-open", **FROM), theirs=True)[0] == 0
    assert Article.objects.get(pk=first.pk).slug == "harbour-is-open"


def test_the_identifier_of_another_language_is_refused(tmp_path, first):
    code, _, err = imported(tmp_path, article(), article("hafen", language="es", **FROM))
    assert code == 1
    assert 'external_id: is that of articles.article["en","harbour-opens"], in another language' in err


def test_the_address_of_another_article_is_refused(tmp_path, first):
    code, _, err = imported(tmp_path, article("other"), article("harbour-opens"), article("other", **FROM))
    assert code == 1
    assert 'articles.article["en","other"]' in err
    assert Article.objects.get(pk=first.pk).slug == "harbour-opens"


@pytest.mark.parametrize("known", [True, False])
def test_two_records_with_one_identifier_are_refused(tmp_path, known):
    if known:
        imported(tmp_path, article(**FROM))
    code, _, err = imported(tmp_path, article("one", **FROM), article("two", **FROM))
    assert code == 1
    assert "another article has this identifier" in err or "appears twice with different content" in err


def test_the_same_identifier_of_another_source_is_another_article(tmp_path, first):
    assert imported(tmp_path, article("other", **(FROM | {"external_source": "blog"})))[0] == 0
    assert Article.objects.filter(language="en").count() == 2


def test_an_old_address_that_is_taken_again_redirects_no_longer(tmp_path, first, client):
    imported(tmp_path, article("harbour-is-open", **FROM))
    assert imported(tmp_path, article("harbour-opens", headline="Another story"))[0] == 0
    assert client.get("/en/news/harbour-opens/").status_code == 200
    assert Revision.objects.filter(article=first).count() == 2


OTHER = {"external_source": "old-site", "external_id": "node/8"}
TAKEN = 'slug: belongs to the article with the identifier ["old-site","node/7"]'


@pytest.mark.parametrize("plan", [True, False])
def test_another_story_never_overwrites_the_article_at_its_address(tmp_path, first, plan):
    code, _, err = imported(tmp_path, article(headline="Another story", **OTHER), plan=plan, theirs=True)
    assert (code, TAKEN in err) == (1, True)
    found = Article.objects.get(language="en")
    assert (found.headline, found.external_id) == ("Harbour opens", "node/7")


def test_a_record_that_gives_only_a_part_of_the_identifier_is_the_same_article(tmp_path, first):
    assert imported(tmp_path, article(headline="Newer", external_id="node/7"), translation())[0] == 0
    assert Article.objects.get(language="en").headline == "Newer"
    assert imported(tmp_path, article(headline="Newest"), translation())[0] == 0
    assert Article.objects.get(language="en").external_id == "node/7"


@pytest.mark.parametrize("order", [1, -1])
def test_addresses_that_move_on_need_a_file_each(tmp_path, first, order):
    """Within one file `["en","harbour-opens"]` would be both articles."""
    imported(tmp_path, article("port", **OTHER))
    moved = [article("open", **FROM), article("harbour-opens", **OTHER)]
    code, _, err = imported(tmp_path, *moved[::order])
    assert (code, TAKEN in err) == (1, True)
    paths = [write(tmp_path / f"{number}.jsonl", [one]) for number, one in enumerate(moved)]
    assert run(*paths, plan=True)[0] == 0
    assert run(*paths)[0] == 0
    assert dict(Article.objects.filter(language="en").values_list("external_id", "slug")) == {
        "node/7": "open", "node/8": "harbour-opens",
    }  # fmt: skip


@pytest.mark.parametrize("plan", [True, False])
def test_the_working_copy_moves_along(tmp_path, plan):
    def story(slug):
        return article(slug, **FROM), article(slug, revises=["en", slug], state="draft", headline="Being written")

    assert imported(tmp_path, *story("harbour-opens"))[0] == 0
    code, out, err = imported(tmp_path, *story("harbour-is-open"), plan=plan)
    assert (code, err) == (0, "")
    assert counts(out, "articles.article") == {"update": 2}
    assert "1 × article renamed" in out
    assert set(Article.objects.values_list("slug", flat=True)) == {"harbour-opens" if plan else "harbour-is-open"}


def test_a_working_copy_with_an_address_of_its_own_is_found(tmp_path):
    story = article(**FROM), article(revises=["en", "harbour-opens"], state="draft", headline="Being written")
    assert imported(tmp_path, *story)[0] == 0
    Article.objects.exclude(revises=None).update(slug="harbour-to-open")
    code, out, _ = imported(tmp_path, *story)
    assert (code, counts(out, "articles.article")) == (0, {"unchanged": 1, "conflict": 1})
    assert imported(tmp_path, *story, theirs=True)[0] == 0
    assert set(Article.objects.values_list("slug", flat=True)) == {"harbour-opens"}
