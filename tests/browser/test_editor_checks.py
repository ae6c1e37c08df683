"""While somebody writes: the checks follow what is typed, and links to own articles are chosen by their headlines."""

import pytest
from playwright.sync_api import expect

from tests.cast import make_article

from .test_editor_paste import Pasting


@pytest.fixture
def editor(form):
    return Pasting(form)


def test_the_checks_follow_what_is_typed_and_lead_to_the_field(editor):
    found = editor.page.locator("#checks-found")
    editor.page.locator("#id_headline").fill("ALL OF IT IN CAPITALS")
    sentence = found.get_by_role("link", name="The headline is all in capitals.")
    expect(sentence).to_be_visible()
    editor.area.focus()
    sentence.click()
    expect(editor.page.locator("#id_headline")).to_be_focused()


def test_an_own_article_is_chosen_by_words_of_its_headline(editor):
    target = make_article(headline="Wells reopen in the valley")
    editor.press("Control+a")
    editor.page.locator(".field-body").get_by_role("button", name="Link", exact=True).click()
    dialog = editor.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("valley wells")
    dialog.get_by_role("button", name="Wells reopen in the valley").click()
    expect(editor.area.locator("a")).to_have_attribute("href", target.get_absolute_url())
    assert f'href="{target.get_absolute_url()}"' in editor.stored()
