"""`manage.py demo`: one command from nothing to a newsroom with people in it, and no second one on top."""

import json
import socket
from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from articles.models import Article
from contacts.models import Country, Membership
from newsroom.demo import content
from newsroom.management.commands import demo as command
from tests.newsroom.servers import free_port


def article(slug, **fields):
    words = {"language": "en", "slug": slug, "headline": slug.title(), "body": "<p>Text.</p>", "regions": [["africa"]]}
    return {"model": "articles.article", "fields": words | {"office": ["nairobi"]} | fields}


OFFICE = {"code": "nairobi", "kind": "regional", "host_country": ["KEN"], "timezone": "Africa/Nairobi"}
RECORDS = [
    {"model": "contacts.office", "fields": OFFICE},
    {"model": "contacts.officetranslation", "fields": {"office": ["nairobi"], "language": "en", "name": "Nairobi"}},
    article("lake-level", state="approved", publish_at="2026-11-20T00:00:00Z"),
    article("harbour-talks", state="approved", publish_at="2026-11-23T09:00:00Z", press_from="2026-11-22T09:00:00Z"),
    article("dates-stay", state="draft", publish_at=None, body="<p>Since 2026-11-20T09:00:00Z.</p>"),
]


@pytest.fixture
def demo(db, settings, tmp_path, monkeypatch):
    settings.DEBUG = True
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "content.jsonl").write_text("\n".join(json.dumps(record) for record in RECORDS))
    monkeypatch.setattr(content, "CONTENT", folder)

    def run(*arguments):
        out = StringIO()
        call_command("demo", "--no-serve", *arguments, stdout=out, stderr=StringIO())
        return out.getvalue()

    return run


def test_an_empty_database_gets_places_articles_and_people(demo):
    shown = demo()
    assert (Country.objects.count(), Article.objects.count()) == (249, 3)
    assert list(Membership.objects.order_by("role").values_list("user__username", "role", "office__code")) == [
        ("aziz", "approver", None),
        ("edna", "editor", None),
        ("tara", "translator", None),
        ("walt", "writer", "nairobi"),
    ]
    admin = get_user_model().objects.get(username="admin")
    assert admin.is_superuser
    assert all(user.is_staff for user in get_user_model().objects.all())
    assert "walt   demo      writer (Nairobi)" in shown


def test_dates_move_so_that_the_day_of_writing_is_today(demo):
    demo()
    days = timezone.localdate() - content.WRITTEN
    moved = {row.slug: row for row in Article.objects.all()}
    assert moved["lake-level"].publish_at.date() == timezone.localdate()
    assert moved["harbour-talks"].publish_at.date() == date(2026, 11, 23) + days
    assert moved["harbour-talks"].publish_at - moved["harbour-talks"].press_from == timedelta(days=1)
    assert "2026-11-20T09:00:00Z" in moved["dates-stay"].body


def test_a_second_start_keeps_what_people_did(demo):
    demo()
    Article.objects.filter(slug="dates-stay").delete()
    user = get_user_model().objects.get(username="edna")
    user.set_password("a password of her own")
    user.save()
    shown = demo()
    assert not Article.objects.filter(slug="dates-stay").exists()
    assert "edna   as printed at the first start" in shown
    assert "walt   demo" in shown


@pytest.mark.parametrize("url", ["", "smtp://mail.example.org"])
def test_the_last_lines_are_the_addresses_and_the_accounts(demo, settings, monkeypatch, url):
    settings.EMAIL_URL, settings.EMAIL_FILE_PATH = url, "/here/mail"
    demo()
    monkeypatch.setattr(command.Command, "_serve", lambda self, port: None)
    out = StringIO()
    port = free_port()
    call_command("demo", f"--port={port}", stdout=out)
    before, _address, lines = out.getvalue().partition(f"  Site   http://localhost:{port}/\n")
    assert [line.split()[0] for line in lines.splitlines() if line] == [
        "Admin", "user", "admin", "edna", "walt", "tara", "aziz"
    ]  # fmt: skip
    assert ("Mails are written to files in /here/mail" in before) == (url == "")


def test_a_newsroom_of_somebody_s_own_gets_no_invented_people(demo):
    Article.objects.create(language="en", slug="ours", headline="Ours")
    assert "nothing was loaded" in demo()
    assert not get_user_model().objects.exists()


def test_an_account_with_a_name_of_the_demo_is_told_before_anything_is_loaded(demo):
    get_user_model().objects.create_superuser("admin")
    with pytest.raises(CommandError, match="accounts with names of the demo’s: admin"):
        demo()
    assert not Article.objects.exists()


def test_without_debug_it_refuses_until_told_and_then_invents_passwords(demo, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG is off"):
        demo()
    assert not Article.objects.exists()
    shown = demo("--yes")
    passwords = {line.split()[0]: line.split()[1] for line in shown.splitlines() if "demo" not in line and " (" in line}
    assert len(set(passwords.values())) == len(passwords) == 4
    for username, password in passwords.items():
        user = get_user_model().objects.get(username=username)
        assert user.check_password(password)
        assert not user.check_password("demo")


def test_a_taken_port_is_one_clear_line(demo):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            CommandError, match=f"^Port {port} is taken or not allowed: choose another with --port {port + 1}.$"
        ):
            call_command("demo", "--port", str(port))
    assert not Article.objects.exists()


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999"])
def test_a_number_that_is_no_port_is_one_clear_line(demo, port):
    with pytest.raises(CommandError, match=f"^Port {port} does not exist: ports are 1 to 65535.$"):
        call_command("demo", f"--port={port}")


def test_the_shipped_content_has_no_date_that_would_stay_behind():
    with content.dated_copy(content.WRITTEN + timedelta(days=400)) as folder:
        dates = set()
        for file in folder.glob("*.jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines():
                fields = json.loads(line)["fields"]
                dates |= {fields.get("publish_at"), fields.get("press_from")} - {None}
    newest_past = max(moment for moment in dates if moment[:10] <= "2027-12-25")
    assert newest_past[:10] == "2027-12-25"


@pytest.mark.parametrize("path", ["../manage.py", "%2e%2e/manage.py", "nothing.css", "", "/etc/passwd"])
def test_what_is_no_static_file_is_not_found(rf, path):
    from newsroom.management.commands.demo import StaticFiles

    response = StaticFiles(get_wsgi_application()).get_response(rf.get(f"/static/{path}"))
    assert response.status_code == 404
