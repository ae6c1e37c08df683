"""The plan of a mail to the press shows the mail in a frame, with its own styles and without a breach of the policy."""

import pytest
from playwright.sync_api import expect

from tests.articles.press_lists.conftest import planned
from tests.browser.test_admin_accessibility import enter
from tests.cast import make_article, make_journalist, make_user


@pytest.mark.usefixtures("transactional_db")
def test_the_mail_is_shown_in_its_frame(context, page, client, live_server, settings):
    aziz = make_user("aziz", "approver")
    story = make_article(headline="A river")
    make_article(language="ar", translation_of=story, headline="نهر")
    plan = planned(story, make_journalist(language="ar"), by=aziz, note="مرحبا")
    enter(context, client, aziz, live_server, "en", settings)
    page.goto(f"{live_server.url}/admin/articles/sending/{plan.pk}/change/")
    mail = page.frame_locator("iframe")
    expect(mail.locator("h1")).to_have_text("نهر")
    expect(mail.locator(".sheet")).to_have_css("direction", "rtl")
    expect(mail.locator(".sheet")).to_have_css("max-width", "600px")
