"""The codes by which lists filter and count are those of addresses, and find what they name and nothing else."""

import pytest

from tests.articles.listing.test_list import URL, facet, headlines
from tests.cast import make_article, make_office

pytestmark = pytest.mark.django_db


def test_an_office_is_not_its_sub_offices(client):
    parent, child = make_office("nairobi"), make_office("lusaka")
    type(child).objects.filter(pk=child.pk).update(parent=parent)
    make_article(headline="needle in Nairobi", office=parent)
    make_article(headline="needle in Lusaka", office=child)
    for words in ("", "&q=needle"):
        response = client.get(f"{URL}?office=nairobi{words}")
        assert headlines(response) == {"needle in Nairobi"}
        assert facet(response, "office") == {"nairobi": 1, "lusaka": 1}


def test_a_search_counts_kinds_by_the_codes_of_the_settings(client, settings):
    settings.ARTICLE_KINDS = [("Op.Ed", "Opinion"), ("letter", "Letter")]
    for kind in ("Op.Ed", "Op.Ed", "letter"):
        make_article(headline="needle", kind=kind)
    for query in ("q=needle", "kind=Op.Ed&q=needle"):
        assert facet(client.get(f"{URL}?{query}"), "kind") == {"Op.Ed": 2, "letter": 1}
