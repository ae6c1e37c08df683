"""Merges what a user has sent with what others have stored since the form was opened; nothing is saved here.

Each control keeps the user's text if the user changed it, else it gets what is stored now. Every difference is told in
a sentence beside the control, so that nobody overwrites another's change without having seen it.
"""

import re
from difflib import SequenceMatcher
from html import unescape

from django import forms
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from ..validators import read_id
from .sent_data import digest

MOST_LETTERS = 400
LONG = 80  # letters; longer texts are compared word by word
MOST_WORDS = 800  # that differ; a longer passage counts as replaced
BLOCK_END = re.compile(r"(?=</(?:p|h[1-6]|li|td|th|figcaption)>)")
AROUND = 40  # letters before and after a change
# Words with the blanks after them; Chinese and Japanese characters one by one.
WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]\s*|[^\s\u2e80-\u9fff\uf900-\ufaff]+\s*|\s+")


class Merge:
    """`data` is the merged post. `notes`: [(field or None, sentence)] of the form; `row_notes`: {inline's prefix:
    [(number of the row or None, field or None, sentence)]}. `has_own_changes`: whether the user changed anything.

    `opened` are the digests of the snapshot that the user opened, or None if they are not known. Then everything that
    differs counts as the user's change and as another's.
    """

    def __init__(self, posted, files, opened, now):
        self.posted, self.opened, self.now = posted, opened, now
        self.data, self.notes, self.row_notes, self.has_own_changes = posted.copy(), [], {}, False
        self._merge_fields()
        self._merge_files(files)
        for prefix, rows in now.rows.items():
            self._merge_rows(prefix, rows)
        self._tell_rows_that_cannot_be_changed()

    def _merge_fields(self):
        opened = self.opened and self.opened["fields"]
        for name, stored in self.now.fields.items():
            theirs, note = self._choose(name, self.posted.getlist(name), stored, opened, self.now.form.fields)
            self.data.setlist(name, theirs)
            if note:
                self.notes.append((self._field_of(name), note))
        for name in set(opened or ()) - set(self.now.fields):
            mine = self.posted.getlist(name)
            if digest(mine) != opened[name]:
                self.has_own_changes = True
                label = self._label(self.now.form._meta.model, name)
                self.notes.append((None, _("%(field)s can no longer be changed. You had: %(value)s") % {
                    "field": label, "value": _shortened(" · ".join(mine)),
                }))  # fmt: skip

    def _choose(self, name, mine, stored, opened, fields):
        """([texts] for the merged data, a sentence about it or None) for one control."""
        if opened is None:
            by_me = by_others = digest(mine) != digest(stored)
        elif name not in opened:  # the user's form did not have it
            return stored, None
        else:
            by_me, by_others = digest(mine) != opened[name], digest(stored) != opened[name]
        self.has_own_changes = self.has_own_changes or by_me
        if digest(mine) == digest(stored):
            return mine, None
        field = fields.get(name)
        if by_me:
            return mine, _both(field, mine, stored) if by_others else None
        if not is_long(field, mine, stored):
            return stored, _("Changed by somebody else. Before: %s") % shown(field, mine)
        told = _("Changed by somebody else (struck out: before; underlined: now):")
        return stored, format_html("{} {}", told, difference(field, mine, stored))

    def _field_of(self, name):
        """The field of a control; one of several controls is named “<field>_<number>”."""
        fields = self.now.form.fields
        return next((one for one in (name, name.rpartition("_")[0]) if one in fields), None)

    def _merge_files(self, files):
        opened = self.opened and self.opened["files"]
        for name, stored in self.now.files.items():
            if name in files:
                self.has_own_changes = True
                if opened is None or opened.get(name) != stored:
                    self.notes.append((name, _("Now stored: %s") % stored.rpartition("/")[2]))

    def _merge_rows(self, prefix, rows):
        known, new = rows.posted(self.posted)
        opened = self.opened["rows"].get(prefix, {}) if self.opened else None
        untouched = self.opened["untouched"].get(prefix, []) if self.opened else rows.untouched()
        template = rows.formset.empty_form
        merged, notes, others = [], [], []
        for key, stored in rows.stored.items():
            opened_row = opened and opened.get(key)
            row, found = self._merge_row(rows, known.get(key), stored, opened_row, template.fields)
            notes += [(len(merged), name, text) for name, text in found if name != "order"]
            others += ["" for _name in found]
            if opened is not None and opened_row is None:
                others.append(_("Added: %s") % _row_as_text(rows, template, stored))
            merged.append(row)
        initial, added = len(merged), [row for row in new if rows.digest_of(row) not in untouched]
        for key in (key for key in known if key not in rows.stored):
            others.append(_("Removed: %s") % _row_as_text(rows, template, known[key]))
            if self._is_changed(known[key], (opened or {}).get(key, {})) and "DELETE" not in known[key]:
                text = _("Somebody removed this row after you opened the form. If you save, it is added again.")
                notes.append((initial + len(added), None, text))
                added.append(known[key])
        self.has_own_changes = self.has_own_changes or bool(added)
        self._write(rows, merged, added)
        if others:
            sentence = _("Somebody else has changed these rows. The form shows what is stored now, with your changes.")
            notes.append((None, None, " ".join([sentence, *filter(None, others)])))
        self.row_notes[prefix] = notes

    def _merge_row(self, rows, mine, stored, opened, fields):
        """(the merged row, [(field, sentence)])."""
        row, found = dict(stored), []
        if mine is None or (self.opened and opened is None):
            return row, found
        for name in set(stored) - set(rows.keys):
            row[name], note = self._choose(name, mine.get(name, []), stored[name], opened, fields)
            if note and name in fields:
                found.append((name, note))
        return row, found

    def _is_changed(self, row, opened):
        changed = any(digest(row.get(name, [])) != text for name, text in opened.items()) or not opened
        self.has_own_changes = self.has_own_changes or changed
        return changed

    def _write(self, rows, merged, added):
        prefix, initial = rows.formset.prefix, len(merged)
        for name in [name for name in self.data if name.startswith(f"{prefix}-")]:
            number = name.removeprefix(f"{prefix}-").partition("-")[0]
            if number.isdecimal():
                del self.data[name]
        added = [row | {rows.keys[0]: [""]} for row in added] + rows.empty[len(added) :]
        for number, row in enumerate([*merged, *added]):
            for name, texts in row.items():
                if texts:
                    self.data.setlist(f"{prefix}-{number}-{name}", texts)
        self.data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(initial + len(added))
        self.data[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(initial)

    def _tell_rows_that_cannot_be_changed(self):
        for prefix, opened in (self.opened["rows"] if self.opened else {}).items():
            if prefix in self.now.rows:
                continue
            if opened and any(name.startswith(f"{prefix}-") for name in self.posted):
                self.notes.append((None, _("Some rows can no longer be changed here.")))

    def _label(self, model, name):
        known = {one.name: one for one in model._meta.get_fields()}
        return capfirst(str(getattr(known.get(name), "verbose_name", name)))


def _row_as_text(rows, template, row):
    """The visible values of a row on one line."""
    texts = [
        shown(template.fields[name], value)
        for name, value in row.items()
        if name in template.fields and name not in (*rows.keys, "DELETE", "order") and any(value)
    ]
    return _shortened(" · ".join(texts), 120)


def _both(field, mine, stored):
    """The sentence for a control that the user and somebody else have changed."""
    if not is_long(field, mine, stored):
        return _("Now stored: %s") % shown(field, stored)
    told = _("Somebody else changed this, too. Now stored (struck out: only in your text; underlined: only stored):")
    return format_html("{} {}", told, difference(field, mine, stored))


def is_long(field, *several):
    return any(len(_text_of(field, texts)) > LONG for texts in several)


def difference(field, before, now):
    """HTML of what differs between two contents of a control, as a person reads them, with the words around it."""
    one, other = (WORD.findall(" ".join(_text_of(field, texts).split()) + " ") for texts in (before, now))
    if one == other:
        return _("Only the formatting differs.")
    start = _same(one, other)
    end = _same(one[: start - 1 : -1] if start else one[::-1], other[: start - 1 : -1] if start else other[::-1])
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    parts = [_kept(one[:start], before=0), *_changes(left, right), _kept(one[len(one) - end :], after=0)]
    return format_html_join("", "{}", ((part,) for part in parts))


def _same(one, other):
    """How many words two lists begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _changes(left, right):
    if max(len(left), len(right)) > MOST_WORDS:
        yield from (_marked("del", left), _marked("ins", right))
        return
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            yield _kept(left[a:b])
        else:
            yield from (_marked("del", left[a:b]), _marked("ins", right[c:d]))


def _marked(tag, words):
    text = "".join(words)
    return format_html("<{0}>{1}</{0}> ", tag, _shortened(text)) if text.strip() else ""


def _kept(words, before=AROUND, after=AROUND):
    """Words that are the same: those beside a change, at the beginning and at the end."""
    text = "".join(words)
    return text if len(text) <= before + after else f"{text[:before]} … {text[len(text) - after :]}"


def shown(field, texts):
    """What a control holds as a person reads it: names of chosen rows, labels of choices, text without markup."""
    return _shortened(_text_of(field, texts))


def _text_of(field, texts):
    if isinstance(field, forms.BooleanField):
        return _("Yes") if any(texts) else _("No")
    if isinstance(field, forms.ModelChoiceField):
        labels = [field.label_from_instance(row) for row in field.queryset.filter(pk__in=_numbers(texts))]
        texts = list(map(str, labels)) or texts
    elif isinstance(field, forms.ChoiceField):
        labels = {str(value): str(label) for value, label in _flat(field.choices)}
        texts = [labels.get(text, text) for text in texts]
    text = " · ".join(filter(None, texts))
    if getattr(field and field.widget, "holds_html", False):
        text = unescape(strip_tags(BLOCK_END.sub(" ", text)))
    return text.strip()


def _numbers(texts):
    return [text for text in texts if read_id(text) is not None]


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _shortened(text, most=MOST_LETTERS):
    return Truncator(text.strip()).chars(most) or "–"
