"""Where offices stand on the drawn map: an equirectangular world in degrees, cut off near the poles.

The land in `contacts/_land.svg` is our own: coarse outlines set as dots every two degrees, each row a
dashed line. It shows neither borders nor claims.
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
    """The offices that have a position, as SVG coordinates with a point in every language."""
    return [
        Point(office, f"{office.longitude + 180:.1f}", f"{90 - office.latitude:.1f}")
        for office in offices
        if office.latitude is not None and BOTTOM <= office.latitude <= TOP
    ]
