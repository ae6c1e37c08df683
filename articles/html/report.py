"""What cleaning has changed in a text: for forms, which show sentences, and for the import, which counts notices."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

PLACES = 3
PLACE_LENGTH = 60


class TooComplex(ValidationError):
    """The HTML is too large or too deeply nested to be cleaned; the message is a sentence for people."""


@dataclass
class Finding:
    """One kind of change: `code` is a key of SENTENCES, `places` up to three short excerpts that say where."""

    code: str
    count: int = 0
    places: list = field(default_factory=list)


@dataclass
class Cleaned:
    html: str
    findings: list  # of Finding, in the order of the text


class Findings:
    """Collects findings while a text is cleaned."""

    def __init__(self):
        self.by_code = {}

    def add(self, code, place="", number=1):
        """Count a change; `place` is an address, an alternative text or the text where it is."""
        found = self.by_code.setdefault(code, Finding(code))
        found.count += number
        place = shortened(place)
        if place and place not in found.places and len(found.places) < PLACES:
            found.places.append(place)

    def listed(self):
        return list(self.by_code.values())


def shortened(text):
    """The text in one line of at most PLACE_LENGTH characters."""
    text = " ".join(text[: 10 * PLACE_LENGTH].split()).rstrip(".,;:")
    return text if len(text) <= PLACE_LENGTH else f"{text[: PLACE_LENGTH - 1].rstrip()}…"


def sentences(findings):
    """A translated sentence for each finding: "2 pictures from elsewhere were left out: logo.png, map.png."."""
    return [_sentence(found) for found in findings]


def _sentence(found):
    what = SENTENCES[found.code](found.count) % {"count": found.count}
    if not found.places:
        return _("%(what)s.") % {"what": what}
    places = [f"\u2068{place}\u2069" if get_language_bidi() else place for place in found.places]
    places = _(", ").join([*places, *(["…"] if found.count > len(places) else [])])
    return _("%(what)s: %(places)s.") % {"what": what, "places": places}


SENTENCES = {
    # left out
    "remote_picture": lambda n: ngettext(
        "%(count)d picture that is not in the media library was left out",
        "%(count)d pictures that are not in the media library were left out",
        n,
    ),
    "embed": lambda n: ngettext(
        "%(count)d embedded object was left out", "%(count)d embedded objects were left out", n
    ),
    "media": lambda n: ngettext("%(count)d video or sound was left out", "%(count)d videos or sounds were left out", n),
    "form": lambda n: ngettext("%(count)d form field was left out", "%(count)d form fields were left out", n),
    "script": lambda n: ngettext("%(count)d script was left out", "%(count)d scripts were left out", n),
    "comment": lambda n: ngettext("%(count)d comment was left out", "%(count)d comments were left out", n),
    "hidden_text": lambda n: ngettext(
        "%(count)d hidden piece of text was left out", "%(count)d hidden pieces of text were left out", n
    ),
    "shortcode": lambda n: ngettext(
        "%(count)d WordPress shortcode was left out", "%(count)d WordPress shortcodes were left out", n
    ),
    "link_removed": lambda n: ngettext(
        "%(count)d link without a complete address was removed, its text was kept",
        "%(count)d links without complete addresses were removed, their texts were kept",
        n,
    ),
    "link_unsafe": lambda n: ngettext(
        "%(count)d unsafe link was removed, its text was kept",
        "%(count)d unsafe links were removed, their texts were kept",
        n,
    ),
    # repaired
    "link_completed": lambda n: ngettext(
        "%(count)d address of a link was completed", "%(count)d addresses of links were completed", n
    ),
    "paragraphs_made": lambda n: ngettext(
        "%(count)d paragraph was made from lines", "%(count)d paragraphs were made from lines", n
    ),
    "list_recognised": lambda n: ngettext("%(count)d list was recognised", "%(count)d lists were recognised", n),
    "style_read": lambda n: ngettext(
        "%(count)d piece of formatting was read from its style",
        "%(count)d pieces of formatting were read from their styles",
        n,
    ),
    # kept, for a second look
    "struck_text": lambda n: ngettext(
        "%(count)d struck-out piece of text is shown struck out",
        "%(count)d struck-out pieces of text are shown struck out",
        n,
    ),
    "as_text": lambda n: ngettext(
        "%(count)d text could not be read as HTML and was kept without formatting",
        "%(count)d texts could not be read as HTML and were kept without formatting",
        n,
    ),
}
