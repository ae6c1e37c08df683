"""What changed between two texts of HTML: word by word, valid and safe, and within two seconds."""

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.html import clean, plain
from articles.review.html_changes import html_changes, text_changes
from articles.review.word_diff import Limit, steps, words

pytestmark = pytest.mark.one_database

LABEL = re.compile(r'<span class="visually-hidden">[^<]*</span>')


def compared(old, new):
    return LABEL.sub("", "".join(block.html for block in html_changes(old, new)))


def without(what, html):
    """The text without what stands in `what` ("ins" or "del"), blanks left out."""
    html = re.sub(rf"<{what}>.*?</{what}>", "", html, flags=re.DOTALL)
    return "".join(plain(html, with_struck=True).split())


def text(html):
    return "".join(plain(html, with_struck=True).split())


def test_words_are_compared_within_their_paragraph():
    html = compared("<p>The river rose by 3 metres.</p>", "<p>The river rose by 4 metres.</p>")
    assert "".join(html.split()) == "<p>Theriverroseby<del>3</del><ins>4</ins>metres.</p>"


def test_a_new_paragraph_leaves_the_others_alone():
    blocks = html_changes("<p>One is here.</p><p>Two.</p>", "<p>One is here.</p><p>New words.</p><p>Two.</p>")
    assert [(LABEL.sub("", block.html), block.is_changed) for block in blocks] == [
        ("<p>One is here.</p>", False),
        ("<p><ins>New words.</ins></p>", True),
        ("<p>Two.</p>", False),
    ]


def test_lists_are_compared_item_by_item():
    html = compared("<ul><li>one</li><li>two</li></ul>", "<ul><li>one</li><li>three</li><li>two</li></ul>")
    assert html == "<ul><li>one</li><li><ins>three</ins></li><li>two</li></ul>"


def test_the_address_of_a_link_counts():
    old, new = (f'<p>See <a href="https://{at}.example.org/">the report</a> today.</p>' for at in ("a", "b"))
    html = compared(old, new)
    assert '<del><a href="https://a.example.org/" rel="noopener">the report</a></del>' in html
    assert '<ins><a href="https://b.example.org/" rel="noopener">the report</a></ins>' in html


def test_a_figure_with_separators_is_one_word_and_chinese_is_read_by_characters():
    assert words("1,250.50 metres") == ["1,250.50 ", "metres"]
    assert words("世界H5N1") == ["世", "界", "H5N1"]
    assert words("مُحَمَّد") == ["مُحَمَّد"]
    assert "<del>5</del><ins>6</ins>" in LABEL.sub("", text_changes("上升5米", "上升6米"))


def test_screen_readers_are_told_what_was_added_and_removed():
    assert text_changes("old", "new") == (
        '<del><span class="visually-hidden">removed: </span>old</del>'
        '<ins><span class="visually-hidden">added: </span>new</ins>'
    )


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", '<p onclick="x()">a</p>', '<a href="javascript:x()">b</a>', "<p>&lt;img onerror=x&gt;</p>"]
)  # fmt: skip
def test_nothing_that_acts_comes_through(evil):
    for html in (compared(evil, "<p>b</p>"), compared("<p>b</p>", evil), compared(evil, evil)):
        assert not re.search(r"<script|onclick|javascript:|<img", html)
    assert text_changes("", "<b>") == '<ins><span class="visually-hidden">added: </span>&lt;b&gt;</ins>'


inline = st.recursive(
    st.sampled_from(["river ", "rose ", "3 ", "& ", "world ", "نهر ", "河"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(["strong", "em"]), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)  # fmt: skip
line = st.lists(inline, min_size=1, max_size=6).map("".join)
block = st.one_of(
    line.map(lambda one: f"<p>{one}</p>"),
    line.map(lambda one: f"<h2>{one}</h2>"),
    st.lists(line, min_size=1, max_size=3).map(lambda items: f"<ul>{''.join(f'<li>{one}</li>' for one in items)}</ul>"),
    st.lists(line, min_size=2, max_size=2).map(
        lambda cells: f"<table><tbody><tr>{''.join(f'<td>{one}</td>' for one in cells)}</tr></tbody></table>"
    ),
)
page = st.lists(block, max_size=4).map("".join)


@given(page, page)
def test_both_texts_can_be_read_from_the_comparison_and_it_is_valid(old, new):
    html = compared(old, new)
    assert without("del", html) == text(clean(new))
    assert without("ins", html) == text(clean(old))
    opened = []
    for end, tag in re.findall(r"<(/?)(\w+)[^>]*>", html):
        if not end and tag not in ("br", "img", "hr"):
            assert not (tag in ("p", "ul", "li", "table", "td") and {"ins", "del", "p"} & set(opened)), html
            opened.append(tag)
        elif end:
            assert opened.pop() == tag, html
    assert opened == []


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)), st.integers(0, 40))
def test_steps_lead_from_the_old_to_the_new_whatever_the_limit(old, new, most):
    limit, made, before = Limit(), [], []
    limit.left = most
    for what, i, j, k, m in steps(old, new, limit):
        made += old[i:j] if what == "equal" else new[k:m]
        before += old[i:j]
    assert (made, before) == (new, old)


@pytest.mark.parametrize("paragraph", [60, 50_000])
def test_two_texts_of_50_000_words_take_less_than_two_seconds(paragraph):
    chance = random.Random(1)
    vocabulary = [f"word{number}" for number in range(5000)]
    weights = [1 / (number + 1) for number in range(5000)]
    found = chance.choices(vocabulary, weights, k=50_000)
    changed = [chance.choice(vocabulary) if chance.random() < 0.1 else word for word in found]
    old, new = (
        "".join(f"<p>{' '.join(one[at : at + paragraph])}</p>" for at in range(0, 50_000, paragraph))
        for one in (found, changed)
    )
    limit, start = Limit(), time.process_time()
    html_changes(old, new, limit)
    assert time.process_time() - start < 2
    assert limit.is_reached == (paragraph == 50_000)


def test_a_paragraph_of_25_000_tags_takes_less_than_two_seconds():
    old, new = (
        clean("".join(f"<b>w{number if number % 3 else number + shift}</b> " for number in range(25_000)))
        for shift in (0, 1)
    )
    start = time.process_time()
    (block,) = html_changes(old, new)
    assert time.process_time() - start < 2
    assert block.is_changed
