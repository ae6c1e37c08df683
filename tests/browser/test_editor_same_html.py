"""What the cleaner lets through, the editor keeps: a text is opened, one letter is typed and taken away, it is saved."""

import re

import pytest

from tests import files
from tests.browser.desk_work import open_form, save
from tests.cast import create_image, make_ready_article, make_user

PIECES = {
    "headings": '<h2 lang="fr" dir="ltr">Titre</h2><h3>Sub</h3>',
    "paragraph": '<p dir="auto">a<br>b<br>c</p><hr>',
    "marks": "<p><strong>a</strong> <em>b</em> H<sub>2</sub>O m<sup>2</sup> <strong><em>c</em></strong></p>",
    "language of words": '<p><em lang="fr">mot</em> <strong lang="ar" dir="rtl">كلمة</strong> <sup lang="la">a</sup></p>',
    "struck text": '<p>Not <s>5</s> but <strong><s lang="fr">cinq</s></strong></p>',
    "isolated text": '<p lang="ar" dir="rtl">هاتف <bdi dir="ltr">+41 <strong>22</strong> 555 01 50</bdi> و <bdi>-5</bdi></p>'
    '<p>a <bdi dir="rtl"><em>مرحبا</em></bdi> <a href="/x">تقرير <bdi dir="ltr">SWO-2</bdi> و</a></p>',
    "words of another language": '<p>a <span lang="fr">mot <em>juste</em></span> <bdi dir="rtl" lang="ar">كلمة</bdi></p>',
    "links": '<p><a href="https://example.org/a?b=1&amp;c=2" hreflang="fr" lang="en" rel="noopener">x</a>'
    ' <a href="/en/news/">y</a> <a href="mailto:a@example.org">z</a> <a href="tel:+123">t</a></p>',
    "lists": '<ul lang="fr"><li>a<ul><li>b</li></ul></li><li><p>c</p></li><li lang="de">d<ol><li>e</li></ol></li></ul>',
    "numbering": '<ol start="3" dir="rtl"><li>a</li><li><p>b</p><p>c</p></li></ol>',
    "list with blocks": "<ul><li><h3>a</h3>b</li><li>c<blockquote><p>d</p></blockquote></li></ul>",
    "list of other things": '<ul><li><ul><li>a</li></ul></li><li><figure><img src="SEA"></figure></li>'
    "<li><table><tbody><tr><td>a</td></tr></tbody></table></li><li><blockquote><p>a</p></blockquote>b</li></ul>",
    "quotation": '<blockquote lang="en"><p>a</p><p>b</p></blockquote><blockquote><p>c</p></blockquote>'
    "<blockquote><ul><li>d</li></ul></blockquote>",
    "table": '<table lang="fr" dir="rtl"><caption lang="fr">T <em>1</em> <a href="/a">x</a></caption>'
    '<thead><tr><th scope="col" lang="en">a</th><th scope="col">b</th></tr></thead>'
    '<tbody><tr lang="de"><th scope="row" dir="ltr">c</th><td rowspan="2">d</td></tr><tr><td>e</td></tr></tbody>'
    "<tbody><tr><td><p>f</p></td><td><ul><li>g</li></ul></td></tr></tbody>"
    '<tfoot><tr><td colspan="2">h</td></tr></tfoot></table>',
    "table without a heading": "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
    "figure": '<figure lang="fr" dir="ltr"><img src="SEA" alt="a &amp; b" width="9" height="6" lang="de" dir="rtl">'
    '<figcaption lang="ar" dir="rtl">c <a href="/x">d</a><br>e</figcaption></figure>',
    "figure without a caption": '<figure><img src="SEA" alt=""></figure><figure><img src="SEA"></figure>',
    "caption of two paragraphs": '<figure><img src="SEA"><figcaption><p>a</p><p>b</p></figcaption></figure>',
    "caption first": '<figure><figcaption>a</figcaption><img src="SEA"></figure>',
    "two pictures": '<figure><img src="SEA"><img src="SEA" alt="b"><figcaption>a</figcaption></figure>',
    "picture in a link": '<figure><a href="/x"><img src="SEA"></a><figcaption>a</figcaption></figure>',
    "figure of a table": "<figure><table><tbody><tr><td>a</td></tr></tbody></table><figcaption>b</figcaption></figure>",
    "figure of a quotation": "<figure><blockquote><p>a</p></blockquote><figcaption>b</figcaption></figure>",
    "pictures in a line": '<p>a <img src="SEA" alt="x" width="9" height="6" lang="fr"> b <a href="/x"><img src="SEA"></a></p>',
    "picture in a list": '<ul><li>a<figure><img src="SEA"></figure></li><li><img src="SEA"></li></ul>',
    "spaces": "<p>a&nbsp;b &amp; &lt;c&gt;</p>",
}


def sorted_attributes(html):
    """The editor orders the attributes of an element; their order means nothing."""
    return re.sub(r'( [a-z]+="[^"]*")+', lambda found: "".join(sorted(re.findall(r' [a-z]+="[^"]*"', found[0]))), html)


@pytest.fixture
def sea(context, client, live_server, transactional_db):
    """The address of a picture. Aziz, who writes and approves, is logged in."""
    client.force_login(make_user("aziz", "approver"))
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return create_image(files.picture(), "A. Otieno", alt={"en": "The sea"}).file.url


def test_the_editor_keeps_what_the_cleaner_lets_through(page, sea):
    """In both texts of an article, all pieces after each other: a piece is told by its place in the difference."""
    pieces = [*(text.replace("SEA", sea) for text in PIECES.values()), "<p>End</p>"]
    texts = {"body": "".join(pieces), "notes_to_editors": "".join(reversed(pieces[:-1])) + pieces[-1]}
    article = make_ready_article(**texts)
    open_form(page, article.pk)
    for name in texts:
        page.locator(f".field-{name} .ProseMirror > p").last.click()
        for key in ("End", "x", "Backspace"):
            page.keyboard.press(key)
    save(page)
    article.refresh_from_db()
    for name, text in texts.items():
        assert sorted_attributes(getattr(article, name)) == sorted_attributes(text)


def test_a_form_that_is_saved_unchanged_keeps_both_texts(page, sea):
    everything = "".join(PIECES.values()).replace("SEA", sea)
    article = make_ready_article(body=everything, notes_to_editors=everything)
    open_form(page, article.pk)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".messagelist .info")
    article.refresh_from_db()
    assert (article.body, article.notes_to_editors) == (everything, everything)
