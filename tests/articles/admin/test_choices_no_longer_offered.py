"""A stored value that cannot be chosen any more becomes no other one unless somebody chooses it.

A browser sends the first choice of a list whose value is not among its choices.
"""

import pytest
from django.urls import reverse

from articles.models import Webhook
from tests.cast import make_office, make_ready_article, make_user
from tests.forms import errors, filled

from ..publishing.test_boilerplates import make_boilerplate

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MAKE = {
    "kind of an article": (make_ready_article, "kind", "letter", "news"),
    "kind of a boilerplate": (lambda: make_boilerplate("about", "About."), "kind", "letter", ""),
    "time zone": (make_office, "timezone", "US/Former", "Europe/Zurich"),
}


@pytest.fixture(autouse=True)
def ada(client):
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))


@pytest.mark.parametrize("what", MAKE)
def test_the_form_asks_for_another_value(client, what):
    make, name, stored, other = MAKE[what]
    row = make()
    type(row).objects.filter(pk=row.pk).update(**{name: stored})
    at = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    answer = client.post(at, filled(client.get(at)))
    assert name in errors(answer)
    row.refresh_from_db()
    assert getattr(row, name) == stored
    assert client.post(at, filled(client.get(at), **{name: other})).status_code == 302
    row.refresh_from_db()
    assert getattr(row, name) == other


def test_a_webhook_of_a_former_language_does_not_get_all_languages(client):
    row = Webhook.objects.create(name="Partner", address="https://partner.example.org/", languages=["de"])
    at = reverse("admin:articles_webhook_change", args=[row.pk])
    assert client.post(at, filled(client.get(at), name="Our partner")).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.languages) == ("Our partner", ["de"])
