"""Waiting until a page of the desk no longer changes by itself."""

from playwright.sync_api import expect

EDITORS = "textarea[data-django-prose-editor-configurable]:not([name*=__prefix__])"


def settle(page):
    """Every editor is built and named, every font has come."""
    expect(page.locator(".prose-menubar[role=toolbar]")).to_have_count(page.locator(EDITORS).count())
    page.evaluate("document.fonts.ready.then(() => null)")
