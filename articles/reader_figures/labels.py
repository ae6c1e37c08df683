"""What the keys of reader counts are called on the page of the admin."""

from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from contacts.models import Country, Office, Region

from ..models import Topic

MODELS = {"region": Region, "country": Country, "topic": Topic, "office": Office}
PAGES = {
    "home": gettext_lazy("Front page"),
    "list": gettext_lazy("News"),
    "archive": gettext_lazy("Archive"),
    "corrections": gettext_lazy("Corrections"),
    "contact": gettext_lazy("Contact"),
    "verify": gettext_lazy("Verify"),
    "alerts": gettext_lazy("News by e-mail"),
    "offices": gettext_lazy("Offices"),
    "media-contacts": gettext_lazy("Media contacts"),
    "page": gettext_lazy("About"),
}
KITS = {"kit": gettext_lazy("Press kits"), "text": gettext_lazy("Plain texts")}


def of_language(code):
    return get_language_info(code)["name_translated"]


def of_file(file):
    """The label of a download: a row of a file, the key of a kit, or None if the file was deleted."""
    if file is None:
        return _("a file that was deleted")
    return KITS.get(file, file) if isinstance(file, str) else str(file)


def of_pages(rows):
    """[(label, number)] of [(key, number)]; places have their names of today."""
    keys = [tuple(key.partition(" ")[::2]) for key, _number in rows]
    names = {}
    for name, model in MODELS.items():
        codes = {code for kind, code in keys if kind == name}
        if codes:
            names |= {
                (name, row.code.lower()): row.local_name for row in model.objects.with_name().filter(code__in=codes)
            }
    return [
        (names.get((name, code)) or PAGES.get(name) or code or name, number)
        for (name, code), (_key, number) in zip(keys, rows, strict=True)
    ]
