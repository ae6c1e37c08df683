"""Passkeys in a real browser with a virtual device; the pages of the log-in and the own account, which axe looks at."""

import time

import pytest

from newsroom.login import invitations
from newsroom.login.factors import totp
from newsroom.login.models import AuthenticatorApp, Invitation
from tests.browser.test_admin_accessibility import enter, look
from tests.cast import make_user

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def edna(transactional_db):
    return make_user("edna", is_staff=True, is_superuser=True)


def log_in(page, site):
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", "edna")
    page.fill("[name=password]", "a long password")
    page.press("[name=password]", "Enter")


def test_a_passkey_is_made_and_opens_the_account(page, edna, live_server):
    site = live_server.url.replace("127.0.0.1", "localhost")  # passkeys are bound to a name
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    log_in(page, site)
    page.goto(f"{site}/admin/account/")
    page.fill("[name=name]", "My telephone")
    page.click("[data-passkey=create] button")
    page.wait_for_selector(".codes")
    assert edna.passkeys.get().name == "My telephone"
    page.click("#logout-form button")
    page.goto(f"{site}/admin/login/?next=/admin/account/")
    page.click("[data-passkey=get] button")
    page.wait_for_url("**/admin/account/")
    page.click("#logout-form button")
    log_in(page, site)
    page.wait_for_url("**/admin/login/second-step/")
    page.click("[data-passkey=get] button")
    page.wait_for_url(f"{site}/admin/")


def test_axe_finds_nothing(context, page, edna, client, live_server, settings):
    invited = Invitation.objects.create(email="n@example.org", first_name="Nora", role="writer", language="en",
                                        expires_at=invitations.until(edna.date_joined))  # fmt: skip
    open_to_all = [f"/admin/login/{name}" for name in ("", "reset/", "reset/asked/", "reset/MQ/x/")]
    open_to_all.append(f"/admin/login/invitation/{invitations.new_token(invited)}/")
    own = ["/admin/account/", "/admin/account/app/", f"/admin/newsroom/invitation/{invited.pk}/change/",
           "/admin/newsroom/invitation/", "/admin/newsroom/invitation/add/"]  # fmt: skip
    found = {}
    for language, width in (("en", 1280), ("ar", 390)):
        page.set_viewport_size({"width": width, "height": 4000})
        context.clear_cookies()
        name = settings.LANGUAGE_COOKIE_NAME
        context.add_cookies([{"name": name, "value": language, "url": live_server.url}])
        found |= {(language, path): look(page, path) for path in open_to_all}
        enter(context, client, edna, live_server, language, settings)
        session = client.session
        session["proved_at"] = time.time()
        session.save()
        found |= {(language, path): look(page, path) for path in own}
    assert {where: faults for where, faults in found.items() if faults} == {}


def test_the_second_step_works_without_a_script(page, edna):
    AuthenticatorApp.objects.create(user=edna, secret=totp.new_secret())
    log_in(page, "")
    page.wait_for_url("**/admin/login/second-step/")
    assert look(page, "/admin/login/second-step/") == []
    page.fill("#id_code", totp.code_at(edna.authenticator_app.secret, time.time()))
    page.press("#id_code", "Enter")
    page.wait_for_url("/admin/")
