"""What uses a row that is ended or deleted. The app of articles registers how to find it: this app knows none."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ...cldr.formats import number

_finders = []


@dataclass
class Uses:
    """What uses some rows. `links`: the newest as HTML; `total`: how many, at most `limit`."""

    total: int = 0
    limit: int = 0
    links: list = field(default_factory=list)
    topics_by_contact: dict = field(default_factory=dict)  # {contact's id: a topic of these articles that names it}

    @property
    def shown_total(self):
        return f"{number(self.total)}+" if self.total == self.limit else number(self.total)

    @property
    def more(self):
        return self.total - len(self.links)


def register(finder):
    """Register a function that takes rows of one model, a user and whether to count rows that lead to them: `Uses`."""
    _finders.append(finder)


def uses(rows, user, with_predecessors=False):
    """What uses these rows of one model."""
    for finder in _finders:
        found = finder(list(rows), user, with_predecessors)
        if found is not None and found.total:
            return found
    return Uses()


class NamesUses:
    """For a ModelAdmin: the page that would delete a used row names what uses it, and not each row in between."""

    def get_deleted_objects(self, objs, request):
        found = uses(objs, request.user)
        if not found.total:
            return super().get_deleted_objects(objs, request)
        links = list(found.links)
        if found.more:
            links.append(_("and %(number)s more") % {"number": number(found.more)})
        return [], {}, set(), links
