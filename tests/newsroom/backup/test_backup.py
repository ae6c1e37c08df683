"""A backup, and the site from it again: on an empty machine, instead of what is there, damaged, made meanwhile."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import count

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.listing import in_memory
from articles.media.storage import sha256
from articles.models import (
    AlertPosition,
    Announcement,
    Article,
    BackgroundJob,
    Delivery,
    Image,
    Subscriber,
    Subscription,
)
from newsroom.backup import database, sets
from newsroom.doctor.background import BACKUP
from tests import files
from tests.cast import create_image, make_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)
MOMENT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def run(command, *arguments):
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


# What a restore writes itself: that lists and pages have changed, and that alerts begin anew.
WRITTEN = {"articles_listchange", "articles_alertposition", "newsroom_siteversion", "django_session", "sqlite_sequence"}


def content():
    """{table or name of a file: SHA-256 of all that it holds}"""
    found = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - WRITTEN:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sha256(str(sorted(map(str, cursor.fetchall()))).encode())
    for name in Image.objects.values_list("file", flat=True):
        with default_storage.open(name) as file:
            found[name] = sha256(file.read())
    return found


def lose_everything():
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(default_storage.location)
    in_memory.forget()


@pytest.fixture
def article(db):
    make_user("edna", is_staff=True)
    article = make_article(headline="The river rises", slug="the-river-rises")
    article.lead_image = create_image(files.picture(), "Ana")
    article.save()
    return article


def test_an_empty_machine_becomes_the_same_newsroom(article, client, tmp_path):
    page, feed = f"/en/news/{article.slug}/", client.get("/en/news/feed.atom").content
    before = content()
    assert "media files" in run("backup", tmp_path)
    lose_everything()
    assert client.get(page).status_code == 404

    assert "Restored the backup" in run("restore", tmp_path)
    assert content() == before
    assert client.get(page).status_code == 200
    assert client.get("/en/news/feed.atom").content == feed
    client.post("/admin/login/?next=/admin/", {"username": "edna", "password": "a long password"})
    assert client.session["_auth_user_id"] == str(get_user_model().objects.get(username="edna").pk)
    assert "all are whole" in run("verify_editions")


def test_the_next_backup_copies_new_files_only_and_old_ones_are_deleted(article, tmp_path, monkeypatch):
    days = count()
    monkeypatch.setattr(timezone, "now", lambda: MOMENT + timedelta(days=next(days)))
    run("backup", tmp_path)
    create_image(files.picture(900, 700), "Ben")
    kept = {path for path in (tmp_path / "media").rglob("*") if path.is_file()}
    first = next(iter(kept)).stat()
    assert " 1 of them new" in run("backup", tmp_path)
    assert next(iter(kept)).stat().st_mtime_ns == first.st_mtime_ns
    Image.objects.filter(credit="Ben").delete()
    gone = sets.all_of(tmp_path)[1].sums.keys() - sets.all_of(tmp_path)[0].sums.keys()
    for name in gone:
        default_storage.delete(name)
    assert BackgroundJob.objects.get(name=BACKUP).succeeded_at == MOMENT + timedelta(days=1)
    assert "Older backups deleted: 2" in run("backup", tmp_path, "--keep", 1)
    assert [one.at for one in sets.all_of(tmp_path)] == [MOMENT + timedelta(days=2)]
    assert {path for path in (tmp_path / "media").rglob("*") if path.is_file()} == kept


def test_content_is_replaced_only_on_request(article, tmp_path):
    run("backup", tmp_path)
    Article.objects.filter(pk=article.pk).update(headline="Written since")
    with pytest.raises(CommandError, match="--replace"):
        run("restore", tmp_path)
    assert Article.objects.get().headline == "Written since"
    run("restore", tmp_path, "--replace")
    assert Article.objects.get().headline == "The river rises"


def test_damage_is_found_and_a_damaged_copy_is_not_restored(article, tmp_path):
    run("backup", tmp_path)
    [backup] = sets.all_of(tmp_path)
    assert "all files are whole" in run("backup", tmp_path, "--check")
    picture = backup.media / article.lead_image.file.name
    picture.write_bytes(picture.read_bytes()[:-1])
    with pytest.raises(CommandError, match="Files that are wrong: 1"):
        run("backup", tmp_path, "--check")
    lose_everything()
    with pytest.raises(CommandError, match="Faults: 1"):
        run("restore", tmp_path)
    assert Article.objects.get().headline == "The river rises"

    copy = backup.folder / database.FILE[connection.vendor]
    copy.write_bytes(copy.read_bytes()[:-100])
    with pytest.raises(CommandError, match="damaged; nothing was restored"):
        run("restore", tmp_path, "--replace")
    assert Article.objects.exists()


def test_what_cannot_fit_is_refused_before_anything_changes(article, tmp_path):
    run("backup", tmp_path)
    [backup] = sets.all_of(tmp_path)
    about = backup.about
    for changes, told in (
        ({"migrations": about["migrations"] | {"articles": "9999_of_tomorrow"}}, "newer version of the software"),
        ({"database": "another"}, "export_fixture"),
    ):
        (backup.folder / sets.ABOUT).write_text(json.dumps(about | changes))
        with pytest.raises(CommandError, match=told):
            run("restore", tmp_path, "--replace")
    with pytest.raises(CommandError, match="no backup"):
        run("restore", tmp_path / "media")


def test_a_backup_that_failed_leaves_none_behind(article, tmp_path, monkeypatch):
    def fail(folder):
        raise database.Failed("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(database, "dump", fail)
        with pytest.raises(CommandError, match="No backup was made: the disk is full"):
            run("backup", tmp_path)
    assert sets.all_of(tmp_path) == []
    with sets.alone(tmp_path), pytest.raises(CommandError, match="another backup"):
        run("backup", tmp_path)
    run("backup", tmp_path)
    assert not list(tmp_path.glob(f"{sets.UNFINISHED}*"))


@pytest.mark.parametrize("send", [False, True])
def test_what_waited_is_sent_again_on_request_only(article, tmp_path, send):
    reader = Subscriber.objects.create(email="reader@example.org")
    told = {"subscriber": reader, "subscription": Subscription.objects.create(subscriber=reader, language="en")}
    told["announcement"] = Announcement.objects.create(article=article, kind=Announcement.Kind.PUBLISHED)
    Delivery.objects.create(due_at=timezone.now(), **told)
    AlertPosition.objects.create(pk=1)
    run("backup", tmp_path)
    lose_everything()
    out = run("restore", tmp_path, *["--send-waiting"] * send)
    assert "mails to subscribers 1" in out
    assert Delivery.objects.waiting().count() == send
    assert AlertPosition.objects.count() == send


def test_nobody_else_on_the_machine_can_read_a_backup(tmp_path):
    run("backup", tmp_path)
    folders = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert len(folders) == 2
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
