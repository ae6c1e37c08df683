"""Nothing that anybody wrote brings a program, a remote picture or an unstable text with it."""

import html as entities
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.html import TooComplex, clean, clean_with_report, cleaning, plain
from articles.html.allowed import only_allowed
from articles.html.repair import repaired
from articles.html.report import Findings
from articles.html.tree import parse, write

pytestmark = pytest.mark.one_database

OWN = "/media/images/ab/" + "ab" * 32 + ".jpg"

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=https://evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    f"<img src='{OWN}' onerror=alert(1) onload=alert(2)>",
    "<svg onload=alert(1)><circle/></svg>",
    "<svg><p><style><!--</style><img src=x onerror=alert(1)>-->",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;&#97;vascript&colon;alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a href='/\\evil.example/'>x</a>",
    "<a href='/\t/evil.example/'>x</a>",
    "<a href='\\\\evil.example/'>x</a>",
    "<a href='https:\\\\evil.example'>x</a>",
    "<a href=# onclick=alert(1) style='position:fixed'>x</a>",
    "<img src='//evil.example/x.png'>",
    "<img src='https://evil.example/x.png'>",
    "<img src='data:image/png;base64,AAAA'>",
    "<img src='/media/../admin/logout/'>",
    "<img srcset='https://evil.example/x 2x' src='/x.png'>",
    "<iframe src=https://evil.example></iframe><object data=x></object><embed src=x>",
    "<form action=https://evil.example><input name=q><button formaction=javascript:1>go</button></form>",
    "<base href=//evil.example/><meta http-equiv=refresh content='0;url=javascript:1'><link rel=stylesheet href=x>",
    "<style>@import 'https://evil.example/x.css'</style><p style='background:url(javascript:1)'>x</p>",
    "<p id=x name=y class=z data-x=1 onmouseover=alert(1)>x</p>",
    "<!--[if IE]><script>alert(1)</script><![endif]--><?php echo 1 ?><![CDATA[<script>alert(1)</script>]]>",
    "<textarea><script>alert(1)</script></textarea><title><img src=x onerror=alert(1)></title>",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    "<p lang='\"><script>alert(1)</script>' dir='\"><img src=x onerror=1>'>x</p>",
    "<img alt='\"><script>alert(1)</script>' src=x>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<b/><i/onclick=alert(1)><h1/onclick=alert(1)>",
]


class Audit(HTMLParser):
    """Reads the result as a browser would, and knows the allow-list from the issue, not from the code."""

    tags = set(
        "p h2 h3 strong em ul ol li blockquote a figure img figcaption table caption thead tbody tfoot tr th td"
        " br hr sup sub s bdi span".split()
    )
    names = {"href", "hreflang", "rel", "src", "alt", "width", "height", "colspan", "rowspan", "scope", "start"}

    def handle_starttag(self, tag, attributes):
        assert tag in self.tags, tag
        for name, value in attributes:
            assert name in self.names | {"dir", "lang"}, name
            if name == "href":
                assert re.match(r"https?://[^/\\]|mailto:|tel:|/(?![/\\])", value, re.IGNORECASE), value
                assert not re.search(r"[\s\\]", value)
            if name == "src":
                assert re.fullmatch(r"/media/images/../[0-9a-f]{64}\.(jpg|png|webp)", value), value

    def handle_comment(self, data):
        raise AssertionError("a comment")

    handle_decl = unknown_decl = handle_pi = handle_comment


def audit(text):
    Audit(convert_charrefs=True).feed(text)
    return text


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_leaves_nothing_alive(attack):
    for wrapped in (attack, f"<p>before {attack} after</p>", f"<table><tr><td>{attack}", f"<b><div>{attack}"):
        cleaned = audit(clean(wrapped))
        assert clean(cleaned) == cleaned


