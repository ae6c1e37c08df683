"""What `python -m tests` needs is found or installed, in a known order, or the command says what to do."""

from pathlib import Path

import psycopg
import pytest

from tests import chromium, postgres

pytestmark = pytest.mark.one_database


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine with neither browser nor server, on which nothing can be installed."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    monkeypatch.setattr(chromium, "PLACES", ())
    monkeypatch.setattr(chromium, "_npm_folder", lambda: tmp_path)
    for name in ("_playwrights_own", "_by_apt", "_by_playwright", "_by_npm"):
        monkeypatch.setattr(chromium, name, lambda: None)
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setattr(postgres, "find_spec", lambda name: None)


def test_without_any_browser_the_command_says_what_to_do(bare):
    with pytest.raises(chromium.NotFound, match="apt-get install chromium"):
        chromium.find_or_install()


def test_the_path_in_the_environment_wins_and_a_wrong_one_is_no_silent_fallback(bare, monkeypatch, tmp_path):
    browser = tmp_path / "browser"
    monkeypatch.setenv("CHROMIUM", str(browser))
    with pytest.raises(chromium.NotFound, match="is no file"):
        chromium.find_or_install()
    browser.write_text("")
    assert chromium.find_or_install() == str(browser)


def test_what_is_missing_is_installed_by_the_first_way_that_works(bare, monkeypatch, tmp_path):
    def install():
        (tmp_path / "chromium").write_text("")

    monkeypatch.setattr(chromium, "_by_playwright", install)
    assert chromium.find_or_install() == str(tmp_path / "chromium")


def test_without_any_server_the_command_says_what_to_do(bare):
    with pytest.raises(postgres.NotFound, match="apt-get install postgresql"):
        postgres.binaries()


def test_debian_s_newest_server_is_taken_before_the_wheel_s(bare, monkeypatch, tmp_path):
    for version in ("9.6", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").write_text("")
    assert postgres.binaries() == tmp_path / "17" / "bin"


def test_the_server_of_the_wheel_starts_and_leaves_nothing_behind(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    folders = []
    monkeypatch.setattr(postgres.tempfile, "mkdtemp", spied(postgres.tempfile.mkdtemp, folders))
    with postgres.server() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT upper('é')").fetchone() == ("É",)
    assert not Path(folders[0]).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def spied(function, results):
    def call(*arguments, **options):
        results.append(function(*arguments, **options))
        return results[-1]

    return call
