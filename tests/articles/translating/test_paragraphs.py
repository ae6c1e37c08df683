"""Texts as paragraphs: what changed, and what belongs together in two languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.html import clean
from articles.translating.paragraphs import changes, counterparts, marked, of_html, untranslated

pytestmark = pytest.mark.one_database

TEXT = """<p>One.</p><h2>Two</h2><ul><li>Three <a href="https://example.org/">there</a><ul><li>Four</li></ul></li></ul>
<blockquote><p>Five</p></blockquote><table><tr><th>Six</th><td>7</td></tr></table><p></p>"""
words = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12)


def texts(html):
    return [(one.kind, one.text) for one in of_html(html)]


def test_each_block_with_text_is_a_paragraph_and_a_row_of_a_table_is_one():
    assert texts(TEXT) == [
        ("p", "One."), ("h2", "Two"), ("li", "Three there"), ("li", "Four"), ("blockquote", "Five"), ("tr", "Six 7"),
    ]  # fmt: skip
    assert of_html(TEXT)[2].links == ("https://example.org/",)


def test_a_text_without_tags_is_a_paragraph():
    assert texts("Only words") == [("p", "Only words")]
    assert texts("") == []


def test_another_address_of_a_link_is_a_change():
    old, new = of_html('<p><a href="/a">x</a></p>'), of_html('<p><a href="/b">x</a></p>')
    assert len(changes(old, new)) == 1


def paragraphs_of(letters):
    return of_html("".join(f"<p>{letter}</p>" for letter in letters))


@given(words, words)
def test_the_changes_lead_from_the_old_text_to_the_new_one(old, new):
    found = changes(paragraphs_of(old), paragraphs_of(new))
    gone, come = [one.old.text for one in found if one.old], [one.new.text for one in found if one.new]
    assert sorted([*old, *come]) == sorted([*new, *gone])
    assert (found == []) == (old == new)


def test_very_long_texts_are_compared_in_a_moment():
    old, new = paragraphs_of(map(str, range(3000))), paragraphs_of(map(str, range(1, 3001)))
    assert len(changes(old, new)) == 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_marks_are_escaped_and_leave_the_text(old, new):
    before, after = marked(old, new)
    assert clean(before).replace("<s>", "") is not None
    for html, text in ((before, old), (after, new)):
        bare = html
        for tag in ("<del>", "</del>", "<ins>", "</ins>"):
            bare = bare.replace(tag, "")
        assert "<" not in bare
        assert len(bare) >= len(text)


def test_chinese_is_compared_sign_by_sign():
    assert marked("三百万人", "四百万人") == ("<del>三</del>百万人", "<ins>四</ins>百万人")


def test_a_number_is_marked_as_a_whole():
    assert marked("of 3,100 kinds", "of 3,400 kinds") == ("of <del>3,100</del> kinds", "of <ins>3,400</ins> kinds")


def test_paragraphs_of_two_languages_belong_together_by_order_kind_and_length():
    source = of_html("<p>One bridge opened this morning, said the minister.</p><h2>Why</h2><p>Short.</p>")
    french = of_html("<p>Un pont a ouvert ce matin, a dit le ministre.</p><p>Court.</p>")
    assert counterparts(source, french) == [0, None, 1]
    assert counterparts(source, []) == [None, None, None]


@given(words, words)
def test_no_two_paragraphs_have_the_same_counterpart(one, other):
    found = [at for at in counterparts(paragraphs_of(one), paragraphs_of(other)) if at is not None]
    assert found == sorted(set(found))
    assert len(found) <= len(other)


def test_names_and_figures_may_be_the_same_in_two_languages():
    source = of_html("<p>Geneva, Switzerland</p><p>The bridge is open now.</p>")
    assert [one.text for one in untranslated(source, source)] == ["The bridge is open now."]
