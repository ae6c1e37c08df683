"""Admin forms as a browser sends them: read from the HTML of the page, not from Django's form objects.

A browser sends the controls that it has and can send: no text that is only shown, nothing disabled, no box that is
not ticked, and the one button that was pressed. Line breaks in a text area are sent as CR LF.
"""

import re
from html.parser import HTMLParser

VOID_OF_VALUE = {"submit", "button", "reset", "image", "file"}
ANOTHER_ROW = re.compile(r"(?P<rows>.+)-(?P<number>\d+)-(?P<field>[^-]+)")


def filled(response, *, tampered=None, **changes):
    """What the browser sends after somebody changed these fields and pressed a button.

    `{"region_rows-1-region": 5}` fills in a row; a row that is not there yet is added as “Add another” would.
    `_move="submit"` presses that button; without one, “Save” is pressed. A change that the form does not offer is
    an error. `tampered` is sent as it is, whatever the form offers: for tests of requests that no browser makes.
    """
    page = read(response)
    buttons = {name: value for name, value in changes.items() if any(name == known for known, _ in page.buttons)}
    for name, value in changes.items():
        if name not in buttons:
            page.change(name, value)
    pressed = buttons or {"_save": next((value for name, value in page.buttons if name == "_save"), None)}
    for button in pressed.items():
        assert button in page.buttons, f"no such button: {button}; there are {page.buttons}"
    sent = page.sent() | pressed
    return sent | {name: "" if value is None else value for name, value in (tampered or {}).items()}


def read(response):
    """The form of a change or add page."""
    page = Page(convert_charrefs=True)
    page.feed(response.content.decode())
    page.close()
    assert page.found, "the page has no form"
    return page


def errors(response):
    """{field: sentences} of the form, and the sentences of each inline under the name of its rows."""
    context = response.context
    found = {name: list(sentences) for name, sentences in context["adminform"].form.errors.items()}
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        sentences = [*formset.non_form_errors(), *(text for form in formset.forms for text in _flat(form.errors))]
        if sentences:
            found[formset.prefix] = sentences
    return found


def _flat(found):
    return [text for sentences in found.values() for text in sentences]


class Control:
    """One input, choice or text area: what it holds, and what a person can make of it."""

    def __init__(self, tag, attrs):
        self.tag, self.attrs, self.name = tag, attrs, attrs["name"]
        self.kind = attrs.get("type", "text") if tag == "input" else tag
        self.options = []  # (value, whether it is selected) of a choice
        self.value = attrs.get("value", "on" if self.kind in ("checkbox", "radio") else "")
        self.ticked = "checked" in attrs
        self.chosen = None  # what a person has chosen instead

    @property
    def is_multiple(self):
        return "multiple" in self.attrs

    def values(self):
        """The values that are sent under the control's name."""
        if self.chosen is not None:
            return self.chosen
        if self.kind == "file":
            return []
        if self.kind in ("checkbox", "radio"):
            return [self.value] if self.ticked else []
        if self.tag == "select":
            selected = [value for value, is_selected in self.options if is_selected]
            # A list that shows one line shows its first one, if nothing else is said, and sends it.
            return selected if self.is_multiple else (selected or [value for value, _ in self.options])[:1]
        return [self.value]

    def choose(self, value):
        assert self.kind != "hidden", f"{self.name} is hidden: only a tampered request changes it"
        assert "readonly" not in self.attrs, f"{self.name} is for reading only"
        values = value if isinstance(value, list) else [value]
        if self.kind in ("checkbox", "radio"):
            self.chosen = [] if value in (None, "", False) else [self.value]
            return
        values = ["" if one is None else one for one in values]
        if self.tag == "select" and "admin-autocomplete" not in self.attrs.get("class", ""):
            known = [one for one, _ in self.options]
            assert set(map(str, values)) <= set(known), f"{self.name} offers {known}, not {values}"
        self.chosen = [typed(one) if self.tag == "textarea" else one for one in values]

    def row(self, number):
        """The same control in a row that “Add another” has made."""
        added = Control(self.tag, self.attrs | {"name": self.name.replace("__prefix__", str(number))})
        added.options, added.value = self.options, self.value
        return added


def typed(text):
    """Line breaks of a text area, as they are sent."""
    return re.sub(r"\r\n|\r|\n", "\r\n", text) if isinstance(text, str) else text


class Page(HTMLParser):
    """Reads the controls and buttons of the form whose id is “<model>_form”."""

    found = False

    def __init__(self, **options):
        super().__init__(**options)
        self.controls, self.buttons, self.counts = [], [], {}
        self._form, self._disabled, self._open, self._option = None, [], None, None

    def handle_starttag(self, tag, attrs):
        attrs = {name: "" if value is None else value for name, value in attrs}
        if tag == "form":
            self._form = attrs.get("id", "")
            self.found = self.found or self._form.endswith("_form")
        elif tag == "fieldset":
            self._disabled.append("disabled" in attrs)
        elif tag == "option":
            self._begin_option(attrs)
        elif tag in ("input", "select", "textarea", "button"):
            self._begin_control(tag, attrs)

    def _begin_control(self, tag, attrs):
        is_ours = attrs.get("form", self._form or "").endswith("_form")
        if not is_ours or not attrs.get("name") or "disabled" in attrs or any(self._disabled):
            return
        if tag == "button" or attrs.get("type") in VOID_OF_VALUE - {"file"}:
            if attrs.get("type", "submit") == "submit":
                self.buttons.append((attrs["name"], attrs.get("value", "")))
            return
        control = Control(tag, attrs)
        self.controls.append(control)
        if tag != "input":
            self._open = control

    def _begin_option(self, attrs):
        self._end_option()
        if self._open is not None and self._open.tag == "select":
            self._option = attrs | {"text": ""}

    def _end_option(self):
        if self._option is not None:
            option, self._option = self._option, None
            if "disabled" not in option:
                self._open.options.append((option.get("value", option["text"].strip()), "selected" in option))

    def handle_data(self, data):
        if self._option is not None:
            self._option["text"] += data
        elif self._open is not None and self._open.tag == "textarea":
            self._open.value += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "fieldset":
            self._disabled.pop()
        elif tag == "option":
            self._end_option()
        elif self._open is not None and tag == self._open.tag:
            self._end_option()
            if tag == "textarea":
                self._open.value = typed(self._open.value.removeprefix("\n"))
            self._open = None

    def change(self, name, value):
        same = [control for control in self.controls if control.name == name] or self._another_row(name)
        assert same, f"the form has no field {name}"
        values = value if isinstance(value, list) else [value]
        if len(same) == 1:
            same[0].choose(value)
            return
        for control in same:  # boxes or buttons that share a name
            control.choose(control.value in map(str, values))

    def _another_row(self, name):
        """Press “Add another” until the row is there."""
        wanted = ANOTHER_ROW.fullmatch(name)
        if not wanted:
            return []
        total = next((one for one in self.controls if one.name == f"{wanted['rows']}-TOTAL_FORMS"), None)
        template = [one for one in self.controls if one.name.startswith(f"{wanted['rows']}-__prefix__-")]
        while total and template and int(total.value) <= int(wanted["number"]):
            self.controls += [one.row(total.value) for one in template]
            total.value = str(int(total.value) + 1)
        return [control for control in self.controls if control.name == name]

    def sent(self):
        data = {}
        for control in self.controls:
            for value in control.values():
                data.setdefault(control.name, []).append(value)
        return {name: values[0] if len(values) == 1 else values for name, values in data.items()}
