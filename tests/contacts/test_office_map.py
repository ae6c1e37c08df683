"""Maps of offices: every pin has a number, and no two pins overlap."""

from itertools import combinations
from math import dist

import pytest

from contacts.models import Office
from contacts.pages import office_map
from tests.cast import make_office

pytestmark = pytest.mark.one_database

CITIES = [
    (27.7, 85.3),
    (23.8, 90.4),
    (13.8, 100.5),
    (31.9, 35.9),
    (30.0, 31.2),
    (30.0, 31.2),
    (-18.1, 178.4),
    (83, -179),
]


def offices(places):
    return [Office(pk=pk, code=f"o{pk}", latitude=lat, longitude=lon) for pk, (lat, lon) in enumerate(places, 1)]


@pytest.mark.parametrize(
    "drawn",
    [
        office_map.world(offices(CITIES), radius=4),
        office_map.world(offices(CITIES), radius=10.5),
        office_map.world(offices(CITIES * 4), radius=4),
        office_map.around(offices(CITIES[:6])),
        office_map.around(offices(CITIES[6:])),
        office_map.around(offices([(46.2, 6.1)] * 5)),
    ],
)
def test_pins_neither_overlap_nor_leave_the_map(drawn):
    left, top, width, height = map(float, drawn.view.split())
    radius, spots = float(drawn.radius), [(float(pin.x), float(pin.y)) for pin in drawn.pins]
    assert [pin.number for pin in drawn.pins] == list(range(1, len(spots) + 1))
    assert all(dist(one, other) > 2 * radius for one, other in combinations(spots, 2))
    edge = 1.2 * radius - 0.1  # an outline belongs to each pin
    assert all(left + edge <= x <= left + width - edge for x, _ in spots)
    assert all(top + edge <= y <= top + height - edge for _, y in spots)
    assert not any(number % 2 for number in (left, top, width, height))  # no edge cuts the dots of the land


def test_offices_without_a_position_have_no_pin():
    assert office_map.around(offices([(None, None), (-85, 0)])) is None
    assert office_map.world(offices([(-85, 0), (46.2, 6.1)]), radius=4).numbers == {2: 1}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/regions/europe/", "/en/countries/che/"])
def test_a_landing_page_shows_its_offices_on_a_map_with_the_numbers_beside_their_names(client, path):
    make_office(latitude=46.2, longitude=6.1)
    make_office("bern", "Bern Office")
    page = client.get(path).content.decode()
    assert page.count('class="map-pin"') == page.count('class="pin-number"') == 1
    # Who speaks to the browser says what is to be seen: the name has the number (WCAG 2.5.3).
    assert 'aria-label="1 Geneva Office"' in page
    assert "Bern Office" in page
