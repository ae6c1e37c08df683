"""Two people with the same form open: their browsers, and saving a form."""

from django.test import Client
from django.urls import reverse

from tests.cast import make_contact, make_user
from tests.forms import errors, filled

TOLD = "ada changed this at"


def address(row, page="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def browser_of(name):
    client = Client()
    client.force_login(make_user(name, is_staff=True, is_superuser=True))
    return client


def contact_with_two_numbers():
    contact = make_contact()
    for number in ("+41 22 555 01 50", "+41 22 555 01 51"):
        contact.phones.create(display=number, order=contact.phones.count())
    return contact


def save(client, row, **changes):
    answer = client.post(address(row), filled(client.get(address(row)), **changes))
    assert answer.status_code == 302, errors(answer)


def numbers(contact):
    return list(contact.phones.order_by("order").values_list("display", flat=True))
