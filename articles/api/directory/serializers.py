"""The fields of topics, regions, countries, offices and contacts in the API."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from rest_framework import serializers

from contacts import directory
from contacts.models import Contact, Office, OfficeCountry, Phone, Region
from contacts.zones import local_time

from ...listing.in_memory import lists_in_memory
from ..fields import ByLanguage, Sparse

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEXT_CLOSURES = 5  # as on the office's page


def texts(row, field):
    """{language: text} of a translated field."""
    found = ((text.language, getattr(text, field)) for text in row.translations.all())
    return {language: text for language, text in found if text}


class Addressed(Sparse):
    """A row with a code and a page of its own; `kind`: the end of the name of its view in this API."""

    kind = ""

    def absolute(self, path):
        return self.context["absolute"](path)

    def get_url(self, row) -> str:
        return self.absolute(row.get_absolute_url())

    def get_api_url(self, row) -> str:
        return self.absolute(reverse(f"api:{self.kind}", args=[row.key.lower()]))

    def get_articles_url(self, row) -> str:
        return self.absolute(f"{reverse('api:articles')}?{self.kind}={row.key.lower()}")

    def get_name(self, row) -> dict[str, str]:
        return texts(row, "name")


class RegionSerializer(Addressed):
    """A region as the organisation divides the world."""

    kind = "region"
    code = serializers.CharField()
    type = serializers.ChoiceField(choices=Region.Kind.values, source="kind")
    name = serializers.SerializerMethodField()
    intro = serializers.SerializerMethodField()
    parent = serializers.CharField(source="parent.code", allow_null=True, default=None, help_text="Its code.")
    url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()
    articles_url = serializers.SerializerMethodField()

    def get_intro(self, row) -> dict[str, str]:
        return texts(row, "intro")


class TopicSerializer(Addressed):
    """A term of the controlled vocabulary."""

    kind = "topic"
    code = serializers.CharField()
    name = serializers.SerializerMethodField()
    description = serializers.SerializerMethodField()
    parent = serializers.CharField(
        source="parent.code", allow_null=True, default=None, help_text="The code of the topic that it is part of."
    )
    url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()
    articles_url = serializers.SerializerMethodField()

    def get_description(self, row) -> dict[str, str]:
        return texts(row, "description")


class CountrySerializer(Addressed):
    """A country or territory of ISO 3166-1."""

    kind = "country"
    code = serializers.SerializerMethodField(help_text="ISO 3166-1 alpha-3 in small letters.")
    iso2 = serializers.CharField()
    iso3 = serializers.CharField()
    m49 = serializers.CharField(help_text="The United Nations' code.")
    name = serializers.SerializerMethodField()
    region = serializers.CharField(source="region.final.code", help_text="Its code.")
    url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()
    articles_url = serializers.SerializerMethodField()

    def get_code(self, row) -> str:
        return row.iso3.lower()


class PhoneSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Phone.Kind.values)
    display = serializers.CharField(help_text="As it was typed.")
    e164 = serializers.ListField(child=serializers.CharField(), source="numbers", help_text="As of ITU-T E.164.")


class ContactSerializer(Addressed):
    """A person or a unit that journalists may call."""

    kind = "contact"
    code = serializers.CharField()
    type = serializers.ChoiceField(choices=Contact.Kind.values, source="kind")
    purpose = serializers.ChoiceField(choices=Contact.Purpose.values)
    name = serializers.SerializerMethodField()
    job_title = serializers.SerializerMethodField()
    unit = serializers.SerializerMethodField()
    email = serializers.CharField(allow_blank=True)
    phones = PhoneSerializer(many=True)
    languages = serializers.ListField(child=serializers.CharField(), help_text="Language tags (BCP 47).")
    office = serializers.CharField(source="office.code", help_text="Its code.")
    timezone = serializers.CharField(source="office.timezone", help_text="IANA name.")
    vcard_url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()

    def get_name(self, row) -> dict[str, str]:
        return {text.language: text.display_name or text.unit_name for text in row.translations.all()}

    def get_job_title(self, row) -> dict[str, str]:
        return texts(row, "job_title")

    def get_unit(self, row) -> dict[str, str]:
        return texts(row, "unit_name")

    def get_vcard_url(self, row) -> str:
        return self.absolute(row.get_absolute_url())


class HoursSerializer(serializers.Serializer):
    weekday = serializers.SerializerMethodField()
    opens = serializers.SerializerMethodField(help_text="Such as 09:00, in the office's time zone.")
    closes = serializers.SerializerMethodField()

    def get_weekday(self, row) -> str:
        return WEEKDAYS[row.weekday]

    def get_opens(self, row) -> str:
        return f"{row.opens:%H:%M}"

    def get_closes(self, row) -> str:
        return f"{row.closes:%H:%M}"


class ClosureSerializer(serializers.Serializer):
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    note = ByLanguage(source="notes")


class CoverageSerializer(serializers.Serializer):
    country = serializers.SerializerMethodField(help_text="ISO 3166-1 alpha-3 in small letters.")
    role = serializers.ChoiceField(choices=OfficeCountry.Role.values)

    def get_country(self, row) -> str:
        return row.country.iso3.lower()


class OfficeSerializer(Addressed):
    """An office. Of a closed one it says where its work is continued, and not how it was reached."""

    kind = "office"
    code = serializers.CharField()
    type = serializers.ChoiceField(choices=Office.Kind.values, source="kind")
    name = serializers.SerializerMethodField()
    city = serializers.SerializerMethodField()
    address = serializers.SerializerMethodField()
    intro = serializers.SerializerMethodField()
    country = serializers.SerializerMethodField(help_text="ISO 3166-1 alpha-3 in small letters.")
    region = serializers.SerializerMethodField(help_text="Its code.")
    parent = serializers.CharField(source="parent.code", allow_null=True, default=None, help_text="Its code.")
    successor = serializers.SerializerMethodField(help_text="Of a closed office: the code of the one that continues.")
    timezone = serializers.CharField(help_text="IANA name.")
    languages = serializers.SerializerMethodField(help_text="Language tags (BCP 47).")
    closed = serializers.SerializerMethodField(help_text="The day from which it is permanently closed.")
    email = serializers.SerializerMethodField()
    website = serializers.SerializerMethodField()
    phones = serializers.SerializerMethodField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    opening_hours = serializers.SerializerMethodField()
    closures = serializers.SerializerMethodField(help_text="The next ones.")
    covers = CoverageSerializer(many=True, source="coverage.all")
    contacts = serializers.SerializerMethodField(help_text="Their codes.")
    url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()
    articles_url = serializers.SerializerMethodField()

    @cached_property
    def names(self):
        return lists_in_memory().names()

    def get_city(self, row) -> dict[str, str]:
        return texts(row, "city")

    def get_address(self, row) -> dict[str, str]:
        return {} if row.is_closed else texts(row, "address")

    def get_intro(self, row) -> dict[str, str]:
        return texts(row, "intro")

    def get_country(self, row) -> str:
        return row.host_country.iso3.lower()

    def get_region(self, row) -> str:
        known = self.names.row("region", row.host_country.region_id)  # with its successors, without a query
        return (known or row.host_country.region).final.code

    def get_successor(self, row) -> str | None:
        known = self.names.row("office", row.pk) or row
        return known.final.code if known.final != known else None

    def get_closed(self, row) -> str | None:
        return row.closed.isoformat() if row.is_closed else None

    def get_email(self, row) -> str:
        return "" if row.is_closed else row.email

    def get_website(self, row) -> str:
        return "" if row.is_closed else row.website

    def get_languages(self, row) -> list[str]:
        return [] if row.is_closed else row.languages

    def get_phones(self, row) -> PhoneSerializer(many=True):
        return [] if row.is_closed else PhoneSerializer(row.phones.all(), many=True).data

    def get_opening_hours(self, row) -> HoursSerializer(many=True):
        return [] if row.is_closed else HoursSerializer(row.opening_hours.all(), many=True).data

    def get_closures(self, row) -> ClosureSerializer(many=True):
        today = local_time(timezone.now(), row.timezone).date()
        coming = [] if row.is_closed else [one for one in row.closures.all() if one.last_day >= today]
        return ClosureSerializer(coming[:NEXT_CLOSURES], many=True).data

    def get_contacts(self, row) -> list[str]:
        return [contact.code for contact in sorted(row.reachable, key=directory.contact_order)]
