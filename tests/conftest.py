from itertools import count

import pytest
from hypothesis import HealthCheck, settings

# How many inputs a Hypothesis test tries. Slow tests take a share: @settings(max_examples=settings().max_examples // 4).
ANY_SPEED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
COMMON = {"deadline": None, "suppress_health_check": [*ANY_SPEED, HealthCheck.function_scoped_fixture]}
settings.register_profile("short", max_examples=100, derandomize=True, **COMMON)  # the same inputs in every run
settings.register_profile("thorough", max_examples=1000, print_blob=True, **COMMON)
settings.load_profile("short")
_numbers = count(1)


PARTS = ("SQLite", "PostgreSQL", "Browser")
BESIDE_BROWSER = ("tests/newsroom/", "tests/articles/importing/from_text/")


def pytest_addoption(parser):
    parser.addoption(
        "--part", choices=PARTS, help="only the tests that `python -m tests` leaves to this one of its runs"
    )


def pytest_collection_modifyitems(config, items):
    if part := config.getoption("--part"):
        config.hook.pytest_deselected(items=[item for item in items if part not in _parts(item)])
        items[:] = [item for item in items if part in _parts(item)]


def _parts(item):
    """The runs that have this test: those of both databases, but for what one database is enough for.

    That are browser tests, and files marked one_database, which prove nothing of a database: these run on SQLite. Those
    of BESIDE_BROWSER are in the run of the browser tests, so that the three runs take about the same time.
    """
    if item.nodeid.startswith("tests/browser/"):
        return ["Browser"]
    if not item.get_closest_marker("one_database"):
        return ["SQLite", "PostgreSQL"]
    return ["Browser" if item.nodeid.startswith(BESIDE_BROWSER) else "SQLite"]


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own(settings, tmp_path_factory):
    """The folder is made when something is stored: most tests store nothing."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media" / str(next(_numbers))


@pytest.fixture(autouse=True)
def _default_language(settings):
    """The test client leaves the language of its last page active."""
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords():
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _lists_of_its_own():
    """A test's rows are taken back without a note, so what the process remembers of them goes, too."""
    from articles.listing import in_memory

    in_memory.forget()


@pytest.fixture(autouse=True)
def _present_of_its_own():
    """A test goes to other times, earlier ones, too."""
    from contacts import clock

    clock.forget()


@pytest.fixture
def client(client):
    """What a test has asked for and not read is read in the end: that closes its file."""
    ask, streams = client.request, []

    def request(**environment):
        response = ask(**environment)
        if response.streaming:
            streams.append(response)
        return response

    client.request = request
    yield client
    for response in streams:
        b"".join(response.streaming_content)


@pytest.fixture(scope="module")
def shared_rows(django_db_setup, django_db_blocker):
    """The database for rows that all tests of a file find as they were made: a fixture of scope "module" makes them.

    What a test changes is taken back after it, the rows after the file's last test. They have no files, since each
    test has a MEDIA_ROOT of its own, and a test reads them anew, since objects in memory remember what others did.
    """
    from django.db import transaction

    rows = transaction.atomic()
    rows._from_testcase = True  # as in Django's TestCase: durable blocks are allowed within
    with django_db_blocker.unblock(), rows:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings):
    """SQLite in a file, as in production: in memory its locks are other ones, and a live server would share them."""
    from django.db import connections

    connection = connections["default"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """At the end nobody is connected to the database any more, so that it can be dropped."""
    from tests.sessions import end_other_sessions

    yield
    with django_db_blocker.unblock():
        end_other_sessions()


@pytest.fixture
def cached(db, settings, monkeypatch):
    """The site as it is served: behind its page cache."""
    from newsroom.pagecache import siteversion
    from newsroom.pagecache.keys import _view
    from tests.newsroom.cached import CountRenders, Site, middleware

    settings.PAGE_CACHE = 8 * 1024 * 1024
    settings.MIDDLEWARE = middleware()
    siteversion.watch.__init__()
    CountRenders.seen.clear()
    monkeypatch.setattr(CountRenders, "before", staticmethod(lambda request: None))
    _view.cache_clear()
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
