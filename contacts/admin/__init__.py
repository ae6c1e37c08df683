"""The admin of regions, countries, offices, contacts and memberships, and the base classes of the other admins."""

from . import offices, people, places

__all__ = ["offices", "people", "places"]
