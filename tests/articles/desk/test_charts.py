"""The desk's charts: publications by week and region, as a drawing and as a table."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from articles.desk import charts
from articles.models import Article
from tests.cast import make_article, make_office, make_region, make_user

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def now():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield WEDNESDAY


def found(articles=None):
    weeks, series = charts.publications(Article.objects.all() if articles is None else articles, WEDNESDAY.date())
    return weeks, {one.region.code if one.region else "all": one for one in series}


def test_stories_count_once_in_their_week_and_in_each_of_their_regions(now):
    world = make_region("global", "Global", kind="global")
    africa, asia = make_region("africa", "Africa", parent=world), make_region("asia", "Asia", parent=world)
    east = make_region("east-africa", "East Africa", parent=africa)
    unused = make_region("mars", "Mars", is_active=False)
    story = make_article(regions=[africa, east, asia], publish_at=now)
    make_article(translation_of=story, language="fr", regions=[africa], publish_at=now)
    make_article(regions=[asia], publish_at=now - timedelta(weeks=25))
    make_article(regions=[asia], publish_at=now - timedelta(weeks=26))
    make_article(regions=[asia], publish_at=now + timedelta(days=1))
    make_article(publish_at=now)
    weeks, series = found()
    assert (weeks[0], weeks[-1], len(weeks)) == (date(2026, 6, 1), date(2026, 11, 23), charts.WEEKS)
    assert {code: (one.numbers[0], one.numbers[-1], one.total) for code, one in series.items()} == {
        "all": (1, 2, 3), "global": (0, 0, 0), "africa": (0, 1, 1), "asia": (1, 1, 2),
    }  # fmt: skip
    assert unused.code not in series


def test_it_counts_what_the_viewer_may_see_and_is_on_the_desk(client, now):
    geneva, lima = make_office("geneva"), make_office("lima", "Lima Office")
    for office in (geneva, lima, lima):
        make_article(office=office, regions=[make_region()], publish_at=now)
    client.force_login(make_user("paula", "approver", office=geneva))
    page = client.get("/admin/")
    assert [one.total for one in page.context["desk"]["publications"].series] == [1, 1]
    html = page.content.decode()
    assert html.count('<svg class="plot') == 2 + 6 + 1
    assert "style=" not in html


def test_bars_are_as_high_as_their_numbers():
    assert charts.bars([0, 2, 1]) == [(3.33, 26.67, 100, 0), (36.67, 26.67, 0, 100), (70.0, 26.67, 50, 50)]
    assert charts.bars([]) == []
    assert charts.bars([0]) == [(10.0, 80.0, 100, 0)]
