"""How many rows a form has is a browser's word, and others write, too: it is saved whole, or refused and why."""

import pytest

from contacts.models import Phone
from tests.cast import make_contact, make_ready_article, make_region, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# Below nought, beyond any list, beyond any number of a database, no number at all.
ODD = ["-5", "-1", "1000000", "99999999999999999999", "abc", "1.5", "", "\0"]
PARTS = ["region_rows", "topic_rows", "contact_rows", "related_links"]


@pytest.fixture
def desk(client):
    """A client that tells 500 instead of raising."""
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    client.raise_request_exception = False
    return client


@pytest.fixture
def article():
    article = make_ready_article(headline="As it was")
    article.related_links.create(url="https://example.org/", title="More")
    return article


@pytest.fixture
def contact():
    contact = make_contact(email="as-it-was@example.org")
    contact.phones.create(display="+41 22 123 45 67")
    return contact


def at(row):
    return f"/admin/{row._meta.label_lower.replace('.', '/')}/{row.pk}/change/"


def rows(owner, *parts):
    return [list(getattr(owner, part).values_list()) for part in parts]


def post(desk, owner, **changes):
    return desk.post(at(owner), filled(desk.get(at(owner)), **changes))


def counts(odd, count, *parts):
    return {f"{part}-{count}": odd for part in parts}


@pytest.mark.parametrize("count", ["INITIAL_FORMS", "TOTAL_FORMS"])
def test_an_odd_number_of_rows_is_told_and_nothing_is_stored(desk, article, count):
    before, form = rows(article, *PARTS), filled(desk.get(at(article)), headline="Half written")
    for odd in ODD:
        response = desk.post(at(article), form | counts(odd, count, *PARTS))
        assert (response.status_code, list(errors(response))) == (200, PARTS), odd
        article.refresh_from_db()
        assert (article.headline, rows(article, *PARTS)) == ("As it was", before), odd


@pytest.mark.parametrize("count", ["INITIAL_FORMS", "TOTAL_FORMS"])
def test_so_it_is_in_the_directory(desk, contact, count):
    parts = ["translations", "phones"]
    before, form = rows(contact, *parts), filled(desk.get(at(contact)), email="half@example.org")
    for odd in ODD:
        response = desk.post(at(contact), form | counts(odd, count, *parts))
        assert (response.status_code, list(errors(response))) == (200, parts), odd
        contact.refresh_from_db()
        assert (contact.email, rows(contact, *parts)) == ("as-it-was@example.org", before), odd


def test_an_editor_is_told_it_in_words(desk, article):
    response = post(desk, article, tampered={"region_rows-TOTAL_FORMS": "-5"})
    assert errors(response) == {"region_rows": ["The form was incomplete. Nothing was saved. Open it again."]}
    assert "ManagementForm" not in response.content.decode()


def test_rows_said_to_be_new_are_there_already(desk, article, contact):
    response = post(desk, article, tampered={"region_rows-INITIAL_FORMS": "0"})
    assert errors(response) == {"region_rows": ["Region with this Article and Region already exists."]}
    response = post(desk, contact, tampered={"phones-INITIAL_FORMS": "0"})
    assert "already exists" in errors(response)["phones"][0]


def test_what_somebody_else_has_added_meanwhile_is_there_already(desk, contact):
    shown = filled(desk.get(at(contact)), **{"phones-1-display": "+41 22 765 43 21"})
    contact.phones.create(display="+41 22 765 43 21")
    refused = desk.post(at(contact), shown)
    assert "Added: landline · +41 22 765 43 21" in errors(refused)["phones"][0]
    assert "duplicate values" in errors(desk.post(at(contact), filled(refused)))["phones"][0]
    assert Phone.objects.count() == 2


def test_rows_may_change_places(desk, article):
    asia = make_region("asia", "Asia")
    article.regions.add(asia)
    europe = article.regions.get(code="europe")
    swapped = {"region_rows-0-region": asia.pk, "region_rows-1-region": europe.pk}
    assert post(desk, article, **swapped).status_code == 302
    assert [row.region.code for row in article.region_rows.all()] == ["asia", "europe"]


def test_a_row_may_take_the_place_of_one_that_is_deleted(desk, contact):
    contact.phones.create(display="+41 22 765 43 21", order=1)
    first = {"phones-0-display": "+41 22 765 43 21", "phones-1-DELETE": "on"}
    assert post(desk, contact, **first).status_code == 302
    assert [phone.display for phone in contact.phones.all()] == ["+41 22 765 43 21"]
