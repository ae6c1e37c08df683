"""Links and HTML that are typed in the editor: completed by the server, or refused at once."""

import pytest
from playwright.sync_api import expect

from tests.cast import make_article

from .test_editor_paste import Pasting


@pytest.fixture
def editor(form):
    return Pasting(form)


def enter_link(editor, address):
    editor.page.locator(".field-body").get_by_role("button", name="Link", exact=True).click()
    editor.page.get_by_role("dialog").get_by_role("textbox").fill(address)
    editor.page.get_by_role("dialog").get_by_role("button", name="Update").click()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("www.example.org/report", "https://www.example.org/report"),
        ("press@example.org", "mailto:press@example.org"),
        ("//example.org/x", "https://example.org/x"),
        (" /en/news/ ", "/en/news/"),
    ],
)
def test_the_address_of_a_link_is_completed(editor, typed, stored):
    editor.press("Control+a")
    enter_link(editor, typed)
    expect(editor.area.locator("a")).to_have_attribute("href", stored)
    assert f'href="{stored}"' in editor.stored()


def test_what_is_no_address_is_told_at_once(editor):
    editor.press("Control+a")
    enter_link(editor, "node/1")
    dialog = editor.page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("This is not a complete address.")
    expect(dialog.get_by_role("textbox")).to_have_value("node/1")
    dialog.get_by_role("textbox").fill("https://example.org/node/1")
    dialog.get_by_role("button", name="Update").click()
    expect(editor.area.locator("a")).to_have_attribute("href", "https://example.org/node/1")
    editor.area.locator("a").click()
    enter_link(editor, "")
    assert editor.stored() == "<p>Before</p>"


def test_the_arrow_keys_and_enter_choose_an_own_article(editor):
    make_article(headline="Floods in the north", slug="floods")
    editor.press("Control+a")
    editor.page.locator(".field-body").get_by_role("button", name="Link", exact=True).click()
    dialog = editor.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Floods in")
    found = dialog.get_by_role("button", name="Floods in the north")
    expect(found).to_be_visible()
    for key in ("ArrowDown", "ArrowUp", "Enter"):
        editor.keys.press(key)
        expect(dialog.get_by_role("textbox") if key == "ArrowUp" else found).to_be_focused()
    editor.keys.press("Enter")
    expect(editor.area.locator("a")).to_have_attribute("href", "/en/news/floods/")


def test_a_missing_space_makes_no_link(editor):
    editor.keys.type(" in Geneva.In May www.example.org ")
    expect(editor.area.locator("a")).to_have_count(1)
    expect(editor.area.locator("a")).to_have_attribute("href", "https://www.example.org")


def test_text_is_struck_out_with_a_button(editor):
    editor.press("Control+a")
    editor.page.locator(".field-body").get_by_role("button", name="Struck text").click()
    assert editor.stored() == "<p><s>Before</s></p>"


def test_html_that_is_typed_is_cleaned_with_notes(editor):
    editor.page.locator(".field-body").get_by_role("button", name="Edit as HTML").click()
    dialog = editor.page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_have_value("<p>Before</p>\n")
    dialog.get_by_role("textbox").fill(
        '<h1>A</h1>\n<p style="color:red">b<iframe src="https://v.example/"></iframe></p>'
    )
    dialog.get_by_role("button", name="Update").click()
    expect(editor.notes.first).to_be_visible()
    assert editor.stored() == "<h2>A</h2><p>b</p>"
