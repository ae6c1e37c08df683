"""The admin's door in a real browser: log in, see the desk, log out."""

import pytest

from tests.cast import make_user


@pytest.fixture
def edna(transactional_db):
    return make_user("edna", is_staff=True, is_superuser=True)


def test_an_editor_logs_in_and_out(page, edna):
    page.goto("/admin/")
    page.fill("[name=username]", "edna")
    page.fill("[name=password]", "a long password")
    page.press("[name=password]", "Enter")
    page.wait_for_url("/admin/")
    page.click("#logout-form button")
    page.wait_for_url("**/admin/logout/")


def test_a_page_that_breaks_the_content_security_policy_is_noticed(page, edna):
    page.goto("/admin/login/")
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b style=\"color: red\">x</b>')")
    assert any("Content Security Policy" in error for error in page.errors)
    page.errors.clear()
