"""The models of contacts. Import them from here."""

from .membership import Membership
from .offices import (
    Office,
    OfficeClosure,
    OfficeCountry,
    OfficeTranslation,
    OpeningHours,
)
from .people import Contact, ContactTranslation, Phone
from .places import Country, CountryTranslation, Region, RegionTranslation

__all__ = [
    "Contact",
    "ContactTranslation",
    "Country",
    "CountryTranslation",
    "Membership",
    "Office",
    "OfficeClosure",
    "OfficeCountry",
    "OfficeTranslation",
    "OpeningHours",
    "Phone",
    "Region",
    "RegionTranslation",
]
