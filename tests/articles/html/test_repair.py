"""What office programs, mail programs and older systems write keeps its meaning, and the report says what changed."""

import pytest

from articles.html import clean, clean_with_report

pytestmark = pytest.mark.one_database

OWN = "/media/images/ab/" + "ab" * 32 + ".jpg"


def report(html):
    """{code: (count, places)}"""
    return {found.code: (found.count, found.places) for found in clean_with_report(html).findings}


def ignore_label(text):
    return f"<![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>{text}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>"


def word_item(label, text, level=1):
    return f"<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level{level} lfo1'>{ignore_label(label)}{text}</p>"


FORMATTING = {
    "the wrapper of Google Docs is not bold": (
        '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:400">Plain </span>'
        '<span style="font-weight:700">bold</span></p></b>',
        '<p dir="ltr">Plain <strong>bold</strong></p>',
    ),
    "styles of a span": (
        '<p><span style="font-style: italic">a</span> m<span style="vertical-align:super">2</span>'
        ' CO<span style="vertical-align:sub">2</span> <span style="font-weight:bold !important">b</span></p>',
        "<p><em>a</em> m<sup>2</sup> CO<sub>2</sub> <strong>b</strong></p>",
    ),
    "neighbouring spans": (
        '<p><span style="font-weight:700">one</span><span style="font-weight:700"> two</span></p>',
        "<p><strong>one two</strong></p>",
    ),
    "bold once": ('<p><b><span style="font-weight:700">x</span></b></p>', "<p><strong>x</strong></p>"),
    "a heading is bold already": ('<h1><span style="font-weight:700">x</span></h1>', "<h2>x</h2>"),
    "a bold block": (
        '<div style="font-weight:bold"><p>a</p>b</div>',
        "<p><strong>a</strong></p><p><strong>b</strong></p>",
    ),
    "struck": (
        '<p><del>5</del> <ins>7</ins> <strike>8</strike> <span style="text-decoration:line-through">9</span> <u>10</u></p>',
        "<p><s>5</s> 7 <s>8</s> <s>9</s> 10</p>",
    ),
    "direction": (
        '<p><span dir="ltr">+41 22</span> <bdi>A-2</bdi> <bdo dir="rtl">x</bdo></p>',
        '<p><bdi dir="ltr">+41 22</bdi> <bdi>A-2</bdi> <bdi dir="rtl">x</bdi></p>',
    ),
    "language": ('<p>He said <span lang="fr">bonjour</span></p>', '<p>He said <span lang="fr">bonjour</span></p>'),
    "Word writes its language everywhere": ("<p class=MsoNormal><span lang=EN-US>x</span></p>", "<p>x</p>"),
    "quotes": ("<p><q>Yes</q>, she said</p>", "<p>“Yes”, she said</p>"),
    "lines of code": ("<pre>a\nb</pre>", "<p>a<br>b</p>"),
}


@pytest.mark.parametrize("case", FORMATTING)
def test_formatting_is_read(case):
    given, wanted = FORMATTING[case]
    assert clean(given) == wanted
    assert clean(wanted) == wanted


