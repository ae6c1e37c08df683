"""The smaller copies are made in the background: claimed once, again after a kill, and without a second look at work."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from articles.media import background, cleanup, images, renditions
from articles.models import Copies, Image
from tests import files
from tests.articles.media import killed_process
from tests.articles.media.killed_process import KILLER
from tests.cast import create_image

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def own_priority(monkeypatch):
    """The command gives way to readers; all tests after it in this process would, too."""
    monkeypatch.setattr(os, "nice", lambda by: None)


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


def remove(image):
    """Delete a picture as the admin and `--undo` do: the row, then its files."""
    Image.objects.filter(pk=image.pk).delete()
    cleanup.delete_files([image.file.name])


def files_of(image):
    folder = default_storage.path(f"renditions/{image.sha256}")
    return os.listdir(folder) if os.path.isdir(folder) else []


def test_a_picture_that_is_deleted_during_the_work_leaves_no_copies(monkeypatch):
    image, make = make_image(), renditions.resize.renditions

    def slow(*arguments):
        remove(image)
        return make(*arguments)

    monkeypatch.setattr(renditions.resize, "renditions", slow)
    assert renditions.make_due() == (0, [])
    assert files_of(image) == []


def test_a_picture_that_is_deleted_and_uploaded_again_during_the_work_keeps_its_copies(monkeypatch):
    image, make = make_image(), renditions.resize.renditions

    def slow(*arguments):
        monkeypatch.undo()
        remove(image)
        make_image()
        return make(*arguments)

    monkeypatch.setattr(renditions.resize, "renditions", slow)
    renditions.make_due()
    assert copies() == ["made"]
    assert "40.webp" in files_of(image)


def test_a_picture_that_gets_another_file_during_the_work_is_still_due(monkeypatch):
    image, make = make_image(), renditions.resize.renditions

    def slow(*arguments):
        other = Image.objects.get(pk=image.pk)
        images.fill(other, images.check(files.picture(50, 30), "other.jpg")).save()
        return make(*arguments)

    monkeypatch.setattr(renditions.resize, "renditions", slow)
    renditions._store(*next(renditions._results(renditions.claimed(), 1)))
    assert copies() == ["due"]
    assert Image.objects.get().renditions == {}
    assert files_of(image) == []


def test_a_deleted_picture_is_no_failure(monkeypatch, caplog):
    make_image()
    monkeypatch.setattr(renditions, "_arguments", lambda image: remove(image) or default_storage.open(image.file.name))
    assert renditions.make_due() == (0, [])
    assert caplog.messages == []


def test_a_picture_that_is_deleted_before_its_copies_are_begun_is_passed_over(monkeypatch):
    first, second = make_image(1), make_image(2)
    update = QuerySet.update

    def claim(rows, **values):
        claimed = update(rows, **values)
        if values.get("copies_claimed_until"):
            Image.objects.filter(pk=second.pk).delete()
        return claimed

    monkeypatch.setattr(QuerySet, "update", claim)
    assert list(renditions.claimed()) == [first]


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


OTHERS = (41, 42, 43, 44, 45, 46)  # widths of pictures


def make_images(*widths):
    return [create_image(files.picture(width, 30), "R. Painter") for width in widths]


@pytest.mark.parametrize("is_newest", [True, False])
def test_a_picture_that_kills_its_process_fails_alone(monkeypatch, is_newest):
    monkeypatch.setattr(renditions, "WORKERS", 2)
    monkeypatch.setattr(renditions, "resize", killed_process)
    images = make_images(*OTHERS[:3], KILLER, *OTHERS[3:]) if is_newest else make_images(KILLER, *OTHERS)
    killer = next(image for image in images if image.width == KILLER)
    made, failed = renditions.make_due()
    assert (made, [image for image, _error in failed]) == (len(OTHERS), [killer])
    assert {image.pk: image.copies for image in Image.objects.exclude(copies="made")} == {killer.pk: "failed"}


def test_a_picture_that_killed_the_process_of_the_server_is_tried_last_and_in_another_process(monkeypatch):
    monkeypatch.setattr(renditions, "WORKERS", 1)
    other, killer = make_images(OTHERS[0], KILLER)
    assert next(renditions.claimed()) == killer
    Image.objects.filter(pk=killer.pk).update(copies_claimed_until=timezone.now() - timedelta(seconds=1))
    assert [image.pk for image in renditions.claimed()] == [other.pk, killer.pk]
    Image.objects.update(copies_claimed_until=None)
    Image.objects.filter(pk=killer.pk).update(copies_claimed_until=timezone.now() - timedelta(seconds=1))
    monkeypatch.setattr(renditions, "resize", killed_process)
    made, failed = renditions.make_due()
    assert (made, [image for image, _error in failed]) == (1, [killer])


def test_the_child_ends_with_the_server(monkeypatch):
    for number in range(2):
        make_image(number)
    parents = iter([1, 1, 2])
    monkeypatch.setattr("articles.management.commands.renditions.os.getppid", lambda: next(parents, 2))
    for number in range(2, 4):
        make_image(number)
    monkeypatch.setattr(renditions, "WORKERS", 1)
    call_command("renditions", "--background")
    assert copies().count("made") == 2


def test_resizing_needs_no_django():
    script = "import sys, articles.media.resize; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
