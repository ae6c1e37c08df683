"""A real browser on a live server: `page` fails a test whose page breaks the CSP or logs an error."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests import chromium

# Playwright's event loop runs in this thread; Django would refuse the database beside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
WAIT_MS = 10_000


@pytest.fixture(scope="session")
def browser():
    path = chromium.find_or_install()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.arguments())
        yield browser
        browser.close()


@pytest.fixture
def context(browser, live_server):
    """A browser profile of its own, on the live server, with no way to any other address."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT_MS)
    context.route(lambda url: not url.startswith((live_server.url, "data:", "blob:")), lambda route: route.abort())
    yield context
    context.close()


@pytest.fixture
def page(context):
    """A page whose console stays free of errors; a test that expects one empties `page.errors`."""
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(f"{page.url}: {error}"))
    page.on("console", lambda message: message.type == "error" and page.errors.append(_told(message)))
    yield page
    assert page.errors == []


def _told(message):
    """A violation of the CSP is told as a console error, too."""
    return f"{message.location.get('url', '')}: {message.text}"
