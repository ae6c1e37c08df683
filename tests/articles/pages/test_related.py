"""News that an article's page names as related: of a shared topic, those of the same place first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import make_article, make_country, make_region, make_topic

pytestmark = pytest.mark.django_db


def test_related_news_share_a_topic_a_language_and_are_live(client):
    topic = make_topic()
    story = make_article(topics=[topic])
    kin = make_article(topics=[topic])
    make_article(topics=[topic], state="draft", headline="Not yet")
    make_article(topics=[topic], language="fr", headline="Ailleurs")
    make_article(headline="About something else")
    response = client.get(story.get_absolute_url())
    assert list(response.context["related"]) == [kin]


def test_related_news_of_the_same_place_come_before_newer_ones(client):
    floods, africa = make_topic("floods", "Floods"), make_region("africa", "Africa")
    kenya = make_country("KEN", "Kenya", region=africa)
    shown = make_article(topics=[floods], countries=[kenya], regions=[africa])
    long_ago = [timezone.now() - timedelta(days=days) for days in (4, 3, 2, 1)]
    there = make_article(topics=[floods], countries=[kenya], publish_at=long_ago[0])
    near = make_article(topics=[floods], regions=[africa], publish_at=long_ago[1])
    make_article(countries=[kenya], regions=[africa])
    other = make_article(topics=[floods], publish_at=long_ago[2])
    newer = make_article(topics=[floods], publish_at=long_ago[3])
    found = [article.pk for article in client.get(shown.get_absolute_url()).context["related"]]
    assert found == [there.pk, near.pk, newer.pk]
    assert other.pk not in found
