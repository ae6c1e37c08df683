"""When a row was changed. `auto_now` would leave it empty in `loaddata`, which saves rows raw."""

from django.db import models
from django.utils import timezone

YEARS = range(1900, 2200)  # beyond them a date is a slip of the keyboard


def is_plausible(value):
    return value is None or value.year in YEARS


class ChangedField(models.DateTimeField):
    """Now, at every save; a row loaded raw keeps what it brings, else it is now."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"default": timezone.now, "editable": False, "blank": True} | options)

    def pre_save(self, instance, add):
        setattr(instance, self.attname, timezone.now())
        return getattr(instance, self.attname)
