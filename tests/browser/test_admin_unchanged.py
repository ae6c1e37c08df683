"""A form that is opened in a real browser and saved at once changes nothing: scripts and editor leave it as it is."""

import pytest
from django.urls import reverse

from articles.models import Article, Image, Topic
from contacts.models import Contact, Office
from newsroom.models import Page
from tests.browser.settled import settle
from tests.cast import make_user
from tests.newsroom import filled_tables

PRESENCE = "contacts_openform"  # who has which form open: saving opens it again


@pytest.fixture
def desk(context, client, live_server, transactional_db):
    """Ada, a superuser, is logged in; every table has rows."""
    filled_tables.fill()
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


def test_a_form_saved_unchanged_changes_nothing(page, desk):
    articles = {slug: Article.objects.get(slug=slug) for slug in ("draft", "draft-ar", "scheduled", "live-ar")}
    articles["copy"] = Article.objects.exclude(revises=None).get()
    rows = [*articles.values(), *(table.objects.first() for table in (Office, Contact, Image, Topic))]
    page.goto("/admin/")  # the first request of a session notes it
    before = filled_tables.stored()
    for row in [*rows, Page.objects.get(code="history")]:
        table = f"{row._meta.app_label}_{row._meta.model_name}"
        page.goto(reverse(f"admin:{table}_change", args=[row.pk]))
        settle(page)
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_selector(".messagelist .info")
        after = filled_tables.stored() | {PRESENCE: before[PRESENCE]}
        changed = {name: set(after[name]) ^ set(before[name]) for name in after if after[name] != before[name]}
        assert changed == {}, row
