"""What is late is on the desk and in /readyz: due and not public, in review past its hour, embargo past."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk import lateness
from articles.desk.panels import desk
from articles.publishing.workflow import move
from articles.translating.begin import begin_translation
from newsroom.doctor.content import what_is_due_is_live
from tests.cast import make_article, make_office, make_ready_article, make_user

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


def risks_in_review(user):
    return [risk for article in desk(user)["waiting"] for risk in article.risks]


def test_a_translation_of_a_public_story_is_not_late_when_it_is_submitted(client, edna):
    """It has the date of its source, and an embargo that is long over."""
    tara, day = make_user("tara", "translator"), timedelta(days=1)
    source = make_ready_article(state="approved", publish_at=timezone.now() - day, press_from=timezone.now() - 2 * day)
    move(begin_translation(source, "fr", tara), "submit", tara)
    assert list(desk(edna)["late"]) == []
    assert risks_in_review(edna) == []
    assert list(what_is_due_is_live()) == []
    assert client.get("/readyz").content == b"ok\n"


def test_what_is_submitted_before_its_hour_is_late_after_it(edna):
    walt, now = make_user("walt", "writer"), timezone.now()
    article = make_ready_article(created_by=walt, publish_at=now - 2 * HOUR, press_from=now - 3 * HOUR)
    move(article, "submit", walt)
    article.press_from, article.publish_at = now - HOUR, now + HOUR
    article.save()
    article.moves.update(at=now - 2 * HOUR)
    assert [lateness.why(row) for row in desk(edna)["late"]] == ["embargo"]
    article.publish_at = now - HOUR
    article.save()
    assert [lateness.why(row) for row in desk(edna)["late"]] == ["hour"]
    assert risks_in_review(edna) == ["past its hour"]
    move(article, "request_changes", make_user("aziz", "approver"), reason="Shorter")
    move(article, "submit", walt)
    assert list(desk(edna)["late"]) == []
