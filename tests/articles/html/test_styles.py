"""What a style makes bold, slanted or struck out stays so, whichever element or class has the style."""

import pytest

from articles.html import clean, clean_with_report

pytestmark = pytest.mark.one_database

STRUCK = 'style="text-decoration: line-through"'


def codes(html):
    return {found.code: found.places for found in clean_with_report(html).findings}


def without_bodies(html):
    return html.replace("<tbody>", "").replace("</tbody>", "")


BLOCKS = {
    "row": (
        f"<table><tr><th>City</th><th>Day</th></tr><tr {STRUCK}><td>Geneva</td><td>5 May</td></tr></table>",
        "<table><tr><th>City</th><th>Day</th></tr><tr><td><s>Geneva</s></td><td><s>5 May</s></td></tr></table>",
    ),
    "group of rows": (
        f"<table><tbody {STRUCK}><tr><td>Geneva</td></tr></tbody></table>",
        "<table><tbody><tr><td><s>Geneva</s></td></tr></tbody></table>",
    ),
    "table": (
        f"<table {STRUCK}><caption>Days</caption><tr><td>Geneva</td></tr></table>",
        "<table><caption><s>Days</s></caption><tr><td><s>Geneva</s></td></tr></table>",
    ),
    "header cell": (f"<table><tr><th {STRUCK}>Geneva</th></tr></table>", "<table><tr><th><s>Geneva</s></th></tr></table>"),
    "caption": (
        f"<table><caption {STRUCK}>Days</caption><tr><td>x</td></tr></table>",
        "<table><caption><s>Days</s></caption><tr><td>x</td></tr></table>",
    ),
    "heading": (f"<h2 {STRUCK}>Geneva</h2>", "<h2><s>Geneva</s></h2>"),
    "heading with a paragraph": (f"<h4 {STRUCK}><div>Geneva</div></h4>", "<h3><s>Geneva</s></h3>"),
    "list": (f"<ul {STRUCK}><li>gone<li><p>also</p></ul>", "<ul><li><s>gone</s></li><li><p><s>also</s></p></li></ul>"),
    "numbered list": (f"<ol {STRUCK}><li>gone</ol>", "<ol><li><s>gone</s></li></ol>"),
    "list in a list": (
        f"<ul><li {STRUCK}>a<ul><li>b</li></ul></li></ul>",
        "<ul><li><s>a</s><ul><li><s>b</s></li></ul></li></ul>",
    ),
    "quote": (f"<p><q {STRUCK}>Yes</q></p>", "<p>“<s>Yes</s>”</p>"),
    "unknown element": (f"<p><small {STRUCK}>old</small> new</p>", "<p><s>old</s> new</p>"),
    "once": (f"<div {STRUCK}><p {STRUCK}>a <s>b</s></p></div>", "<p><s>a b</s></p>"),
    "figure": (f"<figure {STRUCK}><blockquote>x</blockquote></figure>", "<figure><blockquote><p><s>x</s></p></blockquote></figure>"),
}  # fmt: skip


@pytest.mark.parametrize("case", BLOCKS)
def test_a_block_that_is_struck_out_stays_so(case):
    given, wanted = BLOCKS[case]
    assert without_bodies(clean(given)) == without_bodies(wanted)
    assert clean(clean(given)) == clean(given)
    assert "struck_text" in codes(given)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            '<table><tr><th>a</th></tr><tr style="font-weight:bold;font-style:italic"><th>b</th><td>c</td></tr></table>',
            "<table><tr><th>a</th></tr><tr><th><em>b</em></th><td><strong><em>c</em></strong></td></tr></table>",
        ),
        ('<h2 style="font-weight:700">a</h2>', "<h2>a</h2>"),
        ('<h2 style="font-style:italic">a</h2>', "<h2><em>a</em></h2>"),
        ('<ul style="font-weight:bold"><li>a</li></ul>', "<ul><li><strong>a</strong></li></ul>"),
        ('<table><tr><th style="font-weight:bold">a</th></tr></table>', "<table><tr><th>a</th></tr></table>"),
    ],
)
def test_blocks_that_are_bold_or_slanted_stay_so(given, wanted):
    assert without_bodies(clean(given)) == without_bodies(wanted)
    assert clean(clean(given)) == clean(given)
