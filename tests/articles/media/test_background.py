"""The smaller copies are made in the background: claimed once, again after a kill, and without a second look at work."""

import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from articles.media import background, renditions
from articles.models import Copies, Image
from tests import files
from tests.cast import create_image

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def started(monkeypatch):
    """The commands that would be started."""
    commands = []
    monkeypatch.setattr(background.subprocess, "run", lambda command, **options: commands.append(command))
    monkeypatch.setattr(background.connections, "close_all", lambda: None)
    return commands


def make_image(number=0):
    return create_image(files.picture(40 + number, 30), "R. Painter")


def copies():
    return list(Image.objects.order_by("pk").values_list("copies", flat=True))


def test_a_new_picture_is_due_and_made_by_the_command_of_the_server(started):
    make_image()
    assert copies() == ["due"]
    background.look()
    assert [command[2:] for command in started] == [["renditions", "--background"]]
    call_command(*started[0][2:])
    assert copies() == ["made"]
    background.look()
    assert len(started) == 1


def test_a_picture_is_claimed_by_one_process_only(started):
    first, second = make_image(1), make_image(2)
    mine, others = renditions.claimed(), renditions.claimed()
    assert next(mine) == second
    assert next(others) == first
    assert next(mine, None) is None
    background.look()
    assert started == []  # a process is at work


def test_what_a_killed_process_had_claimed_is_made_by_another(started):
    image = make_image()
    next(renditions.claimed())
    assert renditions.make_due()[0] == 0
    Image.objects.filter(pk=image.pk).update(copies_claimed_until=timezone.now() - timedelta(seconds=1))
    background.look()
    assert len(started) == 1
    assert renditions.make_due() == (1, [])


def test_a_killed_process_leaves_no_half_made_file(monkeypatch):
    image = make_image()

    def killed(source, target):
        raise KeyboardInterrupt

    monkeypatch.setattr("articles.media.storage.os.replace", killed)
    with pytest.raises(KeyboardInterrupt):
        renditions.make_due()
    monkeypatch.undo()
    assert copies() == ["due"]
    assert not default_storage.exists(f"renditions/{image.sha256}/40.webp")


def test_a_lost_file_is_reported_and_not_tried_for_ever(started):
    image = make_image()
    default_storage.delete(image.file.name)
    made, failed = renditions.make_due()
    assert (made, [one for one, _error in failed]) == (0, [image])
    assert copies() == ["failed"]
    background.look()
    assert started == []


def test_the_command_tries_failed_ones_again():
    image = make_image()
    Image.objects.update(copies=Copies.FAILED)
    assert renditions.mark_incomplete() == 1
    assert renditions.make_due()[0] == 1
    assert default_storage.exists(f"renditions/{image.sha256}/40.webp")


def test_a_focal_point_that_moves_during_the_work_is_due_again(monkeypatch):
    image = make_image()
    make = renditions.resize.renditions

    def slow(*arguments):
        Image.objects.filter(pk=image.pk).update(focal_x=0.9)
        return make(*arguments)

    monkeypatch.setattr(renditions.resize, "renditions", slow)
    results = renditions._results(renditions.claimed(), 1)
    renditions._store(*next(results))
    assert copies() == ["due"]
    monkeypatch.undo()
    renditions.make_due()
    image.refresh_from_db()
    assert (image.copies, image.renditions["focal"]) == ("made", "90-50")


def test_a_database_that_does_not_answer_is_asked_again(started, monkeypatch, caplog):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(renditions, "unclaimed", broken)
    background.look()
    assert "cannot be read" in caplog.text
    assert started == []


def test_the_child_ends_with_the_server(monkeypatch):
    for number in range(2):
        make_image(number)
    parents = iter([1, 1, 2])
    monkeypatch.setattr("articles.management.commands.renditions.os.getppid", lambda: next(parents, 2))
    monkeypatch.setattr("articles.management.commands.renditions.os.nice", lambda by: None)
    for number in range(2, 4):
        make_image(number)
    monkeypatch.setattr(renditions, "WORKERS", 1)
    call_command("renditions", "--background")
    assert copies().count("made") == 2


def test_the_thread_looks_at_once_when_it_is_woken(monkeypatch):
    looks = []
    monkeypatch.setattr(background, "look", lambda: looks.append(time.monotonic()))
    monkeypatch.setattr(background, "FIRST_LOOK", 0)
    background.start()
    background.start()
    until = time.monotonic() + 20
    while len(looks) < 2 and time.monotonic() < until:
        background.wake()
        time.sleep(0.01)
    background.stop()
    assert len(looks) >= 2


def test_resizing_needs_no_django():
    script = "import sys, articles.media.resize; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
