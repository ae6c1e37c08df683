"""A form that is saved as it was opened changes nothing and says so, whoever saves it and whatever it is about.

What is sent is read from the HTML of the page (tests/forms.py), so the rows and fields that are only shown are not
sent, as no browser sends them.
"""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import reverse

from tests.cast import make_user
from tests.forms import errors, filled
from tests.newsroom import filled_tables

pytestmark = pytest.mark.django_db

ROLES = ["writer", "translator", "editor", "approver"]
NOBODY_WRITES = {
    "articles.importrun", "articles.deletedarticle", "articles.quote", "articles.subscription", "articles.delivery",
    "articles.sending", "newsroom.invitation",
}  # fmt: skip
NOTHING_CHANGED = {"en": "Nothing was changed.", "ar": "لم يتغيّر شيء."}
LOGGED = NOBODY_WRITES - {
    "articles.importrun",
    "articles.deletedarticle",
    "articles.quote",
    "articles.subscription",
    "articles.delivery",
}  # forms of django-axes: nothing in them can change, yet the log says so
# What a form shows to whom depends on this, and on the fields that are only shown.
SORTS = ["shown_state", "office_id", "language", "revises_id", "has_ended"]
# Staff with Django's own permissions, some of them for a part of a form alone.
PERMITTED = {
    "sees memberships": ["view_user", "change_user", "view_membership"],
    "adds memberships": ["change_user", "view_membership", "add_membership"],
    "deletes memberships": ["change_user", "view_membership", "delete_membership"],
    "changes the directory": ["change_office", "change_contact", "change_region", "change_country", "change_topic"],
    "changes pages": ["change_page", "change_image", "change_attachment", "view_topic"],
}
MEMBERS = [
    "writer",
    "trusted writer of one office",
    "trusted translator of one office",
    "editor",
    "approver of one office",
]


def log_in(client, who, office):
    """A superuser, a member, or staff with permissions."""
    if who == "superuser":
        user = make_user("ada", is_staff=True, is_superuser=True)
    elif who in PERMITTED:
        user = make_user("grace", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=PERMITTED[who]))
    else:
        role = next(word for word in who.split() if word in ROLES)
        own = office if who.endswith("one office") else None
        user = make_user("edna", role, office=own, trust="trusted" if "trusted" in who else "to-review")
    client.force_login(user)
    client.get("/admin/")  # the first request of a session notes it
    return user


def forms(user, is_every_row):
    """(name of the model, row, address of its form, whether the user may change the row).

    Of rows of one sort, whose forms differ in words alone, the first one, unless every row is asked for.
    """
    request = type("Request", (), {"user": user})
    for model, registered in admin.site._registry.items():
        name, known = f"admin:{model._meta.app_label}_{model._meta.model_name}_change", set()
        for row in model._default_manager.order_by("pk"):
            may_change = registered.has_change_permission(request, row)
            sort = may_change, *registered.get_readonly_fields(request, row), *(getattr(row, one, "") for one in SORTS)
            if is_every_row or sort not in known:
                yield model._meta.label_lower, row, reverse(name, args=[row.pk]), may_change
            known.add(sort)


def save_all(client, user, language="en", is_every_row=False):
    """Open and save every form; the names of the models whose forms could be saved.

    What the user may not change is posted once for each model: test_admin_doors.py knocks at all such doors.
    """
    saved, refused = set(), set()
    before = filled_tables.stored()
    for name, row, address, may_change in forms(user, is_every_row):
        if not may_change and name in refused:
            continue
        with filled_tables.writes() as written:
            if may_change:
                page = client.get(address)
                answer = client.post(address, filled(page))
                assert answer.status_code == 302, (name, row, errors(answer))
                said = [str(message) for message in get_messages(answer.wsgi_request)]
                assert name in LOGGED or said[-1] == NOTHING_CHANGED[language], (name, row)
                saved.add(name)
            else:
                assert client.post(address, {"_save": "Save"}).status_code in (302, 403), (name, row)
                refused.add(name)
        if name in LOGGED:
            LogEntry.objects.all().delete()
        assert changes(before, filled_tables.stored(written)) == {}, (name, row)
    assert changes(before, filled_tables.stored()) == {}
    return saved


def changes(before, after):
    return {table: set(after[table]) ^ set(before[table]) for table in after if after[table] != before[table]}


@pytest.fixture
def office(db):
    return filled_tables.fill()


def test_every_form_saved_unchanged_changes_nothing(client, office):
    saved = save_all(client, log_in(client, "superuser", office), is_every_row=True)
    assert saved | NOBODY_WRITES == {model._meta.label_lower for model in admin.site._registry}


# Who may do less has the same forms with fewer fields: what they store on the other database, the test above shows.
@pytest.mark.one_database
@pytest.mark.parametrize("people", [MEMBERS, list(PERMITTED)], ids=["members", "permitted"])
def test_so_it_is_for_everybody_who_may_do_less(client, office, people):
    """One after another, on the same rows: nobody changes them."""
    for who in people:
        with transaction.atomic():
            assert save_all(client, log_in(client, who, office)), who
            transaction.set_rollback(True)


@pytest.mark.one_database
def test_so_it_is_in_another_language_of_the_desk(client, office, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    user = log_in(client, "superuser", office)
    assert {"articles.article", "contacts.office"} <= save_all(client, user, "ar")
