"""Press lists: who is in one, and who of the desk may see, use and change it."""

from django.db.models import Count, Q, prefetch_related_objects

from contacts.models.links import connected, listed_under

from .. import permissions
from ..models import Journalist, PressList
from ..models.journalists.journalists import CODES, reads

RIGHT = "press"


def may_write(user):
    """Whether the user may write to the press at any office, and so may see journalists."""
    return permissions.may(user, RIGHT)


def usable(user, lists=None):
    """The press lists that the user may see and use: those of their offices, and those of no office."""
    lists = PressList.objects.all() if lists is None else lists
    if permissions.everywhere(user, RIGHT):
        return lists
    offices = own_offices(user)
    return lists.filter(Q(office=None) | Q(office__in=offices)) if offices else lists.none()


def own_offices(user):
    """The ids of the offices at which the user may write to the press."""
    rows = permissions.memberships(user)
    return {row.office_id for row in rows if row.office_id is not None and RIGHT in permissions.rights(row)}


def may_change(user, press_list):
    """A list of no office is changed by those who may write to the press everywhere."""
    if permissions.everywhere(user, RIGHT):
        return True
    return press_list.office_id is not None and press_list.office_id in own_offices(user)


def members(press_list):
    """The journalists of a list, as a queryset: whoever they are, with or without consent."""
    return _journalists().filter(_condition(press_list, _Trees()))


def sizes(press_lists):
    """{id of a list: how many journalists are in it}, in one query for all of them."""
    prefetch_related_objects(press_lists, "regions", "topics")
    trees = _Trees() if press_lists else None
    counts = {f"list{row.pk}": Count("pk", filter=_condition(row, trees)) for row in press_lists}
    found = _journalists().order_by().aggregate(**counts) if counts else {}
    return {row.pk: found[f"list{row.pk}"] for row in press_lists}


def in_regions(keys):
    """Condition: the journalist writes about one of these regions (ids), or about a country in one."""
    return Q(pk__in=_having("regions", keys)) | Q(pk__in=_having("countries__region", keys))


def about_topics(keys):
    return Q(pk__in=_having("topics", keys))


def _condition(press_list, trees):
    """By a rule: those who fulfil all its conditions, of each of which one choice is enough. Without any, nobody.

    A journalist counts for a region by the countries, too, and for a region or topic by what lies under it.
    """
    if press_list.kind == PressList.Kind.PICKED:
        return Q(pk__in=_having("press_lists", [press_list.pk]))
    conditions = Q()
    if press_list.outlet:
        conditions &= Q(outlet__icontains=press_list.outlet)
    if regions := press_list.regions.all():
        conditions &= in_regions(trees.under(regions))
    if topics := press_list.topics.all():
        conditions &= about_topics(trees.under(topics))
    if press_list.languages:
        conditions &= reads(press_list.languages)
    return conditions or Q(pk__in=[])


def _journalists():
    return Journalist.objects.alias(codes=CODES)


def _having(path, keys):
    return Journalist.objects.filter(**{f"{path}__in": keys}).order_by().values("pk")


class _Trees:
    """What lies under regions and topics; each tree is read once."""

    def __init__(self):
        self._read = {}

    def under(self, rows):
        """The ids of what counts for these rows, of one model."""
        return {key for row in rows for key in self._tree(type(row))[row.pk]}

    def _tree(self, model):
        if model not in self._read:
            rows = connected(model._default_manager.all(), model.leads_by, "parent")
            listed = listed_under(rows, nested=True)
            self._read[model] = {row.pk: listed[row.final.pk] for row in rows}
        return self._read[model]