LISTS = {
    "Word": (word_item("·", "One") + "\n" + word_item("·", "Two"), "<ul><li>One</li><li>Two</li></ul>"),
    "Word, numbered and nested": (
        word_item("3.", "One") + word_item("a.", "Sub", 2) + word_item("4.", "Two"),
        '<ol start="3"><li>One<ol><li>Sub</li></ol></li><li>Two</li></ol>',
    ),
    "Word, with conditional comments": (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span style='mso-list:Ignore'>·"
        "<span>&nbsp; </span></span><!--[endif]-->One</p>",
        "<ul><li>One</li></ul>",
    ),
    "Word, filtered": (
        "<p class=MsoListParagraph>1.<span>&nbsp;&nbsp; </span>One</p><p class=MsoListParagraph>2.&nbsp; Two</p>",
        "<ol><li>One</li><li>Two</li></ol>",
    ),
    "Google Docs": (
        '<ul><li aria-level="1"><p>One</p></li><ul><li aria-level="2"><p>Sub</p></li></ul><li aria-level="1"><p>Two</p></li></ul>',
        "<ul><li><p>One</p><ul><li><p>Sub</p></li></ul></li><li><p>Two</p></li></ul>",
    ),
    "Google Docs, exported": (
        '<ul class="lst-kix_a-0 start"><li>One</li></ul><ul class="lst-kix_a-1 start"><li>Sub</li></ul>',
        "<ul><li>One<ul><li>Sub</li></ul></li></ul>",
    ),
    "levels by aria-level only": (
        '<ul><li aria-level="1">One</li><li aria-level="2">Sub</li><li aria-level="1">Two</li></ul>',
        "<ul><li>One<ul><li>Sub</li></ul></li><li>Two</li></ul>",
    ),
    "lines": ("<p>We need:<br>• water<br>• food</p>", "<p>We need:</p><ul><li>water</li><li>food</li></ul>"),
    "paragraphs": ("<p>• water</p><p>• food</p>", "<ul><li>water</li><li>food</li></ul>"),
    "plain text": ("We need:\n- water\n- food", "<p>We need:</p><ul><li>water</li><li>food</li></ul>"),
    "a loose item": ("<li>One</li><li>Two</li>", "<ul><li>One</li><li>Two</li></ul>"),
    "one line with a dash is none": ("<p>– Oui.</p>", "<p>– Oui.</p>"),
}


@pytest.mark.parametrize("case", LISTS)
def test_lists_are_lists(case):
    given, wanted = LISTS[case]
    assert clean(given) == wanted
    assert clean(wanted) == wanted


PARAGRAPHS = {
    "blank lines": (
        "First.\r\n\r\nSecond <b>two</b>.\n \nThird.",
        "<p>First.</p><p>Second <strong>two</strong>.</p><p>Third.</p>",
    ),
    "two breaks": ("A.<br /><br />B.<br>\n<br>C.", "<p>A.</p><p>B.</p><p>C.</p>"),
    "two breaks in a paragraph": ('<p dir="rtl">A<br><br>B</p>', '<p dir="rtl">A</p><p dir="rtl">B</p>'),
    "one break stays": ("<p>A<br>B</p>", "<p>A<br>B</p>"),
    "one line": ("Only this", "<p>Only this</p>"),
    "lines of an address": ("Press office\nMain street 1\nGeneva", "<p>Press office<br>Main street 1<br>Geneva</p>"),
    "sentences": ("One sentence.\nAnother one.", "<p>One sentence.</p><p>Another one.</p>"),
    "lines that a mail program ended": (
        f"{'word ' * 14}w\n{'word ' * 14}w\nend.\n\nNext.",
        f"<p>{'word ' * 14}w {'word ' * 14}w end.</p><p>Next.</p>",
    ),
    "text beside blocks": ("Intro\n\n<h2>Head</h2>\nText\n\nmore", "<p>Intro</p><h2>Head</h2><p>Text</p><p>more</p>"),
    "div": ("<div>A</div><div><br></div><div>B<div>C</div></div>", "<p>A</p><p>B</p><p>C</p>"),
    "line ends of a source are none": ("<p>one\ntwo</p>", "<p>one\ntwo</p>"),
    "an item keeps its words": ("<ul><li><div>x</div></li></ul>", "<ul><li>x</li></ul>"),
    "empty paragraphs": ("<p>A</p><p>&nbsp;</p><p><br></p><p>B</p>", "<p>A</p><p>B</p>"),
}


@pytest.mark.parametrize("case", PARAGRAPHS)
def test_paragraphs_are_made(case):
    given, wanted = PARAGRAPHS[case]
    assert clean(given) == wanted
    assert clean(wanted) == wanted


def test_made_paragraphs_are_reported_and_others_not():
    assert report("First.\n\nSecond.") == {"paragraphs_made": (2, ["First"])}
    assert report("<p>First.</p><p>Second.</p>") == {}
    assert report("Only this") == {}


