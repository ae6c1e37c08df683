"""Date and time typed in a time zone, such as that of the issuing office: the form field and its input.

A time that the zone leaves out, when its clocks are put forward, is refused. Of one that it has twice, when they are
put back, the form asks which is meant.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext as _

from contacts.admin.fields import DateTimeInput
from contacts.languages import zone_name
from contacts.validators import read_id, time_zone

from ..fields import is_plausible
from ..publication_day import OfficeZones, local_time

WHICH = "_which"  # the name of the choice between two equal times, after that of the input
SEPARATOR = "|"


@dataclass(frozen=True)
class Typed:
    """A time without its zone, or with one if the text had it; `which` is "0", "1" or empty."""

    time: datetime
    which: str = ""

    def moment(self, zone):
        """The moment in the zone of that name; raises ValidationError if there is none or two."""
        if timezone.is_aware(self.time):
            return self.time
        both = possible_moments(self.time, zone)
        words = {"time": f"{self.time:%H:%M}", "city": zone_name(zone)}
        if not both:
            told = _("There is no %(time)s on this day in %(city)s, because the clocks are put forward.")
            raise ValidationError(told % words)
        if len(both) == 2 and self.which not in ("0", "1"):
            told = _("%(time)s comes twice on this day in %(city)s, because the clocks are put back. Choose which.")
            raise ValidationError(told % words)
        return both[int(self.which or 0) if len(both) == 2 else 0]


def possible_moments(local, zone):
    """The moments, in UTC, at which clocks in the zone show this time: none, one or two."""
    moments = []
    try:
        for fold in (0, 1):
            moment = local.replace(tzinfo=time_zone(zone), fold=fold).astimezone(UTC)
            if local_time(moment, zone).replace(tzinfo=None, fold=0) == local and moment not in moments:
                moments.append(moment)
    except OverflowError as error:
        raise ValidationError(_("Enter a valid date/time.")) from error
    return moments


class LocalTimeInput(DateTimeInput):
    """The browser's picker, and a choice beside it where the time in it comes twice. `zone` is set by the field."""

    zone = "UTC"

    def format_value(self, value):
        return value.partition(SEPARATOR)[0] if isinstance(value, str) else super().format_value(value)

    def value_from_datadict(self, data, files, name):
        text = super().value_from_datadict(data, files, name)
        which = data.get(name + WHICH)
        return f"{text}{SEPARATOR}{which}" if text and which else text

    def render(self, name, value, attrs=None, renderer=None):
        html = super().render(name, value, attrs, renderer)
        both = self._both(value)
        if len(both) < 2:
            return html
        question = _("Which of the two?")
        first, second = ({"time": f"{moment:%H:%M}"} for moment in both)
        labels = [
            ("", question),
            ("0", _("the first (%(time)s UTC)") % first),
            ("1", _("the second (%(time)s UTC)") % second),
        ]
        select = forms.Select({"aria-label": question}, labels)
        return format_html("{} {}", html, select.render(name + WHICH, value.partition(SEPARATOR)[2]))

    def _both(self, value):
        try:
            local = parse_datetime(value.partition(SEPARATOR)[0]) if isinstance(value, str) else None
            return possible_moments(local, self.zone) if local and timezone.is_naive(local) else []
        except (ValueError, ValidationError):
            return []


class LocalTimeField(forms.DateTimeField):
    """Cleans to a moment in `zone`; to `Typed` while `resolves` is off, for a form that learns the zone later."""

    widget = LocalTimeInput

    def __init__(self, *, zone="UTC", resolves=True, **options):
        super().__init__(**options)
        self.resolves = resolves
        self.set_zone(zone)

    def set_zone(self, shown, typed=None):
        """`shown`: of the stored time; `typed`: of what is typed, if that is another one."""
        self.shown_zone, self.zone = shown, typed or shown
        self.widget.zone = self.zone

    def __deepcopy__(self, memo):
        result = super().__deepcopy__(memo)
        result.set_zone(self.shown_zone, self.zone)
        return result

    def prepare_value(self, value):
        if not isinstance(value, datetime):
            return value
        local = local_time(value, self.shown_zone)
        text = DateTimeInput().format_value(local)
        is_twice = len(possible_moments(local.replace(tzinfo=None, fold=0), self.shown_zone)) == 2
        return f"{text}{SEPARATOR}{local.fold}" if is_twice else text

    def to_python(self, value):
        text, _separator, which = value.strip().partition(SEPARATOR) if isinstance(value, str) else ("", "", "")
        if not text:
            return None
        try:
            found = parse_datetime(text)
        except ValueError:
            found = None
        found = found or super().to_python(text).replace(tzinfo=None)
        if not is_plausible(found):
            raise ValidationError(self.error_messages["invalid"])
        typed = Typed(found, which)
        return typed.moment(self.zone) if self.resolves else typed

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (data or "")


class HeadquartersTimes:
    """For a ModelForm: its times are typed in the zone of the headquarters. It has no other LocalTimeFields."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.time_fields = [name for name, field in self.fields.items() if isinstance(field, LocalTimeField)]
        zone = OfficeZones().name(None) if self.time_fields else ""
        for name in self.time_fields:
            self.fields[name].set_zone(zone)
            self.fields[name].help_text = _("Date and time in %(city)s.") % {"city": zone_name(zone)}

    def clean(self):
        """The input shows no fractions of a second: what nobody changed keeps them."""
        kept = {name: getattr(self.instance, name) for name in self.time_fields if name not in self.changed_data}
        return super().clean() | kept


class OfficeTimes:
    """For the form of an article: its times are typed in the zone of the issuing office, else of the headquarters.

    If another office is chosen in the same form, the typed times are those of that office.
    """

    time_fields = ("publish_at", "press_from")

    def set_zones(self, zones):
        """`zones`: an `OfficeZones`. Call it when the form is made."""
        self.zones = zones
        shown = typed = zones.name(self.instance.office_id or self.initial.get("office"))
        if self.is_bound and "office" in self.fields:
            typed = zones.name(read_id(self.data.get(self.add_prefix("office"))))
        for name in self.time_fields:
            if name in self.fields:
                self.fields[name].set_zone(shown, typed)
                self.fields[name].help_text = self.help_texts_of_times[name] % {"city": zone_name(typed)}

    def clean_times(self, values):
        """Turn what was typed into moments. What nobody changed stays as it is stored, to the microsecond."""
        for name in self.time_fields:
            field = self.fields.get(name)
            if field is None or name not in values:
                continue
            is_same = name not in self.changed_data and field.zone == field.shown_zone
            try:
                stored = getattr(self.instance, name)
                values[name] = stored if is_same else values[name] and values[name].moment(field.zone)
            except ValidationError as error:
                self.add_error(name, error)
                continue
            if name not in self.changed_data and values[name] != stored:
                self.changed_data.append(name)  # the same time, in another zone