TAGS = (
    "<p> </p> <b> </b> <i> <a\xa0href='/x'> </a> <table> <tr> <td> </table> <li> <ul> </ul> <h1> <div> </div> <figure>"
)
REST = "text &lt; &amp;lt; &nbsp; <blockquote> <svg> </svg> <math> <br/> &#0; &#1; < >"
OFFICE = """<b style="font-weight:normal">|<span style="font-weight:700">|</span>|<p style="mso-list:l0 level2">|<br>|<del>
</del>|<span dir=rtl>|<span lang=fr>|<bdi>|</bdi>|• |- one\n|\n\n|<p class=MsoListParagraph>1. |<ol>|<li aria-level=2>|<ul class=lst-kix_a-1>
<h3 style="font-weight:bold">|<th>|<thead>|<caption>|[caption]|[/caption]|[gallery]|<figcaption>|<a href=#_ftn1>[1]</a>|<a href="www.x.org">
<q>|<pre>|<section>|<dt>|<div style="text-decoration:line-through">|<hr>|<a href="https://x.org/ y">|<a href="tel:1 (2)">|<s>|</s>|<!--[if x]>|<![endif]>
<div dir=rtl lang=ar>|<span style="display:block">|<span role=cell>|<p role=heading>|<noscript>|</noscript>|<area href=/x alt=y>
<style>.c{direction:rtl;text-decoration:line-through}</style>|<p class=c>|<tr class=c>|<a-b>|<a linktype=page>x</a>|<ol start=3>|<li value=9>"""
PIECES = st.sampled_from(
    [
        *OFFICE.replace("\n<", "|<").split("|"),
        *ATTACKS,
        *(tag.replace("\xa0", " ") for tag in f"{TAGS} {REST}".split(" ")),
        *(f"<img src='{OWN}'>", "\r\n", "\xa0", " ", "\ud800"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=12), max_size=12).map("".join))
def test_cleaning_twice_changes_nothing(text):
    cleaned = audit(clean(text))
    again = clean_with_report(cleaned)
    assert (again.html, again.findings) == (cleaned, [])
    cleaned.encode()
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", cleaned)


PLAIN = (
    "[gallery] • - <s> <thead> <tr> <td> </td> <th> </th> <table> </table> "
    "<p> </p> <strong> </strong> <em> </em> <ul> <li> </li> </ul> <blockquote> </blockquote> </a> <h2> </h2> <br> &amp;"
)
PLAIN_PIECES = st.sampled_from(
    [
        *PLAIN.split(),
        *('<a href="/x">', '<a href="https://e.org/?a&amp;b" rel="noopener">', "\n", " ", "<p> </p>", "<p>one</p>"),
        *(
            "<ul><li>one</li></ul>",
            "<blockquote><p>one</p></blockquote>",
            "<table> <thead>\n<tr><th>a</th>\n</tr></thead><tbody><tr><td>b</td> </tr> </tbody></table>",
        ),
    ]
)


@given(st.lists(PLAIN_PIECES, max_size=8).map("".join))
@example("<p>[gallery] x</p>")
def test_the_fast_way_never_passes_what_the_cleaner_would_change(text):
    if spelt := cleaning._as_plainly_clean(text):
        assert only_allowed(write(repaired(parse(text), Findings()))) == spelt