@pytest.mark.parametrize(
    ("address", "wanted", "code"),
    [
        ("https://example.org/a b(c).pdf", "https://example.org/a%20b(c).pdf", None),
        ("http:// www.example.org/x", "http://www.example.org/x", "link_completed"),
        ("https://http://example.org", "http://example.org", "link_completed"),
        ("//example.org/x", "https://example.org/x", "link_completed"),
        ("www.example.org/map", "https://www.example.org/map", "link_completed"),
        ("example.org/map", "https://example.org/map", "link_completed"),
        ("https://example.org/\u200b", "https://example.org/", "link_completed"),
        ("mailto: a@example.org", "mailto:a@example.org", "link_completed"),
        ("mailto:Press <a@example.org>?subject=A b", "mailto:a@example.org?subject=A%20b", "link_completed"),
        ("a@example.org", "mailto:a@example.org", "link_completed"),
        ("tel:+41225550150", "tel:+41225550150", None),
        ("tel:+41 (0)22 555 01 50 ext. 7", "tel:+41225550150;ext=7", "link_completed"),
        ("/en/news/", "/en/news/", None),
        ("node/1", None, "link_removed"),
        ("../annex.pdf", None, "link_removed"),
        ("report.pdf", None, "link_removed"),
        ("#note", None, "link_removed"),
        ("", None, "link_removed"),
        ("file:///C:/x.doc", None, "link_removed"),
        ("mailto:", None, "link_removed"),
        ("tel:call us", None, "link_removed"),
        ("ftp://example.org", None, "link_removed"),
        ("javascript:alert(1)", None, "link_unsafe"),
        ("java\nscript:alert(1)", None, "link_unsafe"),
        ("data:text/html,x", None, "link_unsafe"),
    ],
)
def test_addresses_of_links_are_completed_or_the_link_is_told(address, wanted, code):
    html = f'<p>See <a href="{address.replace("<", "&lt;").replace(">", "&gt;")}">this</a></p>'
    rel = ' rel="noopener"' if wanted and wanted.startswith("http") else ""
    assert clean(html) == (f'<p>See <a href="{wanted}"{rel}>this</a></p>' if wanted else "<p>See this</p>")
    assert list(report(html)) == ([code] if code else [])
    assert clean(clean(html)) == clean(html)


