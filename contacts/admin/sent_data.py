"""What a browser sends of an unchanged form, as digests, for the lock of admin forms.

All data has the shape that browsers send: {name of the control: [texts]}. A `Snapshot` is read from a form and its
inlines as stored now; the hidden field of a form holds the digests of the one that the user opened (`edit_lock.py`).
"""

import hashlib
from dataclasses import dataclass, field

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import CheckboxInput, FileField, FileInput, MultiWidget
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.forms.widgets import ChoiceWidget

from ..validators import read_id

MOST_ROWS = 1000  # Django's own limit for formsets


def sent(form):
    """{name: [texts]}: what a browser sends of this unbound form if nobody changes it."""
    data = {}
    for bound in form:
        if bound.field.disabled:
            continue
        data |= _sent(bound.field.widget, bound.html_name, bound.value())
        if bound.field.show_hidden_initial:
            data |= _sent(bound.field.hidden_widget(), bound.html_initial_name, bound.value())
    return data


def _sent(widget, name, value):
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    if isinstance(widget, FileInput):
        return {}
    if isinstance(widget, MultiWidget):
        parts = value if isinstance(value, list) else widget.decompress(value)
        data = {}
        for suffix, part, own in zip(widget.widgets_names, parts, widget.widgets, strict=True):
            data |= _sent(own, name + suffix, part)
        return data
    if isinstance(widget, CheckboxInput):
        return {name: ["on"] if widget.check_test(value) else []}
    if isinstance(widget, ChoiceWidget):
        texts = widget.format_value(value)
        return {name: texts if widget.allow_multiple_selected else texts[:1]}
    text = widget.format_value(value)
    texts = text if isinstance(text, list) else [text]
    return {name: ["" if one is None else str(one) for one in texts]}


def digest(texts):
    """A short digest of what was sent under one name. Line breaks and blanks at the ends make no difference."""
    lines = [text.replace("\r\n", "\n").strip() for text in texts]
    return hashlib.blake2b("\0".join(filter(None, lines)).encode(), digest_size=6).hexdigest()


def _digests(data):
    return {name: digest(texts) for name, texts in data.items()}


@dataclass
class Rows:
    """The rows of one inline: stored ones by primary key, and what its empty rows hold before anybody fills them."""

    formset: object
    stored: dict = field(default_factory=dict)  # {primary key: {field: [texts]}}
    empty: list = field(default_factory=list)

    @classmethod
    def of(cls, formset):
        rows = cls(formset)
        for form in formset.initial_forms:
            data = rows.without_prefix(form.prefix, sent(form))
            if not formset.may_change_rows:
                data = {name: texts for name, texts in data.items() if name in (*rows.keys, "DELETE")}
            rows.stored[str(form.instance.pk)] = data
        rows.empty = [rows.without_prefix(form.prefix, sent(form)) for form in formset.extra_forms]
        return rows

    @property
    def keys(self):
        """The names of the hidden fields that say which row it is, and of which parent."""
        return self.formset.model._meta.pk.name, self.formset.fk.name

    def without_prefix(self, prefix, data):
        return {name.removeprefix(f"{prefix}-"): texts for name, texts in data.items()}

    def digest_of(self, row):
        """One digest of all that a row holds beside its keys."""
        told = sorted((name, digest(texts)) for name, texts in row.items() if name not in (*self.keys, "DELETE"))
        return digest([f"{name}={text}" for name, text in told if text != NOTHING])

    def untouched(self):
        """The digests of rows that nobody has filled in."""
        template = self.without_prefix(self.formset.empty_form.prefix, sent(self.formset.empty_form))
        return [self.digest_of(row) for row in (*self.empty, template)]

    def posted(self, data):
        """(rows by primary key, new rows) as the user has sent them."""
        prefix, known, new = self.formset.prefix, {}, []
        found = {}
        for name in data:
            number, _dash, name_in_row = name.removeprefix(f"{prefix}-").partition("-")
            if name.startswith(f"{prefix}-") and name_in_row and (key := read_id(number)) is not None:
                found.setdefault(key, {})[name_in_row] = data.getlist(name)
        total, initial = (_count(data.get(f"{prefix}-{name}")) for name in (TOTAL_FORM_COUNT, INITIAL_FORM_COUNT))
        for number in sorted(found):
            row = found[number]
            if number < initial and (key := "".join(row.get(self.keys[0], []))):
                known[key] = row
            elif initial <= number < total:
                new.append(row)
        return known, new


NOTHING = digest([])


def _count(text):
    return min(int(text), MOST_ROWS) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0


class Snapshot:
    """A form and its inlines as stored. `watched`: further values whose change is reported, such as a version."""

    def __init__(self, form, formsets, watched=()):
        self.form, self.fields = form, sent(form)
        self.files = {
            name: str(form.initial.get(name) or "")
            for name, one in form.fields.items()
            if isinstance(one, FileField) and not one.disabled
        }
        self.rows = {one.prefix: Rows.of(one) for one in formsets if not one.is_read_only}
        self.watched = {name: str(value) for name, value in dict(watched).items()}

    def digests(self):
        """As plain JSON; two are equal if nothing has changed. `untouched` is left out of the comparison."""
        return {
            "fields": _digests(self.fields),
            "files": self.files,
            "rows": {
                prefix: {key: _digests(row) for key, row in rows.stored.items()} for prefix, rows in self.rows.items()
            },
            "watched": self.watched,
        }

    def untouched(self):
        return {prefix: rows.untouched() for prefix, rows in self.rows.items()}
