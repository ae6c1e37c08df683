"""Single sign-on by OpenID Connect: whom it lets in, and whom it does not: nobody by an e-mail address alone."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from newsroom.login import invitations
from newsroom.login.models import AuthenticatorApp, Invitation, OutsideAccount
from tests.cast import make_user

from .pages import link_in, log_in, press, sent, told
from .provider import CLIENT

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
GO, BACK = "/admin/login/sso/", "/admin/login/sso/back/"
VERIFIED = {"email": "nora@example.org", "email_verified": True}


def sign_on(client, provider, page=GO, **changes):
    return client.get(BACK, provider.authorize(client.get(page).url) | changes)


def is_in(client):
    return client.get("/admin/").status_code == 200


def invite(**changes):
    values = {"email": "nora@example.org", "first_name": "Nora", "role": "editor", "language": "en"}
    return Invitation.objects.create(**values | {"expires_at": invitations.until(timezone.now())} | changes)


def test_the_log_in_page_leads_to_the_provider_and_back_to_the_page_that_was_asked_for(client, edna, provider):
    assert "Log in with Staff account" in client.get("/admin/login/").content.decode()
    answer = sign_on(client, provider, f"{GO}?next=/admin/contacts/office/")
    assert answer.url == "/admin/contacts/office/"
    assert is_in(client)


def test_without_a_provider_there_is_no_such_page(client, db):
    assert client.get(GO).status_code == 404
    assert "/sso/" not in client.get("/admin/login/").content.decode()


def test_a_page_of_another_site_is_not_where_it_leads(client, edna, provider):
    assert sign_on(client, provider, f"{GO}?next=https://evil.example/").url == "/admin/"


def test_a_second_factor_is_asked_for_unless_the_provider_has_asked(client, edna, provider, settings):
    AuthenticatorApp.objects.create(user=edna, secret="A" * 32)
    assert sign_on(client, provider).url == "/admin/login/second-step/"
    settings.OIDC_SECOND_FACTOR = True
    assert sign_on(client, provider).url == "/admin/"


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another"}, {"aud": [CLIENT, "another"], "azp": "another"},
        {"iss": "https://evil.example"}, {"exp": 1}, {"exp": None}, {"sub": None}, {"iat": 99999999999},
    ],
)  # fmt: skip
def test_a_token_that_is_not_for_this_log_in_is_refused(client, edna, provider, claims):
    provider.claims = claims
    assert sign_on(client, provider).url == "/admin/login/"
    assert not is_in(client)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_without_the_providers_signature_is_refused(client, edna, provider, algorithm):
    provider.algorithm = algorithm
    sign_on(client, provider)
    assert not is_in(client)


def test_a_token_with_another_key_is_refused(client, edna, provider):
    provider.key = ec.generate_private_key(ec.SECP256R1())
    sign_on(client, provider)
    assert not is_in(client)


def test_the_answer_to_another_browser_is_refused_and_each_counts_once(client, edna, provider):
    stolen = provider.authorize(Client().get(GO).url)
    assert client.get(BACK, stolen).url == "/admin/login/"
    client.get(GO)
    assert client.get(BACK, stolen).url == "/admin/login/"
    sign_on(client, provider, state="")
    assert not is_in(client)
    brought = provider.authorize(client.get(GO).url)
    client.get(BACK, brought)
    assert is_in(client)
    client.post("/admin/logout/")
    client.get(BACK, brought)
    assert not is_in(client)


def test_a_provider_that_does_not_answer_is_told(client, edna, provider):
    provider.end()
    answer = client.get(GO, follow=True)
    assert told(answer) == ["The single sign-on did not work. Try again, or log in with your password."]


def test_who_was_not_invited_has_no_account_whatever_their_address_says(client, provider):
    make_user("nora")
    provider.claims = VERIFIED
    answer = client.get(sign_on(client, provider).url)
    assert "Nobody has invited you yet" in told(answer)[0]
    assert not OutsideAccount.objects.exists()
    assert get_user_model().objects.count() == 1


def test_an_invitation_to_a_verified_address_is_accepted(client, provider):
    invite()
    provider.claims = VERIFIED | {"email_verified": "true"}  # a text is no word of the provider
    sign_on(client, provider)
    assert not is_in(client)
    provider.claims = VERIFIED
    assert sign_on(client, provider).url == "/admin/"
    user = get_user_model().objects.get()
    assert (user.email, user.has_usable_password(), user.memberships.get().role) == (
        "nora@example.org",
        False,
        "editor",
    )
    client.post("/admin/logout/")
    provider.claims = {}
    sign_on(client, provider)
    assert is_in(client)


def test_the_link_of_an_invitation_may_go_on_without_a_password(client, provider):
    from newsroom.login import mails

    mails.invite(invite())
    page = client.get(link_in(sent()[0]))
    assert f'href="{GO}"' in page.content.decode()
    sign_on(client, provider)
    assert is_in(client)


def test_an_invitation_that_has_ended_opens_nothing(client, provider):
    invite(expires_at=timezone.now() - timedelta(days=1))
    provider.claims = VERIFIED
    sign_on(client, provider)
    assert not is_in(client)


def test_accounts_are_made_if_the_setting_says_so_without_any_role(client, provider, settings):
    settings.OIDC_CREATE_ACCOUNTS = True
    make_user("edna", "editor")
    provider.claims = VERIFIED | {"preferred_username": "edna"}
    sign_on(client, provider)
    assert not is_in(client)  # nobody takes the account of that name over
    provider.claims = VERIFIED | {"preferred_username": "nora"}
    sign_on(client, provider)
    user = get_user_model().objects.get(username="nora")
    assert (user.is_superuser, user.memberships.count(), is_in(client)) == (False, 0, True)
    assert client.get("/admin/articles/article/").status_code == 403


def test_the_claim_of_the_setting_is_the_person(client, edna, provider, settings):
    settings.OIDC_CLAIM = "oid"
    sign_on(client, provider)
    assert not is_in(client)
    provider.claims = {"oid": "edna-at-home"}
    sign_on(client, provider)
    assert is_in(client)


def test_a_closed_account_stays_closed(client, edna, provider):
    edna.is_active = False
    edna.save()
    sign_on(client, provider)
    assert not is_in(client)


def test_an_account_is_connected_and_disconnected_by_its_owner(client, provider):
    walt = make_user("walt", "writer")
    log_in(client, "walt")
    page = press(client, client.get("/admin/account/"), "/admin/account/sso/")
    address = page.context["address"]
    assert client.get(BACK, provider.authorize(address)).url == "/admin/account/"
    assert walt.outside_accounts.get().subject == "edna-at-home"
    assert "connected" in sent()[0].body
    other = Client()
    sign_on(other, provider)
    assert is_in(other)
    press(client, client.get("/admin/account/"), "/admin/account/sso/disconnect/")
    assert not walt.outside_accounts.exists()


def test_one_person_of_the_provider_opens_one_account(client, edna, provider):
    log_in(client, make_user("walt", "writer").username)
    page = press(client, client.get("/admin/account/"), "/admin/account/sso/")
    answer = client.get(client.get(BACK, provider.authorize(page.context["address"])).url)
    assert told(answer) == ["This single sign-on belongs to another account already."]
    assert edna.outside_accounts.exists()


def test_the_log_out_leads_to_where_the_provider_ends_its_session(client, edna, provider):
    sign_on(client, provider)
    page = client.post("/admin/logout/").content.decode()
    assert f"{provider.issuer}/end_session_endpoint?client_id=newsroom&amp;post_logout_redirect_uri=" in page
    log_in(client, "edna")
    assert "end_session_endpoint" not in client.post("/admin/logout/").content.decode()
