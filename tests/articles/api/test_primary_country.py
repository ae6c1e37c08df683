"""Of several countries the API says which is the main one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import make_article, make_country

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize("fields", ["primary_country", "primary_country,countries"])
def test_the_primary_country_is_the_first(client, fields):
    make_article(slug="two", countries=[make_country("UGA", "Uganda"), make_country("KEN", "Kenya")])
    make_article(slug="none", publish_at=timezone.now() - timedelta(days=9))
    found = client.get(f"/api/v1/articles/?language=en&fields={fields}").json()["results"]
    assert [one["primary_country"] and one["primary_country"]["code"] for one in found] == ["uga", None]
