"""A name in Latin letters finds texts that write it in their own: the versions of stories that have it."""

from datetime import timedelta

import pytest

from articles.listing.filters import ArticleFilter
from articles.publishing import after_save
from tests.cast import NOW, make_article, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    source = make_article(headline="Flood in Nauru", publish_at=NOW() - timedelta(400))
    source.regions.set([make_region("asia")])
    found = make_article(headline="Наводнение", language="ru", translation_of=source, publish_at=NOW() - timedelta(400))
    after_save.sync(source)
    return found


def ids(**asked):
    return list(ArticleFilter.asked({"q": "Nauru"} | asked, "ru").hits.ids)


def test_a_version_is_found_by_a_word_of_another(version):
    assert ids() == [version.pk]
    assert ids(region="asia") == [version.pk]


def test_one_that_is_not_public_is_not(version):
    type(version).objects.filter(pk=version.pk).update(publish_at=NOW() + timedelta(1))
    assert ids() == []


def test_only_within_the_chosen_days(version):
    year_ago = (NOW() - timedelta(365)).date()
    assert ids(to=str(year_ago)) == [version.pk]
    assert ids(**{"from": str(year_ago)}) == []
    assert ids(year=str(NOW().year)) == []
