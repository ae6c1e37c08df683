"""What an empty list says: which words nothing has, or which filters, and where else to look."""

import pytest

from tests.cast import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_search_that_finds_nothing_speaks_of_its_words_and_not_of_filters(client):
    make_article(headline="Floods")
    make_article(language="fr", slug="crue", headline="Le xylophone")
    html = client.get("/en/news/?q=xylophone").content.decode()
    assert "Nothing has all the words of “<bdi>xylophone</bdi>”" in html
    assert "filters. Remove one" not in html
    assert 'href="/en/media-contacts/"' in html
    assert 'href="/fr/news/?q=xylophone"' in html
    html = client.get("/en/news/?q=xylophone&kind=news").content.decode()
    assert "No news matches all of these filters." in html
