"""Every time that a page of the admin shows is that of the person who reads it, with the name of the place."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse

from articles.models import ImportRun, Webhook
from tests.cast import make_article, make_office, make_user
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
# What has a day and no time of the reader: numbers of days in UTC; a choice between two equal times of an office; the
# days on which contacts and offices end, at one moment everywhere.
IN_UTC = {
    "day (UTC)",
    "the first (%(time)s UTC)",
    "the second (%(time)s UTC)",
    "The day begins at midnight UTC, for all offices at once.",
    "The day ends at midnight UTC, for all offices at once.",
    "It ends at midnight UTC. From then on pages show the successor: with %(day)s, at once.",
    "From midnight UTC of this day on, its lists are its successor’s: with %(day)s, at once.",
}


@pytest.fixture
def nia(client):
    user = make_user("nia", "approver")
    user.memberships.create(role="writer", office=make_office("nairobi", "Nairobi", timezone="Africa/Nairobi"))
    user.is_superuser = True
    user.save()
    with time_machine.travel(NOON, tick=False):
        client.force_login(user)
        yield user


def test_lists_logs_and_messages(client, nia):
    webhook = Webhook.objects.create(name="Partner", address="https://partner.example.org/", failing_since=NOON)
    run = ImportRun.objects.create(source="a.jsonl")
    kind = ContentType.objects.get_for_model(nia)
    LogEntry.objects.create(user=nia, content_type=kind, object_id=nia.pk, action_flag=CHANGE)
    article = make_article(state="draft", headline="Rain")
    change = f"/admin/articles/article/{article.pk}/change/"
    opened = filled(client.get(change), headline="Rain again")
    client.post(change, opened)
    told = client.post(change, opened | {"headline": "Hail"}).content.decode()
    client.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})
    deleted = client.get("/admin/articles/deletedarticle/")
    pages = {
        "after you opened it": told,
        "webhook": client.get(f"/admin/articles/webhook/{webhook.pk}/log/").content.decode(),
        "import runs": client.get("/admin/articles/importrun/").content.decode(),
        "import run": client.get(f"/admin/articles/importrun/{run.pk}/change/").content.decode(),
        "deleted": deleted.content.decode(),
        "users": client.get("/admin/auth/user/").content.decode(),
        "history": client.get(f"/admin/auth/user/{nia.pk}/history/").content.decode(),
        "security": client.get(reverse("admin:security")).content.decode(),
    }
    [row] = deleted.context["cl"].result_list
    pages["deleted one"] = client.get(f"/admin/articles/deletedarticle/{row.pk}/change/").content.decode()
    for name, page in pages.items():
        assert "15:00 (Nairobi)" in page, name
        assert not re.search(r"12:00(?! UTC</span>)", re.sub("<[^>]+>", "", page)), name


def test_no_list_shows_a_moment_as_it_is_stored():
    for model, model_admin in admin.site._registry.items():
        moments = {field.name for field in model._meta.fields if isinstance(field, models.DateTimeField)}
        assert not moments & {*map(str, model_admin.list_display)}, model


def test_no_template_or_message_of_the_admin_says_utc():
    found = []
    for path in [*Path("templates/admin").rglob("*.html"), *Path("articles/admin").rglob("*.py"), *Path("contacts/admin").rglob("*.py")]:  # fmt: skip
        text = path.read_text()
        found += [(path, one) for one in ("|short_moment", "DATETIME_FORMAT") if one in text and path.suffix == ".html"]
        messages = re.findall(r'_\("([^"]*)"\)|translate "([^"]*)"|%}([^%{}]*(?:{{[^}]*}}[^%{}]*)*)', text)
        told = {next(filter(None, one), "").strip() for one in messages}
        found += [(path, one) for one in told - IN_UTC if re.search(r"\bUTC\b", one)]
    assert found == []
