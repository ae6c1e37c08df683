"""Journalists in the admin: consent with its log, no double addresses, all data of one person, and their deletion."""

import json
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Journalist, Pass, PressDelivery, Sending
from articles.personal_links import passes
from articles.press_lists import journalists
from tests.cast import make_article, make_journalist, make_region, make_topic, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ADMIN = "/admin/articles/journalist/"


@pytest.fixture
def edna(client):
    user = make_user("edna", "editor")
    client.force_login(user)
    return user


def add(client, **changes):
    values = {"name": "Ann Reed", "outlet": "The Daily", "email": "ann@example.org", "language": "en"}
    return client.post(f"{ADMIN}add/", filled(client.get(f"{ADMIN}add/"), **(values | changes)))


def test_a_consent_is_logged_with_its_day_and_source_whenever_it_changes(client, edna):
    add(client, consent_on="2026-01-31", consent_source="By e-mail")
    ann = Journalist.objects.get()
    page = client.get(f"{ADMIN}{ann.pk}/change/")
    client.post(f"{ADMIN}{ann.pk}/change/", filled(page, notes="Calls in the evening"))
    page = client.get(f"{ADMIN}{ann.pk}/change/")
    client.post(f"{ADMIN}{ann.pk}/change/", filled(page, consent_on="", consent_source=""))
    log = list(ann.consent_log.order_by("id").values_list("given_on", "source", "by"))
    assert [(str(day), source, by) for day, source, by in log] == [
        ("2026-01-31", "By e-mail", edna.pk), ("None", "", edna.pk)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consent_on": "2026-01-31"}, "consent_source"),
        ({"consent_source": "By e-mail"}, "consent_on"),
        ({"consent_on": (timezone.now() + timedelta(days=3)).date().isoformat(), "consent_source": "x"}, "consent_on"),
        ({"email": "nonsense"}, "email"),
        ({"email": "ANN@example.org"}, "__all__"),
    ],
)
def test_wrong_input_is_refused_at_its_field(client, edna, changes, field):
    make_journalist()
    answer = add(client, **({"email": "new@example.org"} | changes))
    assert field in errors(answer)
    assert Journalist.objects.count() == 1


def test_a_new_address_has_refused_nothing(client, edna):
    ann = make_journalist(switched_off_at=timezone.now(), refusals=3)
    client.post(f"{ADMIN}{ann.pk}/change/", filled(client.get(f"{ADMIN}{ann.pk}/change/"), email="a.reed@example.org"))
    ann.refresh_from_db()
    assert (ann.switched_off_at, ann.refusals) == (None, 0)


def test_all_data_of_one_person_are_one_file(client, edna):
    ann = make_journalist(telephone="+41 22 555 00 00", regions=[make_region()])
    journalists.end_consent(ann, None, "On the telephone")
    answer = client.get(f"{ADMIN}{ann.pk}/data.json")
    assert "no-store" in answer["Cache-Control"]
    told = json.loads(answer.content)
    assert (told["name"], told["telephone"], told["regions"]) == ("Ann Reed", "+41 22 555 00 00", ["europe"])
    assert told["consents"][0]["source"] == "On the telephone"


def test_a_deletion_leaves_no_word_of_the_person(client, edna):
    add(client)
    ann = Journalist.objects.get()
    person = {"name": "Ann Reed", "outlet": "The Daily", "email": "ANN@example.org"}
    [(given, _token)] = passes.make(make_article(), edna, [person], ["en"])
    given.openings.create(network="198.51.100.0/24", language="en")
    page = client.get(f"{ADMIN}{ann.pk}/delete/")
    assert b"only numbers stay" in page.content
    opened = page.content.decode().partition('name="_opened" value="')[2].partition('"')[0]
    client.post(f"{ADMIN}{ann.pk}/delete/", {"post": "yes", "_opened": opened})
    assert not Journalist.objects.exists()
    given = Pass.objects.get()
    assert (given.name, given.email, given.openings.get().network) == ("–", "", "")
    assert given.revoked_at
    assert LogEntry.objects.filter(object_id=str(ann.pk)).count() == 2
    assert not LogEntry.objects.filter(object_repr__contains="Ann").exists()


def test_passes_that_were_mailed_to_an_earlier_address_are_theirs_too(client, edna):
    ann, article = make_journalist(), make_article()
    [(given, _token)] = passes.make(article, edna, [{"name": "Ann Reed", "outlet": "", "email": ann.email}], ["en"])
    sending = Sending.objects.create(article=article, kind=Sending.Kind.EMBARGO)
    PressDelivery.objects.create(
        sending=sending, journalist=ann, article=article, language="en", kind=sending.kind, number=1, given=given,
        due_at=timezone.now(), sent_at=timezone.now(),
    )  # fmt: skip
    Journalist.objects.filter(pk=ann.pk).update(email="a.reed@example.org")
    ann.refresh_from_db()
    assert len(journalists.data_of(ann)["embargo_passes"]) == 1
    journalists.erase(ann, edna)
    given.refresh_from_db()
    assert (given.name, given.email) == ("–", "")
    assert given.revoked_at


def test_filters_find_by_region_topic_and_consent(client, edna):
    region, topic = make_region(), make_topic()
    make_journalist("a@example.org", "Ann", regions=[region])
    make_journalist("b@example.org", "Bob", topics=[topic], consent_on=None, consent_source="")
    make_journalist("c@example.org", "Cid", switched_off_at=timezone.now())
    for query, name in (
        (f"region={region.pk}", "Ann"), (f"topic={topic.pk}", "Bob"), ("consent=no", "Bob"), ("address=refused", "Cid"),
        ("q=c@example.org", "Cid"),
    ):  # fmt: skip
        page = client.get(f"{ADMIN}?{query}")
        assert [row.name for row in page.context["cl"].result_list] == [name], query
        assert f"{name}," in client.get(f"{ADMIN}export.csv?{query}").content.decode()


def test_the_list_needs_the_same_number_of_queries_for_ten_rows_and_for_twenty(client, edna):
    client.get("/admin/")  # the first request of a session notes it
    numbers = []
    for count in (10, 20):
        for number in range(count):
            make_journalist(f"{count}.{number}@example.org", topics=[make_topic()])
        with CaptureQueriesContext(connection) as queries:
            client.get(ADMIN)
            client.get(f"{ADMIN}export.csv")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
