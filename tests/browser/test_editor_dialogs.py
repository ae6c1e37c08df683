"""The dialogs of the editor in every language: no word of another, addresses from left to right."""

import re

import pytest
from playwright.sync_api import expect

from articles.admin.editor import TEXTS
from tests.browser.editing import Editor
from tests.browser.settled import settle
from tests.cast import make_ready_article, make_user

DIALOGS = {  # the button that opens it, and the addresses in it
    "figure": ["imageUrl"],
    "link": ["href"],
    "table": [],
    "html": ["html"],
    "orderedListProperties": [],
}
SHOWN = """dialog => [...dialog.querySelectorAll("h3, label, button, option")].map((one) => one.textContent)"""


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_no_word_in_a_dialog_is_english(page, context, client, live_server, transactional_db, language):
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": language}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    page.goto(f"/admin/articles/article/{make_ready_article(body='<ol><li>Text</li></ol>').pk}/change/")
    settle(page)
    area = page.locator(".field-body .ProseMirror")
    area.locator("li").click()
    page.keyboard.press("Control+a")
    found = {}
    for name, addresses in DIALOGS.items():
        page.locator(f".field-body [data-name={name}]").click()
        dialog = page.get_by_role("dialog")
        found[name] = [
            text for text in dialog.evaluate(SHOWN) if re.search("[A-Za-z]{2}", re.sub("HTML|[IVX]+|[ivx]+", "", text))
        ]
        for address in addresses:
            field = dialog.locator(f"[name={address}]")
            assert field.evaluate("field => getComputedStyle(field).direction") == "ltr"
        dialog.locator("button[value=cancel]").click()
    assert {name: texts for name, texts in found.items() if texts} == {}
    answers = page.evaluate("texts => texts.filter((text) => gettext(text) === text)", TEXTS)
    assert answers == []


@pytest.mark.parametrize("has_header", [True, False])
def test_a_table_has_a_row_of_headers_unless_nobody_wants_one(form, has_header):
    editor = Editor(form, "<p>Before</p>")
    editor.caret("p")
    editor.page.locator(".field-body [data-name=table]").click()
    dialog = editor.page.get_by_role("dialog")
    for label in ("Rows", "Columns"):
        name, field = dialog.get_by_text(label, exact=True), dialog.get_by_label(label)
        assert name.bounding_box()["y"] + name.bounding_box()["height"] <= field.bounding_box()["y"]
    choice = dialog.get_by_label("Include header row")
    expect(choice).to_be_checked()
    choice.set_checked(has_header)
    dialog.get_by_role("button", name="Insert Table").click()
    expect(editor.area.locator("tr")).to_have_count(3)
    assert editor.area.locator("th").count() == (3 if has_header else 0)
