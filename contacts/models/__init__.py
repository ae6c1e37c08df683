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
from .unsaved import OpenForm, Scratch

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
    "OpenForm",
    "OpeningHours",
    "Phone",
    "Region",
    "RegionTranslation",
    "Scratch",
]
