"""Invitations: an account is made when its person opens the link of the mail, once, within days, unless revoked."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from newsroom.login.models import Invitation
from tests.cast import make_office, make_user
from tests.forms import errors, filled

from .pages import link_in, log_in, press, sent

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LIST = "/admin/newsroom/invitation/"
NEW = {"first_name": "Nora", "last_name": "Newman", "email": "nora@example.org", "role": "editor", "language": "fr"}
PASSWORD = {"new_password1": "river and rain", "new_password2": "river and rain"}


@pytest.fixture
def ada(client):
    client.force_login(make_user("ada", first_name="Ada", is_staff=True, is_superuser=True))
    return client


def invite(ada, **changes):
    return ada.post(f"{LIST}add/", filled(ada.get(f"{LIST}add/"), **(NEW | changes)))


def test_the_link_of_the_mail_makes_the_account_with_its_rights(ada):
    office = make_office()
    assert invite(ada, office=office.pk).status_code == 302
    assert not get_user_model().objects.filter(email="nora@example.org").exists()
    letter = sent()[0]
    assert (letter.to, letter.extra_headers["Content-Language"]) == (["nora@example.org"], "fr")
    nora = Client()
    page = nora.get(link_in(letter))
    assert "Nora Newman" in page.content.decode()
    assert press(nora, page, "", **PASSWORD).url == "/admin/"
    user = get_user_model().objects.get(email="nora@example.org")
    assert (user.username, user.is_staff, user.is_superuser) == ("nora@example.org", True, False)
    assert [(row.role, row.office) for row in user.memberships.all()] == [("editor", office)]
    assert user.recipient.language == "fr"
    assert nora.get("/admin/").status_code == 200
    assert log_in(Client(), "nora@example.org", "river and rain").url == "/admin/"


def test_an_administrator_belongs_to_no_office_and_may_do_everything(ada):
    invite(ada, role="administrator", username="nora")
    nora = Client()
    press(nora, nora.get(link_in(sent()[0])), "", **PASSWORD)
    assert get_user_model().objects.get(username="nora").is_superuser
    refused = invite(ada, role="administrator", email="x@example.org", office=make_office().pk)
    assert list(errors(refused)) == ["office"]


def test_a_link_works_once_and_only_the_last_one(ada):
    invite(ada)
    first = link_in(sent()[0])
    row = Invitation.objects.get()
    press(ada, ada.get(f"{LIST}{row.pk}/change/"), f"{LIST}{row.pk}/again/")
    second = link_in(sent()[0])
    nora = Client()
    assert nora.get(first).status_code == 404
    page = nora.get(second)
    press(nora, page, "", **PASSWORD)
    assert press(Client(), page, "", **PASSWORD).status_code == 404


def test_a_link_ends_after_days_and_when_it_is_revoked(ada):
    invite(ada)
    link, row = link_in(sent()[0]), Invitation.objects.get()
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert Client().get(link).status_code == 404
    press(ada, ada.get(f"{LIST}{row.pk}/change/"), f"{LIST}{row.pk}/revoke/")
    assert Client().get(link).status_code == 404
    assert "revoked" in ada.get(LIST).content.decode()


def test_no_mail_is_sent_for_an_invitation_that_was_revoked_meanwhile(ada):
    invite(ada)
    ada.post(f"{LIST}{Invitation.objects.get().pk}/revoke/")
    assert sent() == []


def test_the_list_shows_what_is_pending(ada):
    invite(ada)
    assert "waits for an answer" in ada.get(LIST).content.decode()


def test_who_has_an_account_or_an_invitation_is_not_invited_again(ada):
    make_user("edna", "editor")
    invite(ada)
    assert list(errors(invite(ada, email="EDNA@example.org"))) == ["email"]
    assert list(errors(invite(ada, username="Edna", email="x@example.org"))) == ["username"]
    assert list(errors(invite(ada))) == ["email"]
    make_user("old")
    get_user_model().objects.filter(username="old").update(email="")
    wrong = errors(invite(ada, username="new", email="no address"))
    assert wrong == {"email": ["Enter a valid email address."]}


def test_an_account_that_was_made_meanwhile_is_not_taken_over(ada):
    invite(ada, username="nora")
    nora = Client()
    page = nora.get(link_in(sent()[0]))
    make_user("nora")
    assert "There is an account of this name already." in press(nora, page, "", **PASSWORD).content.decode()
    assert Invitation.objects.get().accepted_at is None


def test_a_weak_password_is_refused_as_everywhere(ada):
    invite(ada)
    nora = Client()
    page = nora.get(link_in(sent()[0]))
    refused = press(nora, page, "", new_password1="nora-newman", new_password2="nora-newman")
    assert "too similar" in refused.content.decode()
