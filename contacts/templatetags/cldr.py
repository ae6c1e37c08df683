"""Names, dates, numbers and lists as readers of the page's language write them: `{{ names|joined }}`."""

from django import template

from contacts.cldr import formats
from contacts.cldr.ordering import sorted_by_name

register = template.Library()
register.filter("ago", formats.ago)
register.filter("by_name", sorted_by_name)
register.filter("joined", formats.joined)
register.filter("number", formats.number)
register.filter("short_date", formats.short_date)
register.filter("short_moment", formats.short_moment)
register.filter("weekday_moment", formats.weekday_moment)
register.filter("until", formats.until)
