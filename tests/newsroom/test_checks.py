"""Mistakes of a deployment are told by `check`, each with an id and a hint."""

import errno
import os
from pathlib import Path

import pytest
from django.core.checks import INFO, run_checks

pytestmark = pytest.mark.one_database

STRONG = "Kq3Zt9vX1bN7mL5pR8sW2yD4fG6hJ0cAeUiOoPkTnBrVxMzQlSdYw"


@pytest.fixture
def told(settings, tmp_path):
    """The ids of our own findings, on a sound production site with some settings changed."""
    (tmp_path / "staticfiles.json").write_text("{}")
    sound = {
        "SECRET_KEY": STRONG,
        "ALLOWED_HOSTS": ["news.example.org"],
        "NEWSROOM_BASE_URL": "https://news.example.org",
        "EMAIL_URL": "smtp+tls://mail.example.org",
        "MEDIA_ROOT": tmp_path,
        "STATIC_ROOT": tmp_path,
        "DEBUG": False,
        "SECOND_FACTOR": ["everybody"],
    }

    def tell(deploy=True, **changes):
        for name, value in (sound | changes).items():
            setattr(settings, name, value)
        found = [message for message in run_checks(include_deployment_checks=deploy) if "newsroom." in message.id]
        assert all(message.hint for message in found)
        return sorted(message.id.removeprefix("newsroom.") for message in found)

    return tell


def test_a_sound_site_has_no_findings(told):
    assert told() == []


def test_debug_beyond_this_machine_is_refused_at_every_start(told):
    assert told(deploy=False, DEBUG=True) == ["E001"]
    assert told(deploy=False, DEBUG=True, ALLOWED_HOSTS=["localhost", "127.0.0.1"]) == []


@pytest.mark.parametrize(
    "url", ["news.example.org", "https://news.example.org/en/", "ftp://news.example.org", "https://["]
)
def test_a_base_url_that_is_no_origin_is_refused(told, url):
    assert told(deploy=False, NEWSROOM_BASE_URL=url) == ["E002"]


@pytest.mark.parametrize("key", ["short", "x" * 60])
def test_a_weak_secret_key_is_refused(told, key):
    assert told(SECRET_KEY=key) == ["E003"]


def test_a_media_folder_that_cannot_be_made_is_refused(told, tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert told(MEDIA_ROOT=tmp_path / "file" / "media") == ["E004"]
    assert told(MEDIA_ROOT=tmp_path / "not" / "yet" / "there") == []


def test_a_media_folder_inside_one_that_is_closed_to_this_user_is_refused(told, tmp_path, monkeypatch):
    closed, stat = tmp_path / "closed", os.stat

    def refuse(path, *args, **options):  # root may look into every folder
        if isinstance(path, (str, os.PathLike)) and closed in Path(path).parents:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, *args, **options)

    closed.mkdir()
    monkeypatch.setattr(os, "stat", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != closed)
    assert told(MEDIA_ROOT=closed / "media") == ["E004"]


def test_who_can_approve_by_a_password_alone_is_a_hint_and_no_finding(told):
    assert told(SECOND_FACTOR=[]) == ["I001"]
    assert told(SECOND_FACTOR=["administrators"]) == ["I001"]
    assert told(SECOND_FACTOR=["administrators", "approvers"]) == []
    assert told(SECOND_FACTOR=["administrators", "approvers"], TRUSTED_PUBLISH=True) == ["I001"]
    assert all(message.level == INFO for message in run_checks(include_deployment_checks=True) if "I001" in message.id)


def test_missing_static_files_are_noticed(told, tmp_path):
    assert told(STATIC_ROOT=tmp_path / "empty") == ["E005"]


def test_a_base_url_whose_host_the_site_refuses_is_a_warning(told):
    assert told(ALLOWED_HOSTS=["other.example.org"]) == ["W005"]
    assert told(ALLOWED_HOSTS=["[2001:db8::1]"], NEWSROOM_BASE_URL="https://[2001:db8::1]:8443") == []
    assert told(ALLOWED_HOSTS=[".example.org"]) == []


def test_links_without_an_address_and_mail_without_a_server_are_warnings(told):
    assert told(NEWSROOM_BASE_URL="", EMAIL_URL="") == ["W001", "W002"]
