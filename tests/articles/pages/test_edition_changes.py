"""What an edition changed: readers see it word by word, of what is public, on a page that is quick for long texts, too."""

import time

import pytest
from django.utils import timezone

from articles.models import Article
from articles.pages import editions
from articles.publishing import revisions
from articles.publishing.workflow import move
from tests.articles.pages.test_editions import page
from tests.articles.publishing.test_corrections import CORRECTION, new_edition
from tests.cast import approve_for, make_article, make_ready_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FIRST = "<p>It has 40 harbours.</p><p>This stays.</p><p>This stays, too.</p>"
CHANGES = "/en/news/story/editions/2/changes/"


@pytest.fixture(scope="module")
def aziz(shared_rows):
    return make_user("aziz", "approver")


@pytest.fixture(scope="module")
def two_editions(aziz):
    first = make_ready_article(
        state="in_review", publish_at=timezone.now(), slug="story", headline="First words", body=FIRST
    )
    live = move(first, "approve", aziz)
    values = {"headline": "Second words", "body": FIRST.replace("40", "14")} | CORRECTION
    return move(new_edition(live, aziz, **values), "publish", aziz).pk


@pytest.fixture
def story(two_editions):
    return Article.objects.get(pk=two_editions)


def seen(html):
    return html.replace('<span class="visually-hidden">', "").replace("</span>", "")


def test_the_changed_words_are_marked_with_the_note_and_a_link_to_both_editions(client, story):
    shown = seen(page(client, CHANGES))
    assert "<del>removed: First </del><ins>added: Second </ins>words" in shown
    assert "<del>removed: 40 </del><ins>added: 14 </ins>harbours." in shown
    assert "2 unchanged paragraphs" in shown
    assert "This stays" not in shown
    assert "14 harbours." in shown  # the note of the correction
    assert '<meta name="robots" content="noindex">' in shown
    assert 'href="/en/news/story/editions/1/"' in shown
    assert f'href="{CHANGES}"' in page(client, "/en/news/story/editions/")


def test_an_earlier_edition_leads_to_what_it_changed_and_the_first_one_to_nothing(client, story, aziz):
    move(new_edition(story, aziz, headline="Third words"), "publish", aziz)
    assert CHANGES in page(client, "/en/news/story/editions/2/")
    assert "changes/" not in page(client, "/en/news/story/editions/1/")


def test_other_numbers_are_not_found(client, story):
    for number in ("0", "1", "3", "99999999999999999999", "-1", "x"):
        page(client, f"/en/news/story/editions/{number}/changes/", 404)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"state": "draft"}, 404),
        ({"state": "in_review"}, 404),
        ({"publish_at": timezone.now() + timezone.timedelta(days=1)}, 404),
        ({"state": "withdrawn", "withdrawal_note": "Wrong."}, 404),
        ({"state": "gone"}, 410),
    ],
)
def test_only_of_what_is_live(client, story, values, status):
    Article.objects.filter(pk=story.pk).update(**values)
    assert "First" not in page(client, CHANGES, status)
    if "withdrawal_note" in values:
        assert "changes/" not in page(client, "/en/news/story/editions/")
        assert "changes/" not in page(client, "/en/news/story/editions/1/")


def test_an_edition_to_come_is_not_compared(client, story, aziz):
    copy = new_edition(story, aziz, headline="SECRET", **CORRECTION)
    approve_for(copy, aziz, timezone.now() + timezone.timedelta(hours=1))
    page(client, "/en/news/story/editions/3/changes/", 404)
    assert "SECRET" not in page(client, CHANGES)


def test_an_old_address_leads_to_the_editions(client, story):
    story.old_slugs.create(language="en", slug="older")
    assert client.get("/en/news/older/editions/2/changes/").url == "/en/news/story/editions/"


def two(old, new, **changes):
    """The two editions of a public article."""
    article = make_article(slug="two", body=old, **changes)
    first = revisions.publish_edition(article)
    article.body = new
    article.save()
    return first, revisions.publish_edition(article)


def test_imported_html_is_cleaned_and_pictures_are_not_compared(client):
    picture = f'<figure><img src="/media/images/aa/{"a" * 64}.jpg" alt="x"><figcaption>Caption</figcaption></figure>'
    two("<p onclick='x()'>Old</p>", f"<p>New</p>{picture}<script>alert(1)</script>")
    shown = page(client, "/en/news/two/editions/2/changes/")
    assert "New</ins>" in shown
    for bad in ("onclick", "alert(1)", "a" * 64, "Caption"):
        assert bad not in shown


def test_only_a_picture_changed_so_the_words_are_the_same(client):
    picture = f'<figure><img src="/media/images/aa/{"a" * 64}.jpg" alt="x"></figure>'
    two("<p>Words.</p>", f"<p>Words.</p>{picture}")
    shown = page(client, "/en/news/two/editions/2/changes/")
    assert "The words are the same" in shown
    assert "unchanged paragraph" not in shown


def test_arabic_is_shown_from_right_to_left(client):
    two("<p>ارتفع النهر ثلاثة أمتار.</p>", "<p>ارتفع النهر أربعة أمتار.</p>", language="ar")
    shown = page(client, "/ar/news/two/editions/2/changes/")
    assert 'dir="rtl"' in shown
    assert "أربعة </ins>" in shown


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>" + "a b " * 20_000 + "</p>", "<p>" + "b a " * 20_000 + "</p>"),
        ("<p>word</p>" * 8_000, "<p>wort</p>" * 8_000),
        ("".join(f"<p><b>{n}</b> a</p>" for n in range(3_000)), "".join(f"<p><b>{n}</b> b</p>" for n in range(3_000))),
    ],
)
def test_long_texts_take_less_than_two_seconds(old, new):
    before, edition = two(old, new)
    start = time.process_time()
    found = editions.differences(before, edition)
    assert time.process_time() - start < 2
    assert found.fields


def test_very_long_texts_are_not_compared_and_the_page_says_so(client):
    two("<p>" + "a b " * 30_000 + "</p>", "<p>b</p>")
    assert "too long to be compared" in page(client, "/en/news/two/editions/2/changes/")