def test_an_ordinary_clean_body_keeps_its_bytes():
    body = (
        '<p>The valley&nbsp;is <strong>open</strong> &amp; safe, <a href="https://example.org/?a=1&amp;b=2"'
        ' rel="noopener">says</a> <a href="/en/news/x/">she</a>.</p>\n<h2>Next</h2>\n<ul><li>one</li><li>2</li></ul>\n'
        f'<figure><img src="{OWN}" alt="A bridge" width="800" height="600">'
        "<figcaption>The bridge</figcaption></figure>\n"
        '<p dir="rtl" lang="ar">نص</p><table><caption>c</caption><tbody><tr><th scope="col">a</th>'
        '<td colspan="2">b</td></tr></tbody></table><blockquote><p>“We go on.”</p></blockquote>'
        "<p>CO<sub>2</sub><br>x<sup>2</sup></p><hr>"
    )
    assert clean(body) == body


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ("<b>a</b> <I class=x>b</I>", "<p><strong>a</strong> <em>b</em></p>"),
        ("<h1>a</h1><h2>b</h2><h4>c</h4>", "<h2>a</h2><h2>b</h2><h3>c</h3>"),
        ("<div><p>a</p><div>b</div></div>", "<p>a</p><p>b</p>"),
        ("<a href=https://example.org>a</a>", '<p><a href="https://example.org" rel="noopener">a</a></p>'),
        ("<a href='tel:+41 22 717' target=_blank>a</a>", '<p><a href="tel:+4122717">a</a></p>'),
        ("<a href=mailto:press@example.org>a</a>", '<p><a href="mailto:press@example.org">a</a></p>'),
        ("<a href='//example.org'>a</a>", '<p><a href="https://example.org" rel="noopener">a</a></p>'),
        ("<figure><img src=https://evil.example/x.png></figure><p>a</p>", "<p>a</p>"),
        ("a\0b\ud800c\ufffed", "<p>abcd</p>"),
        ("<p>a</p><p>&nbsp;b</p><p></p>", "<p>a</p><p>&nbsp;b</p>"),
        ("3 < 4 & 5", "<p>3 &lt; 4 &amp; 5</p>"),
        ("<p>[gallery]</p><p>[sic] [1]</p>", "<p>[sic] [1]</p>"),
        ("", ""),
    ],
)
def test_meaning_survives(given_, wanted):
    assert clean(given_) == wanted


def test_hostile_size_and_depth_are_answered():
    for bad in ("<p>" * 20_000, "<" * 50_000, "</b>" * 50_000, "<b></i>" * 90):
        assert clean(clean(bad)) == clean(bad)
    for bad in ("<b>" * 20_000, "<table>" * 5_000, "<blockquote>" * 30_000, "<p>x</p>" * 40_000, "x " * 600_000):
        with pytest.raises(TooComplex):
            clean(bad)


def test_plain_text_has_spaces_where_blocks_end_and_none_inside_words():
    body = "<h2>Head</h2><p>CO<sub>2</sub> &amp; <strong>w</strong>ater</p><ul><li>one</li><li>two<br>three</li></ul>"
    assert plain(body) == "Head CO2 & water one two three"
    assert plain(clean("<p>2 < 3</p>")) == "2 < 3"
    assert plain(entities.escape("<b>")) == "<b>"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        (
            '<table><tbody><tr><td>River</td><td lang="fr">Débit</td></tr><tr><td>Tana</td><td>5</td></tr></tbody></table>',
            '<table><tbody><tr><th scope="col">River</th><th scope="col" lang="fr">Débit</th></tr>'
            "<tr><td>Tana</td><td>5</td></tr></tbody></table>",
        ),
        ("<table><tbody><tr><td>Only</td><td>row</td></tr></tbody></table>", None),
        ("<table><tbody><tr><td>a</td></tr><tr><th>b</th></tr></tbody></table>", None),
    ],
)
def test_the_first_row_of_a_table_without_headings_becomes_them(pasted, kept):
    assert clean(pasted) == (kept or pasted)
    assert clean(clean(pasted)) == clean(pasted)


def test_raised_numbers_are_no_digits_of_the_number_before_them():
    assert plain("<p>10<sup>6</sup> cells a m<sup>3</sup>, CO<sub>2</sub><sup>1</sup></p>") == "10⁶ cells a m³, CO2¹"


def test_what_is_struck_out_is_in_no_excerpt_and_found_by_no_search():
    assert plain("<p>received <s>5</s> 7 million; <s>a <em>b</em></s> c</p>") == "received 7 million; c"
    assert plain("<p>received <s>5</s> 7</p>", with_struck=True) == "received 5 7"
