"""What a style makes bold, slanted or struck out stays so, whichever element or class has the style."""

import pytest

from articles.html import clean, clean_with_report

from .test_limits import seconds

pytestmark = pytest.mark.one_database

OWN = "/media/images/ab/" + "ab" * 32 + ".jpg"
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
    "role": ('<p><span role="deletion">5 May</span> 6 May</p>', "<p><s>5 May</s> 6 May</p>"),
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
        (f'<p style="font-weight:700"><img src="{OWN}"></p>', f'<p><img src="{OWN}"></p>'),
        ('<h2 style="font-weight:700">a</h2>', "<h2>a</h2>"),
        ('<h2 style="font-style:italic">a</h2>', "<h2><em>a</em></h2>"),
        ('<ul style="font-weight:bold"><li>a</li></ul>', "<ul><li><strong>a</strong></li></ul>"),
        ('<table><tr><th style="font-weight:bold">a</th></tr></table>', "<table><tr><th>a</th></tr></table>"),
    ],
)
def test_blocks_that_are_bold_or_slanted_stay_so(given, wanted):
    assert without_bodies(clean(given)) == without_bodies(wanted)
    assert clean(clean(given)) == clean(given)


GOOGLE_DOCS = """<html><head><meta charset="utf-8"><style type="text/css">@import url(https://themes.example/fonts;css);
.lst-kix_a-0 > li:before{content:"\\0025cf  "}ol{margin:0}.c3{font-weight:400;text-decoration:none;vertical-align:baseline}
.c1{font-weight:700}.c2{text-decoration:line-through}.c4{font-style:italic}</style></head><body class="c9">"""
WORD = """<style><!-- /* Style Definitions */ @font-face {font-family:Calibri; panose-1:2 15;}
@page WordSection1 {size:595.3pt} p.MsoNormal, li.MsoNormal, span.Gone {text-decoration:line-through;}
span.Gone {color:red} td.Strong {font:bold 12pt Arial} @media print {.x{font-weight:bold} .y{font-weight:bold}}
--></style>"""


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            f'{GOOGLE_DOCS}<p class="c3"><span class="c1">Bold</span> <span class="c3 c2">struck 5</span> 7 million</p>',
            "<p><strong>Bold</strong> <s>struck 5</s> 7 million</p>",
        ),
        (f'{GOOGLE_DOCS}<h2 class="c1"><span class="c4 c1">x</span></h2>', "<h2><em>x</em></h2>"),
        (f'{GOOGLE_DOCS}<span class="c1" style="font-weight:400">x</span>', "<p>x</p>"),
        (
            f'{GOOGLE_DOCS}<p><span class="c1 c3">a</span><span class="c5 c2 c3">b</span>',
            "<p><strong>a</strong><s>b</s></p>",
        ),
        (f'{WORD}<p class=MsoNormal>a</p><p class="x y Gone">b</p>', "<p><s>a</s></p><p>b</p>"),
        (f"{WORD}<p><span class=Gone>a</span></p>", "<p><s>a</s></p>"),
        (f"{WORD}<table><tr><td class=Strong>a</table>", "<table><tr><td><strong>a</strong></td></tr></table>"),
        ('<style>font.c1{font-weight:bold}</style><font class="c1">a</font>', "<p><strong>a</strong></p>"),
        ("<style>.a{}</style><style>.b,.c{text-decoration-line:line-through}</style><p class=c>a", "<p><s>a</s></p>"),
        ('<ul class="line-through"><li>a<li>b</ul>', "<ul><li><s>a</s></li><li><s>b</s></li></ul>"),
        ('<p><span class="strike">a</span> <span class="x strikethrough">b</span></p>', "<p><s>a</s> <s>b</s></p>"),
        ("<style>.c1{font-weight:bold", ""),
        ("<style>}}.c1{font-weight:bold}</style><b class=c1>a</b>", "<p><strong>a</strong></p>"),
    ],
)
def test_the_styles_of_classes_are_read(given, wanted):
    assert without_bodies(clean(given)) == wanted
    assert clean(clean(given)) == clean(given)


def test_what_a_class_hides_is_left_out_and_reported():
    given = "<style>.note{display:none}</style><p>a</p><p class=note>draft</p>"
    assert clean(given) == "<p>a</p>"
    assert codes(given) == {"hidden_text": ["draft"]}


@pytest.mark.parametrize(
    "css", ["{", "}", "/*", ".a{font-weight:bold}", "@media x{", ".a,", ".a{font-weight:bold;", "<!--", "a;"]
)
def test_style_sheets_are_read_in_linear_time(css):
    def cost(number):
        return seconds(clean, f"<style>{css * number}</style><p class=a>x</p>")

    assert cost(16_000) < 12 * max(cost(4000), 0.01)


def test_what_has_no_size_or_no_opacity_is_left_out_and_reported():
    """Mailings hide the text that lists of mails show beside the subject."""
    cleaned = clean_with_report(
        '<div style="font-size:0px;line-height:0">one</div><div style="max-height:0;overflow:hidden">two</div>'
        '<p style="opacity:0">three</p><p style="opacity:0.5">A</p>'
        '<div style="font-size:0"><span style="font-size:13px">B</span></div>'
    )
    assert cleaned.html == "<p>A</p><p>B</p>"
    assert [(found.code, found.places) for found in cleaned.findings] == [("hidden_text", ["one", "two", "three"])]


def test_a_class_without_opacity_is_left_out_too():
    cleaned = clean_with_report('<style>.x {opacity: 0}</style><p class="x">one</p><p>A</p>')
    assert (cleaned.html, cleaned.findings[0].places) == ("<p>A</p>", ["one"])
