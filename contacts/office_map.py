"""The positions of offices on the map of the public pages, as SVG coordinates.

The map is an equirectangular world in degrees, cut off near the poles. Its land (`contacts/_land.svg`) is our own: a
dot every two degrees, each row a dashed line. It shows no borders, and so takes no side about any.
"""

from dataclasses import dataclass

from .models import Office

TOP, BOTTOM = 84, -57


@dataclass(frozen=True)
class Point:
    office: Office
    x: str
    y: str


def points(offices):
    """A Point for each office with a position on the map; the numbers have a decimal point in every language."""
    return [
        Point(office, f"{office.longitude + 180:.1f}", f"{90 - office.latitude:.1f}")
        for office in offices
        if office.latitude is not None and BOTTOM <= office.latitude <= TOP
    ]
