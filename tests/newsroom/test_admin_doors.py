"""Every address of the admin, opened by every role: own rows, those of another office, those limited to other people.

A shut door writes nothing, and no page tells what its reader may not know.
"""

import logging
from dataclasses import replace

import pytest
from django.contrib import admin

from newsroom.env import TranslationService
from tests.cast import make_user

from .admin_doors import ADMIN, CENTRAL, DOORS, ROLES, SET_UP
from .doors_newsroom import SECRETS, Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def routes(patterns, prefix=""):
    """The routes of all addresses of the admin."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def test_every_address_is_in_the_table():
    assert set(routes(admin.site.get_urls())) == set(DOORS), "add or remove lines of tests/newsroom/admin_doors.py"


def test_an_account_without_a_membership_opens_nothing_of_articles(client):
    client.force_login(make_user("nobody", is_staff=True))
    pages = [
        route for route in DOORS if route.startswith("articles/") and "<" not in route and "/unsaved/" not in route
    ]
    assert len(pages) > 50
    for route in pages:  # 405: it only takes posts
        assert client.get(f"/admin/{route}").status_code in (403, 405), route


def leads_away(answer):
    """Whether it redirects to the desk, the log-in, or the question whether it is you."""
    return answer.status_code == 302 and answer.url.partition("?")[0] in (
        "/admin/",
        "/admin/login/",
        "/admin/login/it-is-me/",
    )


def is_shut(answer, expected):
    """Whether the answer is that of a shut door; a redirect to the log-in or the desk is one, too."""
    if answer.status_code == 200 and answer.templates:  # what somebody has typed is kept for after the log-in
        return answer.templates[0].name == "admin/login.html"
    if answer.status_code == 302:
        return expected == 302 or leads_away(answer)
    return answer.status_code in {expected, 403, 404, 405}


def is_open(answer, expected):
    """Where a shut door redirects, too, an open one shows its page (`expected`: 200)."""
    return answer.status_code in ((200,) if expected == 200 else (200, 302)) and not leads_away(answer)


def faults(room, role, route, door, whose, row):
    """What is wrong with the answers to this role."""
    is_seen = row is None or room.reaches(role, whose, door.of)
    for method, roles in (("get", door.get), ("post", door.post)):
        if not roles and whose not in ("", "own"):
            continue  # what is shut to everybody is so for every row
        may = role in roles and (is_seen or route.endswith("<path:object_id>/"))
        may = may or (method == "get" and role in roles and "{row}" in door.sent.values())
        changes = route.endswith("end/") or (method == "post" and route.endswith(("change/", "unsaved/")))
        if door.post_of_own and whose == "foreign" and changes:
            may = may and role in CENTRAL
        address = room.address(route, row, door.extra)
        answer, written = room.ask(role, method, address, room.sent(door, role, row) if method == "post" else None)
        body = b"" if answer.streaming else answer.content
        what = (role, method, address, whose, answer.status_code)
        if not (
            is_open(answer, 200 if method == "get" and door.shut == 302 else 0) if may else is_shut(answer, door.shut)
        ):
            yield (*what, "should be open" if may else "should be shut")
        if written and not may:
            yield (*what, f"writes {written}")
        for owner, secret in SECRETS.items():
            if secret in body and not room.reaches(role, owner, "article"):
                yield (*what, f"tells {secret}")


@pytest.fixture
def quiet():
    """Nothing is logged: the thousands of refusals would cost a third of the time."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def roles_for(whose):
    """Own rows are opened by every role, other rows by those that have the rights of all others together."""
    others = {"foreign": ("approver", "chief"), "limited": ("approver", "admin")}
    return others.get(whose, ROLES if whose in ("", "own") else ("admin",))


@pytest.mark.usefixtures("quiet")
def test_every_door_is_open_to_whom_the_table_says_and_shut_to_all_others(settings):
    settings.FOUR_EYES = True
    settings.TRANSLATION = TranslationService(
        "libretranslate", "http://127.0.0.1:9", "127.0.0.1", ""
    )  # does not answer
    room, found = Newsroom(), []
    for route, door in DOORS.items():
        for whose, row in room.rows[door.of].items() if door.of else [("", None)]:
            for role in roles_for(whose):
                found += faults(room, role, route, door, whose, row)
    assert not found, "\n".join(map(str, found))


@pytest.mark.usefixtures("quiet")
def test_nothing_opens_to_an_account_that_owes_its_second_factor_but_what_sets_it_up(settings):
    settings.SECOND_FACTOR = ["administrators"]
    room, found = Newsroom(), []
    for route, door in DOORS.items():
        opens = [
            ADMIN if (route in SET_UP and "admin" in roles) or "anonymous" in roles else frozenset()
            for roles in (door.get, door.post)
        ]
        owing = replace(door, get=opens[0], post=opens[1])
        found += faults(room, "admin", route, owing, "own", room.rows[door.of]["own"] if door.of else None)
    assert not found, "\n".join(map(str, found))


@pytest.mark.usefixtures("quiet")
def test_the_short_address_of_any_row_leads_to_its_public_page_or_to_none():
    room, found = Newsroom(), []
    for rows in room.rows.values():
        for role in ("writer", "admin"):
            for row in rows.values():
                address = room.address("r/<int:content_type_id>/<int:object_id>/", row, "")
                status = room.ask(role, "get", address, None)[0].status_code
                found += [(role, row, status)] if status not in (302, 404) else []
    assert found == []


QUESTIONS = [
    ("articles", "article", "redirect_to"),
    ("articles", "article", "lead_image"),
    ("articles", "articleimage", "image"),
    ("articles", "articleattachment", "attachment"),
    ("articles", "articlerecording", "recording"),
]


@pytest.mark.usefixtures("quiet")
def test_choices_lists_and_files_tell_nothing_either():
    room, found = Newsroom(), []
    pages = [f"/admin/articles/{name}/?q=SECRET" for name in ("article", "image", "attachment", "recording")]
    pages += [f"/admin/articles/article/?{filters}" for filters in ("state=draft", "state=limited", "state=copies")]
    pages += [
        f"/admin/autocomplete/?app_label={app}&model_name={name}&field_name={field}&term="
        for app, name, field in QUESTIONS
    ]
    live, french = room.live.pk, room.rows["translation"]["own"].pk
    own = ("change", "history", "history/compare", "review", "review-links", "passes", "preview")
    pages += [f"/admin/articles/article/{pk}/{name}/" for pk in (live, french) for name in own]
    pages += [f"/admin/articles/article/{live}/passes/openings.csv", "/admin/articles/article/translations/", "/admin/"]
    for role in ROLES[1:]:
        for page in pages:
            body = room.ask(role, "get", page, None)[0].content.replace(b"q=SECRET", b"")
            found += [(role, page, secret) for owner, secret in SECRETS.items()
                      if secret in body and not room.reaches(role, owner, "article")]  # fmt: skip
    for role in ROLES:
        for kind in ("image", "attachment", "recording"):
            for whose, file in room.rows[kind].items():
                answer = room.clients[role].get(f"/media/{file.file.name}")
                may = role != "anonymous" and room.reaches(role, whose, kind)
                found += (
                    [(role, file, whose, answer.status_code)] if answer.status_code != (200 if may else 404) else []
                )
                b"".join(answer.streaming_content) if answer.streaming else None
    assert found == []
