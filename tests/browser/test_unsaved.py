"""In a browser: an open form is kept through a lost network and a lost session, and restored; a quote is inserted."""

import re

from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from contacts.models import Scratch
from tests.browser.closing import close
from tests.browser.settled import settle
from tests.cast import make_article, make_office, make_user

WORDS = "Words that nobody must lose."


def log_in(page, address):
    page.goto(f"/admin/login/?next={address}")
    page.fill("#id_username", "edna")
    page.fill("#id_password", "a long password")
    page.click("[type=submit]")
    page.wait_for_url(f"**{address}")


def test_a_text_survives_a_lost_network_and_a_lost_session(page, context, transactional_db):
    make_user("edna", "editor")
    article = make_article(state="draft", publish_at=None, body="<p>Short.</p>")
    quote = article.quotes.create(speaker="Biira Masika", role="farmer", text="I harvest\nby canoe.")
    address = f"/admin/articles/article/{article.pk}/change/"
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(page, address)
    settle(page)
    state = page.locator("#unsaved-state")
    page.locator(".field-body .ProseMirror").click()
    page.keyboard.type(WORDS)
    page.click("#quotes-group .insert-quote")
    expect(state).to_have_text(re.compile("^Saved for you at"))
    assert "<blockquote><p>I harvest</p><p>by canoe.</p><p>— Biira Masika, farmer</p></blockquote>" in (
        page.locator("#id_body").input_value()
    )
    assert quote.text in Scratch.objects.get().data.replace("\\r\\n", "\n").replace("\\n", "\n")

    context.set_offline(True)
    page.locator("#id_headline").fill("Typed without a network")
    expect(state).to_have_text(re.compile("offline$"))
    context.set_offline(False)
    expect(state).to_have_text(re.compile("^Saved for you at"))

    context.clear_cookies(name="sessionid")
    page.locator("#id_summary").fill("Typed without a session")
    with context.expect_page() as opened:
        state.locator("a").click()
    other = opened.value
    other.fill("#id_username", "edna")
    other.fill("#id_password", "a long password")
    other.click("[type=submit]")
    expect(other.locator("h1")).to_have_text("You are logged in again")
    close(other)
    page.bring_to_front()
    expect(state).to_have_text(re.compile("^Saved for you at"))
    page.errors.clear()  # the browser tells of the lost network

    page.goto(address)
    page.click("text=Restore")
    expect(page.locator("#id_headline")).to_have_value("Typed without a network")
    expect(page.locator("#id_summary")).to_have_value("Typed without a session")
    settle(page)
    page.wait_for_load_state("networkidle")  # what is being kept just now would be kept after the save
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert (article.headline, WORDS in article.body) == ("Typed without a network", True)
    assert not Scratch.objects.exists()
    assert get_user_model().objects.get().username == "edna"


def test_what_this_browser_kept_is_offered_without_loading_the_page_anew(page, context, transactional_db):
    """A page that loads itself anew takes away what somebody has begun in it."""
    make_user("edna", "editor")
    article = make_article(state="draft", publish_at=None)
    address = f"/admin/articles/article/{article.pk}/change/"
    log_in(page, address)
    settle(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("#id_headline", WORDS)
    page.goto("/admin/")
    while not Scratch.objects.filter(data__contains=WORDS).delete()[0]:  # as if it had not reached the server
        page.wait_for_timeout(50)
    loads = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.goto(address)
    page.click("text=Restore")
    expect(page.locator("#id_headline")).to_have_value(WORDS)
    page.wait_for_load_state()
    assert len(loads) == 2  # the form, and the form that was restored


def test_the_time_of_what_is_kept_is_told_in_the_zone_of_the_desk(page, transactional_db):
    office = make_office("nairobi", "Nairobi", timezone="Africa/Nairobi")
    make_user("edna", "editor", office=office)
    article = make_article(state="draft", publish_at=None, office=office)
    log_in(page, f"/admin/articles/article/{article.pk}/change/")
    settle(page)
    page.fill("#id_headline", WORDS)
    state = page.locator("#unsaved-state")
    expect(state).to_have_text(re.compile(r"^Saved for you at \d\d:\d\d \(Nairobi\)$"))
    hour = state.inner_text().removeprefix("Saved for you at ")[:2]
    assert (int(hour) - Scratch.objects.get().saved_at.hour) % 24 in (2, 3)  # 2 if the hour has turned meanwhile


def test_back_from_a_new_article_shows_an_empty_form(page, transactional_db):
    """And not the fields that the browser remembers, without the rows and choices that scripts had added."""
    make_user("edna", "editor")
    log_in(page, "/admin/articles/article/add/")
    settle(page)
    page.fill("#id_headline", "Rain")
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.go_back()
    settle(page)
    expect(page.locator("#id_headline")).to_have_value("")
