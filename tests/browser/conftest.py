"""A real browser on a live server: `page` fails a test whose page breaks the CSP or logs an error."""

import os
import threading
import time

import pytest
from django.core.signals import request_finished, request_started
from django.test import modify_settings
from playwright.sync_api import expect, sync_playwright

from tests import chromium, interpreter

from .closing import close
from .editing import SIZE, Form
from .errors import note_errors

# Playwright's event loop runs in this thread; Django would refuse the database beside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
WAIT_MS = 10_000
expect.set_options(timeout=WAIT_MS)


# No way to any other address. Playwright could refuse them, too, but whoever does that turns the browser's cache off.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"


@pytest.fixture(scope="session")
def browser():
    path = chromium.find_or_install()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*chromium.arguments(), OFFLINE])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profile(browser, live_server):
    """A browser profile on the live server. It is the same for all tests, so that scripts and fonts come only once."""
    profile = browser.new_context(base_url=live_server.url, locale="en-GB", viewport=SIZE)
    profile.set_default_timeout(WAIT_MS)
    yield profile
    profile.close()


@pytest.fixture
def context(profile, live_server):
    """The profile without what another test has left in it."""
    yield profile
    keeper, *others = profile.pages or [profile.new_page()]
    for page in others:
        close(page)
    stored = {"origin": live_server.url, "storageTypes": "local_storage,session_storage"}
    profile.new_cdp_session(keeper).send("Storage.clearDataForOrigin", stored)
    close(keeper)
    profile.clear_cookies()
    profile.clear_permissions()
    _wait_for_the_server()


_answering = set()  # the threads of the live server that are at work


def _begin(**_):
    if threading.current_thread() is not threading.main_thread():
        _answering.add(threading.get_ident())


def _end(**_):
    _answering.discard(threading.get_ident())


request_started.connect(_begin)
request_finished.connect(_end)


def _wait_for_the_server():
    """A page that was closed may have asked for something: the tables are emptied after that, not meanwhile."""
    patience = time.monotonic() + WAIT_MS / 1000
    while _answering and time.monotonic() < patience:
        time.sleep(0.01)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test tells what its page showed."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.failed and report.when == "call" and page and not page.is_closed():
        report.sections.append(("page", f"{page.url}\n{page.locator('body').inner_text()[:3000]}"))
    return report


@pytest.fixture
def page(context):
    """A page whose console stays free of errors; a test that expects one empties `page.errors`."""
    page = context.new_page()
    note_errors(page)
    yield page
    assert page.errors == []


@pytest.fixture(scope="module")
def _form_of_the_file(browser, live_server, tmp_path_factory, django_db_blocker):
    form = Form(browser, live_server.url, str(tmp_path_factory.mktemp("media")))
    hosts = modify_settings(ALLOWED_HOSTS={"append": "localhost"})  # an open page asks between two tests, too
    with hosts, django_db_blocker.unblock(), interpreter.rows_stay():
        yield form
        form.close()
        _wait_for_the_server()


@pytest.fixture
def form(_form_of_the_file, transactional_db, client, settings):
    """The form of an article that is open in an editor's browser from the file's first test to its last.

    It costs more than most of what a test does in it. Its rows, its files and its pages are those of the whole file.
    """
    form = _form_of_the_file
    settings.MEDIA_ROOT = form.media
    if not form.page:
        form.open(client)
    if form.language != "en":
        form.load()
    form.page.set_viewport_size(SIZE)
    yield form
    form.page.unroute_all()
    _wait_for_the_server()
    errors, form.page.errors = form.page.errors, []
    assert errors == []
