"""Two people change the same long text: each is shown, word by word, what the other has made of it."""

import re
from html import unescape

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from contacts.admin.merge_edits import difference
from tests.cast import make_article
from tests.forms import errors, filled, read
from tests.newsroom.two_editors import address, browser_of, save

pytestmark = pytest.mark.one_database

BODY = "<p>The river rose by two metres on Monday &amp; fell on Tuesday.</p>\n<h2>After it</h2>\n<p>Roads are open.</p>"
FIELD = forms.CharField()


@pytest.fixture
def article(db):
    return make_article(state="draft", publish_at=None, body=BODY, summary="Short.")


def test_a_text_that_both_changed_shows_both_and_nothing_is_lost(article):
    ada, bela = browser_of("ada"), browser_of("bela")
    opened = filled(bela.get(address(article)), body=BODY.replace("two metres", "three metres"))
    save(ada, article, body=BODY.replace("two metres", "<b>five</b> metres"), summary="Theirs.")
    answer = bela.post(address(article), opened)
    told = errors(answer)
    assert told["body"][0].startswith("Somebody else changed this, too. Now stored (struck out: only in your text;")
    assert "The river rose by <del>three</del> <ins>five</ins> metres on Monday &amp; fell" in told["body"][0]
    assert "<ins>five</ins>" in answer.content.decode()
    assert "three metres" in read(answer).sent()["body"]
    assert told["summary"] == ["Changed by somebody else. Before: Short."]
    assert bela.post(address(article), filled(answer)).status_code == 302
    article.refresh_from_db()
    assert "three metres" in article.body
    assert article.summary == "Theirs."


def test_a_long_text_that_only_the_other_changed_is_taken_over_and_shown(article):
    ada, bela = browser_of("ada"), browser_of("bela")
    opened = filled(bela.get(address(article)), headline="Mine")
    save(ada, article, body=BODY.replace("Roads", "<script>x</script>Most roads"))
    answer = bela.post(address(article), opened)
    assert "<del>Roads</del> <ins>Most roads</ins> are open." in errors(answer)["body"][0]
    assert bela.post(address(article), filled(answer)).status_code == 302
    article.refresh_from_db()
    assert (article.headline, "Most roads" in article.body) == ("Mine", True)


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        ("a b c", "a x c", "a <del>b</del> <ins>x</ins> c "),
        ("", "new", "<ins>new</ins> "),
        ("old", "", "<del>old</del> "),
        ("a <b", "a <c", "a <del>&lt;b</del> <ins>&lt;c</ins> "),
        ("水位上升", "水位下降", "水位<del>上升</del> <ins>下降</ins> "),
        ("one  two", "one two", "Only the formatting differs."),
    ],
)
def test_words_are_compared(before, now, shown):
    assert difference(FIELD, [before], [now]) == shown


def without_marks(shown, tag):
    """The letters of what is shown, without those that are marked with this tag."""
    return re.sub(r"\s", "", unescape(re.sub(r"</?(?:ins|del)>", "", re.sub(f"<{tag}>.*?</{tag}>", "", shown))))


WORDS = st.lists(st.sampled_from(["a", "b", "c", "水", "<i>"]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_what_is_not_underlined_is_the_text_before_and_what_is_not_struck_out_the_text_now(before, now):
    if before != now:
        shown = difference(FIELD, [before], [now])
        assert without_marks(shown, "ins") == before.replace(" ", "")
        assert without_marks(shown, "del") == now.replace(" ", "")


def test_very_long_texts_are_compared_quickly_enough():
    one, other = " ".join(["a", "b"] * 20_000), " ".join(["b", "a", "c"] * 15_000)
    assert len(difference(FIELD, [one], [other])) < 2000
