"""`manage.py doctor`: each check finds its fault and says what to do; what is sound has no findings."""

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django.utils import timezone

from articles import jobs
from articles.models import BackgroundJob, Image, Notice, Recipient, SearchEntry
from newsroom import checks
from newsroom.doctor import caching, configuration, database, run, storage
from tests.cast import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sound(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(configuration, "run_checks", lambda **options: [])
    settings.MEDIA_ROOT, settings.ALARM_EMAIL = tmp_path, ["ops@example.org"]
    note_all_jobs()


def note_all_jobs(at=None):
    for job in jobs.registered():
        BackgroundJob.objects.note(job.name, succeeded_at=at or timezone.now())


def ago(**how_long):
    return timezone.now() - timedelta(**how_long)


def wrong():
    """{check: {what}} of all that was found, notes included; every finding says what to do."""
    found = {}
    for result in run.run():
        for finding in result.findings:
            assert finding.sentence.endswith(".")
            assert finding.remedy
            found.setdefault(result.check.name, set()).add(finding.what)
    found.pop("fonts", None)  # of the machine
    return found


def doctor(capsys, *options):
    """(exit code, what it printed)"""
    try:
        call_command("doctor", *options)
    except SystemExit as end:
        return end.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_a_sound_site_fits_on_a_page_with_exit_code_0(capsys):
    assert wrong() == {}
    code, text = doctor(capsys)
    assert (code, text.splitlines()[-1]) == (0, "Nothing is wrong.")
    assert len(text.splitlines()) < 40


def test_what_is_wrong_is_told_with_its_remedy_and_exit_code_1(capsys):
    make_article(state="in_review", publish_at=ago(hours=1))
    code, text = doctor(capsys)
    assert code == 1
    assert "WRONG due articles     1 article is due for more than ten minutes and still in review." in text
    code, text = doctor(capsys, "--json")
    checks = {one["check"]: one for one in json.loads(text)["checks"]}
    assert (code, checks["due articles"]["state"], checks["search index"]["state"]) == (1, "wrong", "ok")
    assert checks["due articles"]["findings"][0]["remedy"]


def test_articles_that_are_late(settings):
    live = make_article(slug="live")
    make_article(slug="review", state="in_review", publish_at=ago(minutes=5))
    assert wrong() == {}  # nobody is alarmed by five minutes
    make_article(revises=live, slug=live.slug, publish_at=ago(hours=1))
    make_article(slug="embargo", state="in_review", press_from=ago(hours=1), publish_at=ago(hours=-1))
    assert wrong() == {"due articles": {"editions", "embargo past and not approved"}}


def test_background_jobs_that_stand_still_or_fail():
    BackgroundJob.objects.filter(name="mail").update(succeeded_at=ago(hours=2))
    BackgroundJob.objects.note("enquiries", failed_at=timezone.now(), error="TimeoutError")
    BackgroundJob.objects.note("webhooks", failed_at=timezone.now(), error="TimeoutError")
    assert wrong() == {"background jobs": {"mail stands"}}  # one failure is none
    BackgroundJob.objects.note("alarms", failed_at=timezone.now(), error="TimeoutError")
    BackgroundJob.objects.filter(name="webhooks").update(succeeded_at=ago(minutes=15))
    assert wrong() == {"background jobs": {"mail stands", "webhooks fails"}}
    note_all_jobs(ago(hours=12))
    assert wrong() == {"background jobs": {"none"}}
    BackgroundJob.objects.all().delete()
    assert wrong() == {"background jobs": {"none"}}


def test_a_job_that_may_take_long_is_no_fault():
    BackgroundJob.objects.filter(name="smaller copies").update(succeeded_at=ago(hours=2))
    assert wrong() == {}


def test_mails_that_stay():
    recipient = Recipient.objects.create(user=make_user())
    Notice.objects.create(recipient=recipient, article=make_article(state="draft"), kind="assigned")
    assert wrong() == {}
    Notice.objects.update(created_at=ago(hours=2))
    assert wrong() == {"mails": {"to editors"}}
    Recipient.objects.update(mails="daily")
    assert wrong() == {}  # it waits for the morning


def test_an_article_that_searches_do_not_find():
    make_article()
    SearchEntry.objects.all().delete()
    assert wrong() == {"search index": {"lacks"}}


def test_pictures_that_nobody_makes_smaller():
    Image.objects.create(file="original/a.jpg", credit="O. Photographer", created_at=ago(hours=3))
    assert wrong() == {"pictures": {"waiting"}}
    Image.objects.update(copies="failed")
    assert wrong() == {"pictures": {"failed"}}


def test_a_backup_that_is_old():
    BackgroundJob.objects.note("backup", succeeded_at=ago(days=2))
    assert wrong() == {"backup": {"old"}}


def test_a_clock_that_was_wrong():
    BackgroundJob.objects.note("mail", succeeded_at=ago(hours=-1))
    assert wrong() == {"clock": {"future"}}


def test_disks(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(storage.shutil, "disk_usage", lambda folder: SimpleNamespace(free=10_000))
    settings.MEDIA_ROOT = tmp_path / "not" / "there" / "yet"
    assert "media files" in wrong()["free space"]

    def refuse(**options):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(storage.tempfile, "TemporaryFile", refuse)
    assert wrong()["media files"] == {"refused"}


def test_a_cache_that_does_not_answer(settings, monkeypatch):
    monkeypatch.setattr(caching.cache, "set", lambda *args, **options: 1 / 0)
    assert wrong() == {"cache": {"away"}}


def test_settings_and_translations_that_are_missing(settings, monkeypatch):
    settings.ALARM_EMAIL, settings.SECRET_KEY = [], "short"
    monkeypatch.setattr(configuration, "run_checks", lambda **options: checks.secret_key_is_strong(None))
    monkeypatch.setattr(configuration, "ASKED", "A text that no catalogue has")
    assert wrong() == {"settings": {"newsroom.E003", "alarms"}, "translations": {"fr", "es", "ar", "ru", "zh"}}


class Robots(BaseHTTPRequestHandler):
    """A site that has only a robots.txt."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.server.text.encode())

    def log_message(self, *args):
        pass


def test_an_address_that_leads_elsewhere(settings):
    with HTTPServer(("127.0.0.1", 0), Robots) as site:
        settings.NEWSROOM_BASE_URL = base = f"http://127.0.0.1:{site.server_port}"
        Thread(target=site.serve_forever, args=[0.01], daemon=True).start()
        site.text = f"User-agent: *\n\nSitemap: {base}/sitemap.xml\n"
        assert wrong() == {}
        site.text = "Sitemap: https://another.example.org/sitemap.xml"
        assert wrong() == {"base address": {"another"}}
        site.shutdown()
    assert wrong() == {"base address": {"away"}}


def test_a_pending_migration(monkeypatch):
    monkeypatch.setattr(database, "pending_migrations", lambda: 3)
    assert wrong() == {"migrations": {"pending"}}


def test_a_database_that_cannot_store_every_language(monkeypatch):
    ask, is_postgresql = database._value, connections["default"].vendor == "postgresql"
    monkeypatch.setattr(
        database, "_value", lambda sql, *using: "SQL_ASCII" if sql == "SHOW server_encoding" else ask(sql, *using)
    )
    assert wrong() == ({"database": {"encoding"}} if is_postgresql else {})


def test_a_replica_that_is_behind(monkeypatch):
    monkeypatch.setattr(database, "replica_lag", lambda: 90)
    assert wrong() == {"replica": {"behind"}}


def test_without_a_database_the_rest_is_looked_at(capsys, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(type(connections["default"]), "cursor", refuse)
        code, text = doctor(capsys)
    assert code == 1
    assert "The database does not answer: connection refused." in text
    assert "?     background jobs" in text
    assert "ok    translations" in text


def test_a_check_that_fails_hides_no_other(monkeypatch):
    monkeypatch.setattr(database, "pending_migrations", lambda: 1 / 0)
    make_article(state="in_review", publish_at=ago(hours=1))
    assert wrong() == {"migrations": {"failed"}, "due articles": {"in review past its hour"}}


def test_mail_to_nobody_is_refused(settings):
    settings.ALARM_EMAIL = []
    with pytest.raises(CommandError, match="ALARM_EMAIL"):
        call_command("doctor", "--mail")
