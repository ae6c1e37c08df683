"""What changed between two revisions of an article, field by field, as HTML for the admin.

The values of a field are those of `publishing.revisions.content`; a field that only one of the two revisions knows is
passed over, as older revisions lack what was added later.
"""

from dataclasses import dataclass
from datetime import UTC
from html import escape

from django.core.exceptions import FieldDoesNotExist
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contacts.cldr.formats import joined_text, short_moment
from contacts.languages import zone_name
from contacts.models import Contact, Country, Office, Region

from ..kinds import kind_label
from ..models import Attachment, FormerFile, Image, Recording, Topic
from ..models.media.files import StoredFile
from ..publication_day import local_time
from ..publishing.merging import HTML, field_label
from ..publishing.revisions import parsed_moment, tidy_content
from . import word_diff
from .html_changes import Block, html_changes, marked, text_changes
from .word_diff import Limit

TEXTS = ("headline", "summary", "dateline_place")
MOMENTS = ("publish_at", "press_from")
# The model and its natural key of the rows that a field names.
ROWS = {
    "office": (Office, "code"),
    "regions": (Region, "code"),
    "dateline_country": (Country, "iso3"),
    "countries": (Country, "iso3"),
    "topics": (Topic, "code"),
    "contacts": (Contact, "code"),
    "lead_image": (Image, "sha256"),
    "gallery": (Image, "sha256"),
    "recordings": (Recording, "sha256"),
    "attachments": (Attachment, "sha256"),
}
ORDER = (
    "headline", "summary", "body", "notes_to_editors", "kind", "slug", "office", "dateline_country", "dateline_place",
    "publish_at", "press_from", "regions", "countries", "topics", "contacts", "lead_image", "gallery", "recordings",
    "attachments", "related_links", "quotes",
)  # fmt: skip
# The workflow's own: moves tell of them.
NOT_COMPARED = {"state", "reference"}


@dataclass
class Change:
    """A field that differs. `blocks` of a text, else `html`; `is_text`: it is in the language of the article."""

    name: str
    label: str
    html: str = ""
    blocks: tuple[Block, ...] = ()
    is_text: bool = False

    @property
    def pieces(self):
        """The blocks; a number instead of each run of unchanged ones."""
        found = []
        for block in self.blocks:
            if block.is_changed:
                found.append(block)
            elif found and isinstance(found[-1], int):
                found[-1] += 1
            else:
                found.append(1)
        return found


@dataclass
class Changes:
    """The fields that differ. `is_rough`: the limit of work was reached, so more than the changed words is marked."""

    fields: list
    is_rough: bool = False

    def __bool__(self):
        return bool(self.fields)


def changes(old, new, limit=None):
    """The Changes between the contents of two revisions. A new edition without a date of its own has lost none."""
    limit, old, new = limit or Limit(), tidy_content(old), tidy_content(new)
    known = (old.keys() & new.keys()) - NOT_COMPARED
    known -= {name for name in MOMENTS if new.get(name) is None and old.get("state") == "approved"}
    names = [name for name in ORDER if name in known] + sorted(known.difference(ORDER))
    changed = [name for name in names if old[name] != new[name]]
    labels = _labels(changed, old, new)
    return Changes([_change(name, old, new, labels, limit) for name in changed], limit.is_reached)


def _change(name, old, new, labels, limit):
    before, after = old[name], new[name]
    change = Change(name, capfirst(_field_label(name)), is_text=name in (*TEXTS, *HTML))
    if name in HTML:
        change.blocks = tuple(html_changes(before or "", after or "", limit))
    elif name in TEXTS:
        change.html = text_changes(before or "", after or "", limit)
    elif isinstance(before, list) and isinstance(after, list):
        change.html = _list_changes(before, after, lambda value: _shown(name, value, new, labels), limit)
    else:
        change.html = _value_changes(*(_shown(name, content[name], content, labels) for content in (old, new)))
    return change


def _field_label(name):
    try:
        return str(field_label(name))
    except FieldDoesNotExist:
        return name.replace("_", " ")


def _labels(names, old, new):
    """{(model, natural key): name} of the rows that the changed fields name, in one query for each model."""
    wanted = {}
    for name in names:
        if name in ROWS:
            for value in (old[name], new[name]):
                wanted.setdefault(ROWS[name], set()).update(value if isinstance(value, list) else [value])
    found = {}
    for (model, key), values in wanted.items():
        rows = model._default_manager.filter(**{f"{key}__in": values - {None}})
        if hasattr(model, "translations"):
            rows = rows.prefetch_related("translations")
        found |= {(model, getattr(row, key)): str(getattr(row, "name", row)) for row in rows}
        if issubclass(model, StoredFile) and (missing := values - {None} - {key for _model, key in found}):
            found |= _former(model, missing)
    return found


def _former(model, keys):
    """{(model, SHA-256): name} of files that were replaced since."""
    owner = model._meta.model_name
    rows = FormerFile.objects.filter(sha256__in=keys, **{f"{owner}__gt": 0}).select_related(owner)
    return {(model, row.sha256): _("%(name)s (the earlier file)") % {"name": getattr(row, owner)} for row in rows}


def _shown(name, value, content, labels):
    """A value in words; what no longer exists is named by its code."""
    if value in (None, "", []):
        return "–"
    if name in ROWS:
        return labels.get((ROWS[name][0], value)) or value[:40]
    if name in MOMENTS:
        return _moment(value, content.get("office"))
    if name == "kind":
        return str(kind_label(value))
    if isinstance(value, list | tuple):
        return " · ".join(str(part) for part in value if part)
    return str(value)


def _moment(value, office):
    """“20 Nov 2026, 14:05 (Nairobi) · 11:05 UTC”."""
    moment = parsed_moment(value)
    zone = Office.objects.filter(code=office).values_list("timezone", flat=True).first() if office else None
    if not zone:
        return f"{short_moment(moment.astimezone(UTC))} UTC"
    local = short_moment(local_time(moment, zone))
    return f"{local} ({zone_name(zone)}) · {moment.astimezone(UTC):%H:%M} UTC"


def _value_changes(before, after):
    return mark_safe(f"{marked('del', _isolated(before))} {marked('ins', _isolated(after))}")


def _list_changes(before, after, shown, limit):
    """All members in the new order, with those that were removed where they were."""
    before, after = ([_hashable(value) for value in values] for values in (before, after))
    found = []
    for what, i, j, k, m in word_diff.steps(before, after, limit):
        if what == "equal":
            found += [_isolated(shown(value)) for value in after[k:m]]
            continue
        found += [marked("del", _isolated(shown(value))) for value in before[i:j]]
        found += [marked("ins", _isolated(shown(value))) for value in after[k:m]]
    return mark_safe("<ul>" + "".join(f"<li>{html}</li>" for html in found) + "</ul>")


def _hashable(value):
    return tuple(value) if isinstance(value, list) else str(value) if isinstance(value, dict) else value


def _isolated(text):
    return f"<bdi>{escape(text)}</bdi>"


def facts(content):
    """[(label, text)] of a revision's fields that are no texts, for a page that shows the revision."""
    content = tidy_content(content)
    names = [name for name in ORDER if name in content and name not in (*TEXTS, *HTML)]
    labels = _labels(names, content, content)
    found = []
    for name in [*names, "dateline_place"]:
        value = content.get(name)
        if value in (None, "", []):
            continue
        values = value if isinstance(value, list) else [value]
        found.append((capfirst(_field_label(name)), joined_text(_shown(name, one, content, labels) for one in values)))
    return found
