"""What editors have put on the front page and on pages of regions: pinned articles, and a banner for a given time."""

from django.utils import timezone

from ..listing.cards import Cards
from ..models import Banner, Pin


class Pinned:
    """The public pinned articles of a page in its language. `lead`: a list with the id of the lead story, or empty."""

    def __init__(self, place, language, names):
        rows = Pin.objects.filter(place=place, article__language=language, until__gt=timezone.now())
        pins = list(rows.values_list("article", "is_lead"))
        self.cards = Cards([article for article, _is_lead in pins], names)
        leads = [article for article, is_lead in pins if is_lead and article in self.cards]
        self.lead = leads[:1]
        self.others = [article for article in self.cards.ids if article not in self.lead]

    def without(self, ids):
        """The ids that are not pinned."""
        return [pk for pk in ids if pk not in self.cards]


def banner():
    """The banner that ends last, or None. Its text is in the reader's language or says which it is in."""
    return Banner.objects.filter(until__gt=timezone.now()).with_translations().first()


def next_end(now):
    """When the next pin or banner ends: pages change at that moment."""
    ends = (
        model.objects.filter(until__gt=now).order_by("until").values_list("until", flat=True).first()
        for model in (Pin, Banner)
    )
    return min(filter(None, ends), default=None)
