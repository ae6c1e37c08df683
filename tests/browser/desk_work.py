"""What people do at the desk in a browser: log in, open a form, write, choose, drop a picture, take a step."""

import base64

from playwright.sync_api import expect

from tests.browser.settled import settle

DROP = """(area, { name, content }) => {
    const bytes = Uint8Array.from(atob(content), one => one.charCodeAt(0)), dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([bytes], name, { type: "image/jpeg" }))
    for (const type of ["dragover", "drop"])
        area.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
}"""


def log_in(page, name):
    page.context.clear_cookies(name="sessionid")
    page.goto("/admin/login/?next=/admin/")
    enter(page, name)
    page.wait_for_url("**/admin/")


def enter(page, name):
    page.fill("#id_username", name)
    page.fill("#id_password", "a long password")
    page.click("[type=submit]")


def open_form(page, pk):
    page.goto(f"/admin/articles/article/{pk}/change/")
    settle(page)


def take(page, step):
    """Press the button of a step, which may be in the menu."""
    button = page.locator(f".save-bar .move-{step}")
    if not button.is_visible():
        page.locator(".more-steps summary").click()
    button.click()


def save(page):
    with page.expect_navigation():  # the form may still show the message of an earlier save
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    settle(page)


def submit(page):
    """What the checks found was read."""
    take(page, "submit")
    page.wait_for_selector(".acknowledge, .badge-in_review")
    if page.locator(".acknowledge").is_visible():
        page.get_by_role("button", name="Submit all the same").click()
    page.wait_for_selector(".badge-in_review")


def choose(page, name, words, chosen):
    page.get_by_role("combobox", name=name, exact=True).press_sequentially(words)
    page.get_by_role("option", name=chosen).first.click()


def write(page, text):
    page.locator(".field-body .ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(text)


def drop_picture(page, name, content):
    """Drop a JPEG file on the field for pictures, as from the desktop."""
    page.locator(".uploads").evaluate(DROP, {"name": name, "content": base64.b64encode(content).decode()})
