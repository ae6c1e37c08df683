"""Days on the desk are those of the person who reads; what readers see of contacts and offices changes at midnight UTC."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from articles.desk.panels import desk
from articles.models import Assignment, Journalist
from contacts.models import Contact
from tests.cast import make_article, make_contact, make_journalist, make_office, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 2)
# The second in Auckland, the first in Lima.
EVENING, MORNING = datetime(2026, 12, 1, 20, tzinfo=UTC), datetime(2026, 12, 2, 1, tzinfo=UTC)


@pytest.fixture
def people():
    """{name of the place: an approver there}"""
    places = {"lima": "America/Lima", "auckland": "Pacific/Auckland"}
    return {
        name: make_user(name, "approver", office=make_office(name, name.title(), timezone=zone))
        for name, zone in places.items()
    }


@pytest.mark.parametrize(
    ("place", "moment", "is_late"), [("lima", MORNING, False), ("auckland", EVENING, True), ("lima", EVENING, False)]
)
def test_an_assignment_is_late_once_its_day_is_over_where_its_reader_is(client, people, place, moment, is_late):
    user = people[place]
    article = make_article(state="draft", office=user.memberships.get().office)
    Assignment.objects.create(article=article, assignee=user, until=FIRST)
    with time_machine.travel(moment, tick=False):
        client.force_login(user)
        page = client.get("/admin/articles/article/?assigned=me").content.decode()
        assert ('<span class="late">until' in page) == is_late
        late = client.get("/admin/articles/article/?assigned=late").context["cl"].result_list
        assert list(late) == ([article] if is_late else [])


@pytest.mark.parametrize(("place", "moment", "is_due"), [("lima", MORNING, False), ("auckland", EVENING, True)])
def test_a_text_is_to_be_looked_at_again_on_the_day_of_its_reader(client, people, place, moment, is_due):
    user = people[place]
    with time_machine.travel(moment, tick=False):
        article = make_article(review_by=SECOND, office=user.memberships.get().office)
        client.force_login(user)
        assert list(desk(user)["ageing"]) == ([article] if is_due else [])
        page = client.get(f"/admin/articles/article/{article.pk}/change/")
        assert page.context["is_due"] == is_due
        assert page.context["still_right"].initial["again"] == date(2027, 12, 2 if is_due else 1)


def test_a_consent_may_be_of_today_wherever_it_was_given(client, people):
    with time_machine.travel(EVENING, tick=False):
        client.force_login(people["auckland"])
        row = make_journalist()
        at = f"/admin/articles/journalist/{row.pk}/change/"
        assert client.post(at, filled(client.get(at), consent_on=str(SECOND))).status_code == 302
        assert Journalist.objects.get().consent_on == SECOND
        refused = client.post(at, filled(client.get(at), consent_on="2026-12-03"))
        assert errors(refused) == {"consent_on": ["This day is to come."]}


def test_the_page_that_ends_a_contact_names_the_day_with_which_it_ends_at_once(client, people):
    row = make_contact(office=people["auckland"].memberships.get().office)
    with time_machine.travel(EVENING, tick=False):
        client.force_login(people["auckland"])
        at = f"/admin/contacts/contact/{row.pk}/end/"
        page = client.get(at)
        assert "with 30 November 2026, at once" in page.content.decode()
        assert client.post(at, {"day": str(page.context["form"].initial["day"]), "successor": ""}).status_code == 302
        assert not Contact.objects.current().exists()


def test_the_interface_for_programs_has_a_closure_as_long_as_its_office(client, people):
    lima = people["lima"].memberships.get().office
    lima.closures.create(first_day=FIRST, last_day=FIRST)
    with time_machine.travel(MORNING, tick=False):
        assert len(client.get("/api/v1/offices/lima/").json()["closures"]) == 1
    with time_machine.travel(datetime(2026, 12, 2, 5, tzinfo=UTC), tick=False):
        assert client.get("/api/v1/offices/lima/").json()["closures"] == []
