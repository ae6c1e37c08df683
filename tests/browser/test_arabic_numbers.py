"""Telephone numbers, dates and negative numbers keep their order in a right-to-left text."""

import pytest

from tests.cast import make_article

pytestmark = pytest.mark.django_db(transaction=True)

BODY = (
    '<p>للاتصال: <bdi dir="ltr">+41 22 555 01 50</bdi> أو <a href="tel:+41225550151">+41 22 555 01 51</a> أو +41 22 555 01 52'
    ' والبريد <a href="mailto:a-1@example.org">a-1@example.org</a>، في 2024-05-01 بنسبة -5 %.</p>'
)
# [left edge of the first character, left edge of the last] of a text on the page
EDGES = """text => {
  const walker = document.createTreeWalker(document.querySelector(".prose"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(text);
    if (at < 0) continue;
    return [at, at + text.length - 1].map(place => {
      const range = document.createRange();
      range.setStart(walker.currentNode, place);
      range.setEnd(walker.currentNode, place + 1);
      return range.getBoundingClientRect().left;
    });
  }
}"""


def test_numbers_are_read_from_left_to_right(page, live_server):
    make_article(language="ar", slug="numbers", body=BODY)
    page.goto(f"{live_server.url}/ar/news/numbers/")
    for text in ("+41 22 555 01 50", "+41 22 555 01 51", "+41 22 555 01 52", "a-1@example.org", "2024-05-01", "-5 %"):
        first, last = page.evaluate(EDGES, text)
        assert first < last, text
