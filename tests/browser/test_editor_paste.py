"""Pasting into the editor, in a real browser: the server cleans it, says what it left out, and nothing is lost."""

import re

import pytest
from playwright.sync_api import expect

from articles.html import clean, clean_with_report

from . import clipboards
from .editing import Editor

PASTE = """(area, [html, text, dropped]) => {
    const data = new DataTransfer()
    if (html) data.setData("text/html", html)
    if (text) data.setData("text/plain", text)
    if (!html && !text) data.items.add(new File(["picture"], "dam.png", { type: "image/png" }))
    const options = { bubbles: true, cancelable: true }
    if (!dropped) return area.dispatchEvent(new ClipboardEvent("paste", { ...options, clipboardData: data }))
    const { left, top } = area.querySelector(dropped).getBoundingClientRect()
    area.dispatchEvent(new DragEvent("drop", { ...options, dataTransfer: data, clientX: left + 1, clientY: top + 5 }))
}"""
CLEAN_HTML = re.compile("/clean-html/$")


class Pasting(Editor):
    """The form of an article whose body has the caret at its end."""

    def __init__(self, form, body="<p>Before</p>"):
        super().__init__(form, body)
        self.caret("> p >> nth=-1", "Control+End")
        self.notes = self.page.locator("#id_body_notes li")

    def paste(self, html, text="", dropped=""):
        self.area.evaluate(PASTE, [html, text, dropped])

    def settled(self):
        """Wait for the answer of the server."""
        expect(self.area.locator(".paste-place")).to_have_count(0)
        return self

    def html(self):
        return self.area.evaluate("area => area.editor.getHTML()")


@pytest.fixture
def editor(form):
    return Pasting(form)


@pytest.fixture
def later(form):
    """Keeps the requests of pastes back: `later(0)` lets the first one through."""
    requests = []
    form.page.route(CLEAN_HTML, lambda route: requests.append(route))

    def let_through(number=0):
        while len(requests) <= number:
            form.page.evaluate("null")  # Playwright delivers requests meanwhile
        requests[number].continue_()

    return let_through


MILLIONS = "received <strong>7 million</strong> euros, <s>not 5</s>"
TABLE = '<tr><th scope="col">Year</th><th scope="col">Wells</th></tr><tr><td>2026</td><td>12</td></tr>'
EXPECTED = {
    "GOOGLE_DOCS": [MILLIONS, "<em> so far</em>", "<ul><li", "deep ones", 'href="https://example.org/report"'],
    "WORD": [
        "<h2>Rain at last</h2>",
        MILLIONS,
        "<ul><li>Wells</li><li>Pumps</li></ul>",
        TABLE,
        "<sup>[1]</sup> Budget",
    ],
    "WORD_ONLINE": [MILLIONS, "Wells"],
    "LIBREOFFICE": ["<h2>Rain at last</h2>", MILLIONS, "Pumps", TABLE],
    "OUTLOOK": [MILLIONS, '<a href="mailto:press@example.org">press@example.org</a>'],
    "WEB_PAGE": ["<h2>Rain at last</h2>", MILLIONS, '<a href="/annual-report">Report</a>, share', "The dam in May"],
    "ARABIC_DOCS": ["<strong>7 ملايين يورو</strong>، للاتصال", '<bdi dir="ltr">+41 22 555 01 50</bdi>'],
}
NEVER = ["<img", "iframe", "track()", "cabinet", "internal", "Mso", "style=", "·", "AB1"]


