"""The board of translations: which languages of a story are current, behind, in work, missing or not wanted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, BehindPeriod, SourceState
from articles.publishing import limiting
from articles.translating.board import Board, newest_stories
from tests.cast import NOW, make_article, make_office, make_user

pytestmark = pytest.mark.django_db
BOARD = "/admin/articles/article/translations/"


def translation(source, language, behind=0, **changes):
    values = {"publish_at": source.publish_at, "office": source.office} | changes
    article = make_article(language=language, translation_of=source, **values)
    SourceState.objects.create(translation=article, behind=behind, since=NOW() if behind else None)
    return article


def board():
    return Board(newest_stories(Article.objects.all()), Article.objects.all())


def states(story):
    return {cell.language: cell.state for cell in board().rows([story])[0][1]}


def test_each_language_of_a_story_has_a_state():
    story = make_article()
    translation(story, "fr")
    translation(story, "es", behind=2)
    translation(story, "ar", state="draft")
    story.waived_languages.create(language="ru")
    found = states(story)
    assert found == {"en": "source", "fr": "current", "es": "behind", "ar": "work", "ru": "waived", "zh": "missing"}


def test_a_withdrawn_translation_is_neither_missing_nor_current():
    story = make_article()
    translation(story, "fr", state="withdrawn", withdrawal_note="Wrong.")
    assert states(story)["fr"] == "withdrawn"


def test_numbers_of_each_language():
    translation(make_article(), "fr")
    make_article().waived_languages.create(language="fr")
    make_article()
    assert dict(board().numbers())["fr"] == [
        ("current", 1), ("behind", 0), ("work", 0), ("missing", 1), ("waived", 1),
    ]  # fmt: skip


def test_the_debt_of_a_week_is_what_was_missing_or_behind_then():
    now = NOW()
    story = make_article(publish_at=now - timedelta(weeks=5))
    for language in ("es", "ar", "ru", "zh"):
        story.waived_languages.create(language=language)
    french = translation(story, "fr", publish_at=now - timedelta(weeks=3))
    since, until = now - timedelta(days=17), now - timedelta(days=10)
    BehindPeriod.objects.create(translation=french, since=since, until=until)
    assert [row[1:] for row in board().debt()][-6:] == [(1, 0), (1, 0), (0, 0), (0, 1), (0, 0), (0, 0)]


def test_the_page_filters_by_office_kind_and_age(client):
    client.force_login(make_user("edna", "editor"))
    here = make_office()
    make_article(headline="Here", office=here, kind="speech")
    make_article(headline="Elsewhere", office=make_office("suva", "Suva"))
    make_article(headline="Long ago", office=here, publish_at=NOW() - timedelta(days=400))
    shown = {
        query: [
            name for name in ("Here", "Elsewhere", "Long ago") if name in client.get(BOARD + query).content.decode()
        ]
        for query in ("", f"?office={here.pk}", "?kind=speech", "?age=30")
    }
    assert shown == {
        "": ["Here", "Elsewhere", "Long ago"],
        f"?office={here.pk}": ["Here", "Long ago"],
        "?kind=speech": ["Here"],
        "?age=30": ["Here", "Elsewhere"],
    }


@pytest.mark.parametrize("query", ["?office=999999", "?kind=poem", "?age=x", "?p=x", "?p=99999"])
def test_odd_questions_are_answered(client, query):
    client.force_login(make_user("edna", "editor"))
    make_article()
    assert client.get(BOARD + query).status_code == 200


def test_only_articles_that_one_may_see_are_on_it(client):
    here, elsewhere = make_office(), make_office("suva", "Suva")
    make_article(headline="Ours", office=here)
    make_article(headline="Theirs", office=elsewhere)
    client.force_login(make_user("walt", "writer", office=here))
    html = client.get(BOARD).content.decode()
    assert "Ours" in html
    assert "Theirs" not in html
    client.force_login(make_user("nobody"))
    assert client.get(BOARD).status_code == 302


def test_of_a_translation_that_one_may_not_see_it_says_only_that_it_is_in_work(client):
    walt = make_user("walt", "approver")
    story = make_article()
    french = translation(story, "fr", behind=2, state="draft")
    limiting.limit(french, [walt], by=walt)
    address = f"/admin/articles/article/{french.pk}/change/"
    for user, is_seen in ((walt, True), (make_user("ada", is_staff=True, is_superuser=True), False)):
        client.force_login(user)
        page = client.get(BOARD)
        assert (address in page.content.decode()) == is_seen
        states = {cell.language: cell.state for _story, cells, _may in page.context["rows"] for cell in cells}
        assert states["fr"] == ("behind" if is_seen else "work")


def test_a_language_is_waived_and_wanted_again_by_a_click(client):
    tara = make_user("tara", "translator")
    client.force_login(tara)
    story = make_article()
    url = f"/admin/articles/article/{story.pk}/waive/fr/"
    sent = {"next": "board", "filters": "kind=news&age=30"}
    assert client.post(url, sent).url == f"{BOARD}?kind=news&age=30"
    assert client.post(url, {"next": "board"}).url == BOARD  # a second click changes nothing
    assert [(row.language, row.by) for row in story.waived_languages.all()] == [("fr", tara)]
    assert "fr" not in client.get(f"/admin/articles/article/{story.pk}/change/").context["missing_languages"]
    client.post(url, {"wanted": "1"})
    assert not story.waived_languages.exists()
    assert list(story.moves.values_list("name", "reason")) == [("want", "français"), ("waive", "français")]


@pytest.mark.parametrize("language", ["en", "xx"])
def test_the_language_of_the_source_and_unknown_ones_cannot_be_waived(client, language):
    client.force_login(make_user("tara", "translator"))
    assert client.post(f"/admin/articles/article/{make_article().pk}/waive/{language}/").status_code == 404


def test_nobody_waives_for_another_office(client):
    client.force_login(make_user("walt", "writer", office=make_office("suva", "Suva")))
    story = make_article(office=make_office())
    assert client.post(f"/admin/articles/article/{story.pk}/waive/fr/").status_code == 404
    assert not story.waived_languages.exists()


def test_it_needs_the_same_number_of_queries_for_ten_stories_and_for_twenty(client):
    edna = make_user("edna", "editor")
    client.force_login(edna)

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(BOARD)
        return len(found)

    def add():
        for _ in range(10):
            translation(make_article(office=make_office()), "fr", behind=1)
            limiting.limit(make_article(publish_at=NOW() + timedelta(hours=1)), [edna])

    add()
    client.get(BOARD)
    ten = queries()
    add()
    assert queries() == ten
