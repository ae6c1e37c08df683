"""What the reading may have overlooked, in sentences for the editor: {field: [(sentence, passage, anchor)]}."""

from collections import defaultdict

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

LONGEST = 160  # characters of a passage that is shown
SENTENCES = {
    "header": _("This stands above the text and is in no field:"),
    "headline": _("No line could be told to be the headline. The text begins:"),
    "date": _("This may be the date:"),
    "place": _("This may be the place:"),
    "embargo": _("This may be an embargo:"),
    "quotation": _("This may be a quote, and is none of those below:"),
    "words": _("This stands among the contacts and is in no field:"),
    "email": _("Here is an e-mail address that no contact has:"),
    "telephone": _("Here is a telephone number that no contact has:"),
    "link": _("This may be the address of a page:"),
    "name": _("No name was found for this:"),
    "speaker": _("Nobody was found who says this:"),
    "function": _("No function was found beside this:"),
}


def by_field(reading):
    """The doubts of a Reading by the name of its field; "quote-0-role" and "contact-0-name" count rows from 0."""
    found = defaultdict(list)
    for number, doubt in enumerate(reading.doubts):
        passage = " ".join(reading.text[doubt.start : doubt.end].split())
        shown = SENTENCES[doubt.code], Truncator(passage).chars(LONGEST), f"doubt-{number}"
        for name in doubt.fields:
            found[name].append(shown)
    return dict(found)