@pytest.mark.parametrize("program", EXPECTED)
def test_a_text_of_another_program_is_pasted_as_the_server_cleans_it(form, program):
    html = getattr(clipboards, program)
    cleaned = clean_with_report(html)
    editor = Pasting(form, "<p>x</p>")
    editor.press("Control+a")
    editor.paste(html, "plain")
    editor.settled()
    saved = editor.stored()
    words = re.sub("<[^>]*>", " ", cleaned.html).split()
    assert re.sub("<[^>]*>", " ", saved).split() == words
    shown = saved.replace("<p>", "").replace("</p>", "") if "<td>" in saved else saved
    assert [piece for piece in EXPECTED[program] if piece not in shown] == []
    assert [piece for piece in NEVER if piece in saved] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_was_left_out_is_told_below_the_field(form, language):
    form.load(language)
    editor = Pasting(form)
    editor.paste(clipboards.WEB_PAGE)
    editor.settled()
    expect(editor.notes.first).to_be_visible()
    expect(editor.notes.first).to_be_in_viewport()
    library = editor.notes.get_by_role("link")
    assert library.get_attribute("href") == "/admin/articles/image/"
    box, bar = editor.notes.first.bounding_box(), form.page.locator(".save-bar").bounding_box()
    assert box["y"] + box["height"] <= bar["y"] or bar["y"] + bar["height"] <= box["y"]
    assert editor.area.get_attribute("aria-describedby") == "id_body_notes"


def test_keys_paste_with_and_without_formatting(editor):
    editor.page.evaluate(
        """([html, text]) => navigator.clipboard.write([new ClipboardItem({
            "text/html": new Blob([html], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" }),
        })])""",
        ["<p>One <b>two</b> <s>three</s></p>", "One two three"],
    )
    editor.press("Enter")
    editor.keys.press("Control+v")
    expect(editor.area.locator("s")).to_have_text("three")
    editor.settled().press("Enter")
    editor.keys.press("Control+Shift+v")
    expect(editor.area.locator("p")).to_have_count(3)
    formatted = "<p>One <strong>two</strong> <s>three</s></p>"
    assert editor.stored() == f"<p>Before</p>{formatted}<p>One two three</p>"


def test_a_paste_is_undone_in_one_step(editor):
    editor.keys.type(" it rains")
    editor.paste("<p>One <b>two</b></p><p>Three</p>")
    editor.settled()
    assert editor.html() == "<p>Before it rainsOne <strong>two</strong></p><p>Three</p>"
    editor.press("Control+z")
    assert editor.html() == "<p>Before it rains</p>"
    editor.press("Control+Shift+z")
    assert editor.stored() == "<p>Before it rainsOne <strong>two</strong></p><p>Three</p>"


def test_a_paste_replaces_the_selection_when_it_comes(editor, later):
    editor.press("Control+a")
    editor.paste("<h2>New</h2><p>text</p>")
    expect(editor.area.locator(".paste-place")).to_have_count(1)
    assert editor.html() == "<p>Before</p>"  # nothing is lost until there is something better
    later()
    editor.settled()
    assert editor.html() == "<h2>New</h2><p>text</p>"
    editor.press("Control+z")
    assert editor.html() == "<p>Before</p>"


def test_what_is_typed_while_the_server_cleans_comes_after_the_paste(editor, later):
    editor.press("Control+a")
    editor.paste("<p>New <b>text</b></p>")
    editor.keys.type(" and more")
    later()
    editor.settled()
    editor.keys.type("!")
    assert editor.html() == "<p>New <strong>text</strong> and more!</p>"


def test_what_is_typed_elsewhere_meanwhile_stays_there(form, later):
    editor = Pasting(form, "<p>First</p><p>Last</p>")
    editor.paste("<p>pasted</p>")
    editor.caret("> p >> nth=0")
    editor.keys.type(" line")
    later()
    editor.settled()
    editor.keys.type("!")
    assert editor.html() == "<p>First line!</p><p>Lastpasted</p>"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_pastes_keep_their_order_whichever_is_answered_first(editor, later, order):
    editor.paste("<p> one</p>")
    editor.paste("<p> two</p>")
    expect(editor.area.locator(".paste-place")).to_have_count(2)
    for number in order:
        later(number)
    editor.settled()
    assert editor.html() == "<p>Beforeonetwo</p>"


