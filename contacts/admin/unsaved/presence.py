"""Who else has the form of a row open, for a note above the form. It locks nobody out."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ...cldr.formats import ago
from ...models import OpenForm
from ...models.membership import name_of
from ...zones import own_time

FORGOTTEN = timedelta(minutes=2)  # after the last sign of an open form
OLD = timedelta(days=1)


def note(user, model, row, typed):
    """This person has the form open now; `typed`: and has written since the last note."""
    now = timezone.now()
    values = {"seen_at": now} | ({"typed_at": now} if typed else {})
    own = OpenForm.objects.filter(user=user, model=model, row=row)
    if own.filter(seen_at__gte=now - FORGOTTEN).update(**values):
        return
    OpenForm.objects.filter(seen_at__lt=now - OLD).delete()
    OpenForm.objects.update_or_create(
        user=user, model=model, row=row, defaults={"opened_at": now, "typed_at": None} | values
    )


def forget(user, model, row):
    OpenForm.objects.filter(user=user, model=model, row=row).delete()


def others(user, model, row):
    """A sentence for each other person who has the form open. Ask it only for rows that the user may see."""
    seen = timezone.now() - FORGOTTEN
    rows = OpenForm.objects.filter(model=model, row=row, seen_at__gte=seen).exclude(user=user).select_related("user")
    return [_sentence(one, user) for one in rows.order_by("opened_at", "id")]


def _sentence(one, reader):
    told = {
        "who": name_of(one.user),
        "time": own_time(one.opened_at, reader),
    }
    if one.typed_at is None:
        return _("%(who)s has had this open since %(time)s.") % told
    return _("%(who)s has had this open since %(time)s and typed %(ago)s.") % (told | {"ago": ago(one.typed_at)})
