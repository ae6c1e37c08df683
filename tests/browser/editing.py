"""The rich text editor of one open form, which the tests of a file share: each gives it the text that it begins with."""

from articles.html import clean
from tests import files
from tests.browser.closing import close
from tests.browser.errors import note_errors
from tests.browser.settled import settle
from tests.cast import create_image, make_ready_article, make_user

SIZE = {"width": 1280, "height": 900}
# The text as if the form had just been opened with it: there is nothing to undo, and nobody has been in the field.
BEGIN = """(area, html) => {
    for (const dialog of document.querySelectorAll("dialog")) dialog.remove()
    for (const notes of document.querySelectorAll(".cleaning-notes")) notes.remove()
    const { commands, view } = area.editor
    commands.setContent(html)
    view.updateState(view.state.constructor.create({ doc: view.state.doc, plugins: view.state.plugins }))
    view.input.lastClick = { time: 0, x: 0, y: 0, type: "", button: 0 } // else the next click is the second of two
    view.focus() // the editor learns that the caret is no longer where the last test had it
    document.activeElement.blur()
    getSelection().removeAllRanges()
    scrollTo(0, 0)
}"""
KNOWS_THE_CARET = """area => {
    const { state, view } = area.editor, { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection()
    const { type, anchor, head } = state.selection.toJSON()
    if (type === "all") return !getSelection().isCollapsed
    if (type !== "text") return type !== "node" || view.posAtDOM(anchorNode, anchorOffset) === anchor
    return view.posAtDOM(anchorNode, anchorOffset) === anchor && view.posAtDOM(focusNode, focusOffset) === head
}"""


# The browser tells of a moved caret in a task of its own, after the key.
TASKS_ARE_DONE = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


class Form:
    """The form of an article in a browser profile of its own; the first test that wants it opens it."""

    def __init__(self, browser, site, media):
        self.browser, self.site, self.media = browser, site, media
        self.context = self.page = self.language = None

    def open(self, client):
        client.force_login(make_user("aziz", "approver"))
        self.image = create_image(files.picture(), "A. Otieno", alt={"en": "The sea"})
        self.article = make_ready_article()
        self.session = client.cookies["sessionid"].value
        self.load()

    def load(self, language="en"):
        """In a new profile: a form that finds words which an earlier one has kept hands them in and loads itself anew."""
        self.close()
        self.language = language
        self.context = self.browser.new_context(base_url=self.site, locale="en-GB", viewport=SIZE)
        self.context.set_default_timeout(10_000)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        cookies = {"sessionid": self.session, "django_language": language}
        self.context.add_cookies([{"name": name, "value": value, "url": self.site} for name, value in cookies.items()])
        self.page = self.context.new_page()
        note_errors(self.page)
        self.page.goto(f"/admin/articles/article/{self.article.pk}/change/")
        settle(self.page)

    def close(self):
        if self.page:
            close(self.page)
            self.context.close()


class Editor:
    """An editing area of an open form, which begins with this text."""

    def __init__(self, form, body, field="body"):
        assert clean(body) == body
        self.form, self.page, self.keys, self.field = form, form.page, form.page.keyboard, field
        self.area = self.page.locator(f".field-{field} .ProseMirror")
        self.area.evaluate(BEGIN, body)
        assert self.stored() == body

    def stored(self):
        """What the form would send now, as the server would store it; test_editor_same_html.py really sends it."""
        return clean(self.page.locator(f"#id_{self.field}").input_value())

    def caret(self, where, key="End"):
        self.area.locator(where).first.click()
        self._wait_until_it_knows_the_caret()  # after a click it may put the caret back where it was
        self.press(key)

    def press(self, *keys):
        """Between two keys the editor learns where the browser has put the caret."""
        for key in keys:
            self.keys.press(key)
            self._wait_until_it_knows_the_caret()

    def _wait_until_it_knows_the_caret(self):
        self.page.evaluate(TASKS_ARE_DONE)
        self.page.wait_for_function(KNOWS_THE_CARET, arg=self.area.element_handle())