def test_a_form_that_is_sent_at_once_has_the_paste(editor, later):
    editor.paste("<p> and after</p>")
    editor.page.get_by_role("button", name="Save", exact=True).click(no_wait_after=True)
    expect(editor.area).to_be_visible()
    later()
    expect(editor.page.locator(".messagelist .success")).to_be_visible()
    editor.form.article.refresh_from_db()
    assert editor.form.article.body == "<p>Beforeand after</p>"


def test_without_the_server_the_words_are_pasted(editor):
    editor.page.route(CLEAN_HTML, lambda route: route.abort())
    editor.paste("<p>One <b>two</b></p><ul><li>three</li></ul>", "One two\n\nthree")
    editor.settled()
    assert editor.html() == "<p>BeforeOne two</p><p>three</p>"
    expect(editor.notes).to_have_count(2)
    expect(editor.notes.last).to_have_text("The text was pasted without its formatting.")
    editor.page.errors.clear()  # the browser logs the failed request


def test_after_the_session_has_ended_the_words_are_pasted(editor):
    context = editor.form.context
    sessions = [cookie for cookie in context.cookies() if cookie["name"] == "sessionid"]
    context.clear_cookies(name="sessionid")
    editor.paste("<p>One</p>", "One")
    editor.settled()
    assert editor.html() == "<p>BeforeOne</p>"
    expect(editor.notes.first).to_have_text("The server did not answer, or you are no longer logged in.")
    context.add_cookies(sessions)
    editor.page.errors.clear()


def test_pictures_and_text_of_the_editor_itself_are_pasted_without_the_server(form):
    sea = form.image.file.url
    piece = f'<figure><img src="{sea}" alt="The sea"><figcaption>Sea</figcaption></figure><p>Text <s>5</s></p>'
    editor = Pasting(form, piece)
    editor.page.route(CLEAN_HTML, lambda route: route.abort())
    editor.press("Control+a", "Control+c")
    # Another process of the browser holds the clipboard.
    editor.page.wait_for_function("() => navigator.clipboard.readText().then((text) => text.includes('Text'))")
    editor.press("ArrowRight", "Enter", "Control+v")
    expect(editor.area.locator("figure img")).to_have_count(2)
    assert editor.stored() == clean(piece + piece)


def test_text_of_another_prosemirror_editor_goes_through_the_server(editor):
    editor.paste('<p data-pm-slice="1 1 []">One <img src="https://wiki.example/a.png" alt="map"></p>')
    editor.settled()
    assert "<img" not in editor.html()
    expect(editor.notes.first).to_be_visible()


def test_a_picture_file_is_not_pasted_in_silence(editor):
    editor.paste("")
    expect(editor.notes.first).to_have_text("A file cannot be pasted into the text.")
    expect(editor.notes.get_by_role("link")).to_have_text("Open the media library")
    assert editor.stored() == "<p>Before</p>"


def test_html_is_dropped_where_the_mouse_is(form):
    editor = Pasting(form, "<p>First</p><p>Last</p>")
    editor.paste(f"<p>dropped <b>text</b> {clipboards.WEB_PAGE[-60:]}</p>", "dropped text", dropped="p:last-of-type")
    editor.settled()
    assert editor.html().startswith("<p>First</p><p>dropped <strong>text</strong>")


def test_stars_and_tildes_are_no_formatting(editor):
    editor.keys.type(" 2 * 3 * 4 and **this** and ~~that~~ ")
    editor.paste("<p>or * and * and ~~this~~ and **that**</p>")
    editor.settled()
    typed = "Before 2 * 3 * 4 and **this** and ~~that~~ "
    assert editor.html() == f"<p>{typed}or * and * and ~~this~~ and **that**</p>"


def test_an_address_in_a_pasted_text_is_a_link_and_leaves_other_links_alone(editor):
    editor.paste('<p>x www.example.org and <a href="/en/news/">www.example.net</a></p>')
    editor.settled()
    assert editor.html() == (
        '<p>Beforex <a href="https://www.example.org">www.example.org</a> and <a href="/en/news/">www.example.net</a></p>'
    )