LEFT_OUT = {
    "remote picture": ('<p>A</p><img src="https://old.example/x.png" alt="A chart">', "<p>A</p>", {"remote_picture": (1, ["A chart"])}),
    "old picture": (
        '<figure><img src="/files/visit.jpg"><figcaption>The minister.</figcaption></figure>',
        "<p>The minister.</p>",
        {"remote_picture": (1, ["visit.jpg"])},
    ),
    "film of CKEditor": (
        '<p>A</p><figure class="media"><oembed url="https://video.example/1"></oembed></figure>',
        "<p>A</p>",
        {"embed": (1, ["https://video.example/1"])},
    ),
    "frame": ('<p>A</p><iframe src="https://video.example/1"></iframe>', "<p>A</p>", {"embed": (1, ["https://video.example/1"])}),
    "video": ('<p>A</p><video><source src="/v.mp4">Download</video>', "<p>A</p>", {"media": (1, ["/v.mp4"])}),
    "form": ("<form><label>Name</label><input name=n><input type=hidden></form>", "<p>Name</p>", {"form": (1, ["n"])}),
    "program": ("<p>A</p><script src='/x.js'></script>", "<p>A</p>", {"script": (1, ["/x.js"])}),
    "drawing": ("<p>A</p><svg><title>Chart</title></svg>", "<p>A</p>", {"remote_picture": (1, ["Chart"])}),
    "hidden": (
        '<p>A</p><p style="display:none">one</p><span style="mso-hide:all">two</span><div hidden>three</div>'
        '<p style="visibility: hidden">four</p>',
        "<p>A</p>",
        {"hidden_text": (4, ["one", "two", "three"])},
    ),
    "comment of Word": (
        "<p><span style='mso-comment-reference:A_1'>A</span><span class=MsoCommentReference><a href='#_msocom_1'>[A1]</a></span>"
        "</p><div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Secret</p></div></div>",
        "<p>A</p>",
        {"comment": (1, ["Secret"])},
    ),
    "comment of Google Docs": (
        '<p>A<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>'
        "<span>Secret</span></p></div>",
        "<p>A</p>",
        {"comment": (1, ["[a]Secret"])},
    ),
    "picture of Wagtail": (
        '<p>A</p><embed embedtype="image" id="3" alt="A well">',
        "<p>A</p>",
        {"embed": (1, ["A well"])},
    ),
    "video of Wagtail": (
        '<p>A</p><embed embedtype="media" url="https://video.example/1">',
        "<p>A</p>",
        {"embed": (1, ["https://video.example/1"])},
    ),
    "link of Wagtail": (
        '<p>See <a linktype="page" id="3">our page</a> or <a linktype="document" id="4">the <b>annex</b></a></p>',
        "<p>See our page or the <strong>annex</strong></p>",
        {"link_removed": (2, ["our page", "the annex"])},
    ),
    "elements that programs define": (
        '<p>A</p><drupal-media alt="A well" data-entity-uuid=x></drupal-media><drupal-entity></drupal-entity>'
        '<lite-youtube title="Film"> </lite-youtube><amp-img src="/a.jpg"></amp-img><my-note>B</my-note>',
        "<p>A</p><p>B</p>",
        {"embed": (4, ["A well", "drupal-entity", "Film"])},
    ),
    "without scripts": (
        '<noscript><p>Read the text.</p><img src="/x.png" alt="A map"></noscript>',
        "<p>Read the text.</p>",
        {"remote_picture": (1, ["A map"])},
    ),
    "links of a picture": (
        '<img src=/map.png alt="Map" usemap="#m"><map name=m><area href="/north/" alt="North"><area href="x.html" alt="South">'
        "<area nohref></map>",
        '<p><a href="/north/">North</a></p><p>South</p>',
        {"remote_picture": (1, ["Map"]), "link_removed": (1, ["South (x.html)"])},
    ),
    "shortcode": ("A\n\n[gallery ids=\"1\"]\n\nB [sic] [1]", "<p>A</p><p>B [sic] [1]</p>", {"shortcode": (1, ['[gallery ids="1"]']), "paragraphs_made": (2, ["A"])}),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_is_left_out_is_reported_with_its_place(case):
    given, wanted, found = LEFT_OUT[case]
    assert clean(given) == wanted
    assert report(given) == found


def test_struck_text_is_kept_and_reported_once():
    given = "<p>received <del>5</del> 7 million</p>"
    assert report(given) == {"struck_text": (1, ["5"])}
    assert report(clean(given)) == {}


def test_a_caption_of_wordpress_is_that_of_its_picture():
    given = f'[caption id="a" width="300"]<img src="{OWN}" alt="A well"> The well[/caption]'
    assert clean(given) == f'<figure><img src="{OWN}" alt="A well"><figcaption> The well</figcaption></figure>'
    assert clean("[caption]<img src=http://x.example/a.jpg>The well[/caption]") == "<p>The well</p>"


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (
            '<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>',
            '<a href="#_ftnref1">[1]</a>',
        ),
        ('<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>', '<a href="#ftnt_ref1">[1]</a>'),
        ('<a class="sdfootnoteanc" href="#sdfootnote1sym"><sup>[1]</sup></a>', '<a href="#sdfootnote1anc">[1]</a>'),
    ],
)
def test_footnotes_survive_with_their_marks(mark, note):
    cleaned = clean_with_report(f"<p>Text{mark}.</p><div><p>{note} The source.</p></div>")
    assert cleaned.html == "<p>Text<sup>[1]</sup>.</p><p><sup>[1]</sup> The source.</p>"
    assert cleaned.findings == []


def test_a_table_keeps_everything_even_what_stands_outside_its_cells():
    given = "<table><caption>C</caption><tr>stray<td>a</td></tr><tr><td colspan=2 style='font-weight:bold'>b</td></tr></table>"
    cleaned = clean(given)
    assert [
        word in cleaned for word in ("<caption>C</caption>", "stray", '<th scope="col">a</th>', "<strong>b</strong>")
    ] == [True] * 4
    assert clean(cleaned) == cleaned
