import pytest
from django.core.cache import cache

from articles.html import clean
from articles.publishing import revisions
from tests.cast import make_article

from .asking import BODY


@pytest.fixture(autouse=True)
def _nobody_has_asked():
    cache.clear()


@pytest.fixture
def wells():
    article = make_article(slug="wells", headline="Forty wells in the north", body=clean(BODY), reference="2026-00007")
    revisions.publish_edition(article)
    return article
