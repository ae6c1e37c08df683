"""Closing a page in bounded time."""

from contextlib import suppress

from playwright.sync_api import Error, TimeoutError

TRIES, WAIT_MS = 20, 1_000


def close(page):
    """Chromium may say that it closes a page and not do it, if the page is just going to another address.

    `page.close()` then waits for ever (microsoft/playwright, issue 42366); asked again, Chromium closes it.
    """
    try:
        session = page.context.new_cdp_session(page)
        target = session.send("Target.getTargetInfo")["targetInfo"]["targetId"]
    except Error:  # it is closing itself
        target = None
    browser = page.context.browser.new_browser_cdp_session()
    for _ in range(TRIES):
        if page.is_closed():
            break
        if target:
            _ask(browser, target)
        try:
            if not page.is_closed():
                page.wait_for_event("close", timeout=WAIT_MS)
        except TimeoutError:
            continue
    browser.detach()
    assert page.is_closed(), f"Chromium does not close {page.url}"


def _ask(browser, target):
    with suppress(Error):  # it may be closed by now
        browser.send("Target.closeTarget", {"targetId": target})
