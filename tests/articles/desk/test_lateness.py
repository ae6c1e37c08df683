"""What is late is on the desk and in /readyz: due and not public, in review past its hour, embargo past."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk import lateness
from articles.desk.panels import desk
from tests.cast import make_article, make_office, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_each_kind_is_told_on_the_desk_and_to_monitoring(client, edna):
    now = timezone.now()
    live = make_article()
    unmerged = make_article(revises=live, slug=live.slug, publish_at=now - 3 * HOUR)
    waiting = make_article(state="in_review", publish_at=now - HOUR)
    embargo = make_article(state="in_review", press_from=now - HOUR, publish_at=now + HOUR)
    make_article(state="in_review", publish_at=now + HOUR)
    make_article(state="draft", publish_at=now - HOUR)
    found = list(desk(edna)["late"])
    assert found == [unmerged, waiting, embargo]
    assert [lateness.why(row) for row in found] == ["unmerged", "hour", "embargo"]
    page = client.get("/admin/").content.decode()
    for told in ("due, and not public", "in review past its hour", "the embargo has begun, and it is not approved"):
        assert told in page
    told = b"ok\noverdue: 1\nin review past its hour: 1\nembargo past and not approved: 1\n"
    assert client.get("/readyz").content == told


def test_nothing_late_is_nothing_said(client, edna):
    make_article()
    assert "desk-late" not in client.get("/admin/").content.decode()
    assert client.get("/readyz").content == b"ok\n"


def test_of_other_offices_it_is_not_told(edna):
    geneva, lima = make_office("geneva"), make_office("lima", "Lima Office")
    make_article(state="in_review", office=lima, publish_at=timezone.now() - HOUR)
    assert not desk(make_user("lola", "editor", office=geneva))["late"]
