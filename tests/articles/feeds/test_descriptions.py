"""Items without a standfirst: RSS describes them by the beginning of their text, Atom needs no summary."""

import pytest
from lxml import etree

from tests.articles.feeds.test_feeds import ATOM, ask, atom
from tests.cast import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_an_rss_item_without_a_standfirst_is_described_by_the_beginning_of_its_text(client):
    make_article(body=f"<h2>Rain &amp; hail</h2><p>{'It rose. ' * 60}</p>")
    found = etree.fromstring(ask(client, "rss").content).findtext("channel/item/description")
    assert found.startswith("Rain &amp; hail It rose.")
    assert len(found) < 310
    assert atom(client).find("a:entry/a:summary", ATOM) is None  # Atom's summary must not repeat the text
