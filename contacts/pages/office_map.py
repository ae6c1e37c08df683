"""Maps of offices for the public pages: numbered pins that do not overlap, as SVG coordinates.

The map is an equirectangular world in degrees, cut off near the poles. Its land (`static/newsroom/land.svg`) is our
own: a dot every two degrees, each row a dashed line. It shows no borders, and so takes no side about any.
"""

from dataclasses import dataclass
from itertools import combinations

from ..models import Office

TOP, BOTTOM = 84, -58
WORLD = (0, 90 - TOP, 360, TOP - BOTTOM)  # x, y, width, height
SHAPE = 3 / 2  # width by height of a map of a part of the world
MARGIN = 10  # degrees around its offices
ROUNDS = 1500  # in which pins are moved apart, divided by their number: with 150 offices, 0.1 s a map


@dataclass(frozen=True)
class Pin:
    """A numbered circle; a line leads from the office's place to it where it was moved."""

    number: int
    office: Office
    place: tuple  # x and y, as text with a decimal point in every language
    x: str
    y: str


@dataclass(frozen=True)
class Map:
    view: str  # the viewBox
    radius: str  # of a pin
    pins: list

    @property
    def numbers(self):
        """{office's primary key: number of its pin}"""
        return {pin.office.pk: pin.number for pin in self.pins}


def world(offices, radius):
    """The Map of the whole world with pins of this radius, in degrees; None if no office has a position on it."""
    return _map(offices, WORLD, radius)


def around(offices, width=60):
    """The Map of the part of the world where these offices are, at least `width` degrees wide."""
    found = _places(offices)
    if not found:
        return None
    columns, rows = zip(*found.values(), strict=True)
    width = max(width, max(columns) - min(columns) + 2 * MARGIN, (max(rows) - min(rows) + 2 * MARGIN) * SHAPE)
    width = min(_even(width), WORLD[2])
    height = min(_even(width / SHAPE), WORLD[3])
    left = _even(_within((min(columns) + max(columns) - width) / 2, 0, WORLD[2] - width))
    top = _even(_within((min(rows) + max(rows) - height) / 2, WORLD[1], WORLD[1] + WORLD[3] - height))
    return _map(offices, (left, top, width, height), width / 28)


def _even(degrees):
    """The next even number: dots stand at odd ones, and no edge of a map cuts them."""
    return 2 * round(degrees / 2)


def _places(offices):
    """{office: (x, y)} of those with a position on the map."""
    return {
        office: (float(office.longitude) + 180, 90 - float(office.latitude))
        for office in offices
        if office.latitude is not None and office.longitude is not None and BOTTOM <= office.latitude <= TOP
    }


def _map(offices, view, radius):
    places = _places(offices)
    if not places:
        return None
    spots = _apart(list(places.values()), 2.4 * radius, view, 1.2 * radius)  # with room for its outline
    pins = [
        Pin(number, office, _texts(place), *_texts(spot))
        for number, ((office, place), spot) in enumerate(zip(places.items(), spots, strict=True), 1)
    ]
    return Map(" ".join(_texts(view)), *_texts([radius]), pins)


def _texts(numbers):
    return tuple(f"{number:.1f}" for number in numbers)


def _apart(places, distance, view, margin):
    """The places, moved so that no two are nearer than this, as far as there is room in the view."""
    left, top, width, height = view

    def inside(spot):
        across = _within(spot.real, left + margin, left + width - margin)
        return complex(across, _within(spot.imag, top + margin, top + height - margin))

    spots = [inside(complex(*place)) for place in places]
    for _ in range(ROUNDS // len(spots)):
        near = False
        for one, other in combinations(range(len(spots)), 2):
            gap = spots[other] - spots[one]
            if abs(gap) < distance - 0.05:
                near = True
                way = gap / abs(gap) if gap else complex((one + other) % 3 - 1, 1) / 2  # from the same place: any way
                push = way * (distance - abs(gap)) / 2
                spots[one], spots[other] = inside(spots[one] - push), inside(spots[other] + push)
        if not near:
            break
    return [(spot.real, spot.imag) for spot in spots]


def _within(value, least, most):
    return min(max(value, least), most)
