import pytest


def pytest_configure():
    """Parts of pages are kept as in production, though DEBUG is on."""
    from django.conf import settings

    for part in ("template_fragments", "facets"):
        settings.CACHES[part]["BACKEND"] = settings.LOCAL_CACHE


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _lists_of_its_own():
    """A test's rows are taken back without a note, so what the process remembers of them goes, too."""
    from articles.listing import current
    from articles.listing.snapshot import archive

    archive.forget()
    current._next_try["at"] = 0


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings):
    """SQLite in a file, as in production: in memory its locks are other ones, and a live server would share them."""
    from django.db import connections

    connection = connections["default"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def cached(db, settings, monkeypatch):
    """The site as it is served: behind its page cache."""
    from newsroom import siteversion
    from newsroom.pagecache.keys import _parameters
    from tests.newsroom.cached import CountRenders, Site, middleware

    settings.PAGE_CACHE = 8 * 1024 * 1024
    settings.MIDDLEWARE = middleware()
    siteversion.watch.__init__()
    CountRenders.seen.clear()
    monkeypatch.setattr(CountRenders, "before", staticmethod(lambda request: None))
    _parameters.cache_clear()
    yield Site()
    siteversion.watch.__init__()


@pytest.fixture
def clock(monkeypatch):
    """It stands still, at a full second of today, until a test shifts it."""
    import time_machine
    from django.utils import timezone

    from tests.newsroom.cached import Clock

    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as wall:
        yield Clock(wall, monkeypatch)
