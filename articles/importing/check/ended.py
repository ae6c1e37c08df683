"""Reports imported records that refer to an ended row, such as a closed office.

The admin refuses that. An archive needs it: its articles have what was in use at their time.
"""

from contacts.models.links import Succeeded

from ..report import record_name
from .records import is_translation
from .values import ARTICLE

# As in the admin: these fields, and all ordered lists.
CHOSEN = {ARTICLE: ("office",), "contacts.country": ("region",)}
ENDED = {
    "contacts.region": "retired region",
    "contacts.office": "closed office",
    "contacts.contact": "ended contact",
    "articles.topic": "merged topic",
}
KEPT = "taken as the file has it; the admin would refuse it"


class EndedRows:
    def __init__(self):
        self.stored = {}  # {model: ids of the rows that were no longer in use when the run first asked}
        self.written = {}  # {model: {id of a row that the run wrote: whether it is no longer in use}}

    def remember(self, record):
        """Note a row that was just created or changed."""
        model = record.spec.model
        if issubclass(model, Succeeded):
            field = model._meta.get_field
            values = {field(f.name).attname: record.merged[f.name] for f in record.spec.content}
            self.written.setdefault(model, {})[record.row] = model(**values).has_ended

    def notice(self, records, report):
        """Report records that newly have a row that is no longer in use; translations have those of their source."""
        for record in records:
            if record.spec.label == ARTICLE and is_translation(record.merged):
                continue
            for model in self._newly_chosen(record):
                text = f"{ENDED[model._meta.label_lower]} {KEPT}"
                report.notice(text, record_name(record.spec.label, record.key))

    def _newly_chosen(self, record):
        """The model of each such row."""
        spec, old = record.spec, record.old or {}
        for name in CHOSEN.get(spec.label, ()):
            row, model = record.merged[name], spec.model._meta.get_field(name).related_model
            if row is not None and row != old.get(name) and self._has_ended(model, row):
                yield model
        for name in spec.lists:
            model, before = spec.model._meta.get_field(name).related_model, record.old_lists.get(name, ())
            if issubclass(model, Succeeded):
                new = [row for row in record.merged_lists.get(name, ()) if row not in before]
                yield from (model for row in new if self._has_ended(model, row))

    def _has_ended(self, model, row):
        if model not in self.stored:
            rows = model._default_manager.order_by()
            self.stored[model] = {one.pk for one in rows if one.has_ended}
        return self.written.get(model, {}).get(row, row in self.stored[model])
