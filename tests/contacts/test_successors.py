"""A public page never shows a contact who has left: it shows who came after."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from contacts.models import Contact
from tests.cast import make_contact

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def test_an_expired_contact_gives_way_to_the_first_current_successor():
    today = timezone.now().date()
    third = make_contact("third")
    second = make_contact("second", valid_until=today, replaced_by=third)
    first = make_contact("first", valid_until=today - timedelta(1), replaced_by=second)
    assert first.for_public() == second
    assert second.for_public() == second
    second.valid_until = today - timedelta(1)
    assert first.for_public() == third


def test_without_a_successor_nobody_is_shown():
    assert make_contact(valid_until=date(2024, 12, 31)).for_public() is None
    assert make_contact("hidden", is_public=False).for_public() is None


def test_queryset_and_contact_agree():
    rows = [
        make_contact("now"),
        make_contact("gone", valid_until=date(2024, 12, 31)),
        make_contact("later", valid_from=date(2027, 1, 1)),
        make_contact("hidden", is_public=False),
    ]
    current = set(Contact.objects.current(DAY))
    assert {row.code for row in current} == {"now"}
    assert all(row.is_current(DAY) == (row in current) for row in rows)


def test_a_circle_is_refused_and_does_not_hang():
    first = make_contact("first", valid_until=date(2024, 1, 1))
    second = make_contact("second", valid_until=date(2024, 1, 1), replaced_by=first)
    first.replaced_by = second
    with pytest.raises(ValidationError):
        first.full_clean()
    first.save()
    assert Contact.objects.get(code="first").for_public() is None
