"""Beside the editor of a translation its source scrolls along; the paragraph that belongs to the cursor is marked."""

import pytest

from articles.models import Article
from articles.translating.begin import begin_translation
from tests.browser.settled import settle
from tests.cast import make_ready_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def open_form(page):
    """The form of a translation of thirty long paragraphs."""
    user = make_user("edna", "approver")
    body = "".join(f"<p>Paragraph number {number} of the source. {'It is long. ' * 40}</p>" for number in range(30))
    french = begin_translation(make_ready_article(body=body), "fr", user)
    Article.objects.filter(pk=french.pk).update(headline="Un pont", body=body.replace("source", "traduction"))
    page.goto("/admin/login/")
    page.fill("#id_username", "edna")
    page.fill("#id_password", "a long password")
    page.click("[type=submit]")
    page.goto(f"/admin/articles/article/{french.pk}/change/")
    settle(page)


def test_the_source_follows_the_cursor(page):
    open_form(page)
    editor = page.locator(".field-body .ProseMirror")
    editor.locator("p").nth(25).click()
    page.wait_for_selector(".field-body .source .counterpart")
    marked = page.locator(".field-body .source .counterpart")
    assert marked.inner_text().startswith("Paragraph number 25 of the source")
    box = page.locator(".field-body .source")
    assert box.evaluate("box => box.scrollTop > 0")
    inside = "one => { const a = one.getBoundingClientRect(), b = one.closest('.source').getBoundingClientRect();"
    assert marked.evaluate(inside + " return a.top >= b.top - 1 && a.top < b.bottom }")


# The number of the first paragraph that is seen of an element below the bar of the page.
FIRST_SEEN = """box => [...box.querySelectorAll("p")].findIndex(
    one => one.getBoundingClientRect().bottom > Math.max(box.getBoundingClientRect().top + 30, 125))"""


def test_whichever_side_is_scrolled_the_other_goes_along(page):
    open_form(page)
    editor, source = page.locator(".field-body .ProseMirror"), page.locator(".field-body .source")
    page.mouse.move(0, 0)
    page.evaluate("scrollBy(0, 3000)")
    follows(page, editor, source)
    source.focus()
    source.evaluate("one => { one.scrollTop = 5000 }")
    follows(page, source, editor)


def follows(page, one, other):
    seen = one.evaluate(FIRST_SEEN)
    assert seen > 5
    page.wait_for_function(
        f"([box, seen]) => Math.abs(({FIRST_SEEN})(box) - seen) <= 1", arg=[other.element_handle(), seen]
    )
