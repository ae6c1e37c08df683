"""Tables in texts: each stands in a region of its own that scrolls, and that the keyboard reaches."""

import pytest

from articles.pages.texts.tables import in_regions
from tests.cast import make_article

pytestmark = pytest.mark.one_database

REGION = '<div class="table" role="region" aria-label="{}" tabindex="0">{}</div>'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<table><tr><td>1</td></tr></table>", "Table"),
        (
            '<table lang="fr"><caption>A &amp; <em>"B"</em></caption><tr><td>1</td></tr></table>',
            "A &amp; &quot;B&quot;",
        ),
        ("<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>", "Table"),
    ],
)
def test_a_table_gets_one_region_with_its_caption_as_name(text, name):
    assert in_regions(f"<p>Before.</p>{text}<p>After.</p>") == f"<p>Before.</p>{REGION.format(name, text)}<p>After.</p>"
    assert in_regions(text + text) == REGION.format(name, text) * 2


def test_other_texts_stay_as_they_are():
    assert in_regions("<p>No table, &lt;table&gt;</p>") == "<p>No table, &lt;table&gt;</p>"


@pytest.mark.django_db
def test_an_article_and_its_notes_show_tables_in_regions(client):
    text = "<table><tr><td>1</td></tr></table>"
    article = make_article(body=text, notes_to_editors=text)
    page = client.get(article.get_absolute_url()).content.decode()
    assert page.count('<div class="table" role="region" aria-label="Table" tabindex="0"><table>') == 2
