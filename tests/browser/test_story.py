"""A day of a press office on the running site: a story from its draft to its withdrawal, by all who have a part in it."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from articles.models import Article, Image, Notice
from tests import files
from tests.browser.closing import close
from tests.browser.desk_work import choose, drop_picture, enter, log_in, open_form, save, submit, take, write
from tests.browser.settled import settle
from tests.browser.story_public import (
    BOARD,
    HEADLINE,
    IN_FRENCH,
    INSTEAD,
    SUCCESSOR,
    a_journalist_reads_it_early,
    a_spanish_translation_is_scheduled,
    aziz_ends_the_contact,
    aziz_withdraws_it,
    tara_sees_what_is_behind_and_held,
)  # fmt: skip
from tests.cast import make_article, make_contact, make_office, make_region, make_topic, make_user

pytestmark = pytest.mark.django_db(transaction=True)

ZURICH = ZoneInfo("Europe/Zurich")
ADD = "/admin/articles/article/add/"
FIRST, LAST = "The lake is open again to all boats.", "The harbours follow in spring."
WRONG, RIGHT = "It was closed for ten weeks.", "It was closed for twelve weeks."
REASON, REMARK = "Say since when it was closed.", "Ask the harbour for the exact day."


def test_a_day_of_a_press_office(page, browser, live_server, settings):
    settings.FOUR_EYES = True
    office = make_office()
    make_user("walt", "writer", office)
    make_user("tara", "translator", office)
    make_user("aziz", "approver")
    make_region()
    make_topic()
    make_contact()
    make_contact("press-desk", SUCCESSOR)
    make_article(headline=INSTEAD, office=office)
    page.on("dialog", lambda dialog: dialog.accept())
    public_at = (datetime.now(ZURICH) + timedelta(days=1)).replace(hour=9, minute=30, second=0, microsecond=0)

    story = walt_writes(page)
    walt_cannot_approve(page, story)
    aziz_sends_it_back(page, story)
    walt_answers(page, story)
    aziz_schedules_it(page, story, public_at)
    a_journalist_reads_it_early(page, browser, live_server, story, public_at)
    with time_machine.travel(public_at + timedelta(minutes=1)):
        address = readers_find_it(page)
        tara_translates_it(page)
        a_spanish_translation_is_scheduled(story)
        walt_corrects_it(page, story)
        aziz_publishes_the_correction(page, address)
        tara_sees_what_is_behind_and_held(page)
        aziz_ends_the_contact(page, address)
        aziz_withdraws_it(page, story, address)
        the_notices_are_mailed()


def walt_writes(page):
    log_in(page, "walt")
    page.goto(ADD)
    settle(page)
    state = page.locator("#unsaved-state")
    page.fill("#id_headline", HEADLINE)
    page.fill("#id_summary", "After the rain the water is high enough.")
    page.locator(".field-body .ProseMirror").click()
    page.keyboard.type(FIRST)
    for name, words, chosen in (
        ("Regions", "euro", "Europe"), ("Topics", "dia", "Diaspora"), ("Press contacts", "media", "Media Unit"),
    ):  # fmt: skip
        choose(page, name, words, chosen)
    walt_drops_a_picture(page)
    expect(state).to_have_text(re.compile("^Saved for you at"))

    page.context.clear_cookies(name="sessionid")
    write(page, LAST)
    expect(state).to_have_text(re.compile("you are no longer logged in"))
    with page.context.expect_page() as opened:
        state.locator("a").click()
    enter(opened.value, "walt")
    expect(opened.value.locator("h1")).to_have_text("You are logged in again")
    close(opened.value)
    page.bring_to_front()
    expect(state).to_have_text(re.compile("^Saved for you at"))
    page.errors.clear()  # the browser tells of what was refused

    page.goto(ADD)
    page.click("text=Restore")
    settle(page)
    expect(page.locator("#id_headline")).to_have_value(HEADLINE)
    expect(page.locator(".field-body .ProseMirror")).to_contain_text(LAST)
    expect(page.locator(".field-lead_image .chip")).to_contain_text("Boats on the lake")
    save(page)
    submit(page)
    return Article.objects.get(headline=HEADLINE).pk


def walt_drops_a_picture(page):
    drop_picture(page, "boats.jpg", files.picture())
    page.fill(".upload-alt", "Boats on the lake")
    page.fill(".upload-credit", "W. Writer")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".field-lead_image .chip")).to_contain_text("Boats on the lake")


def walt_cannot_approve(page, story):
    expect(page.locator(".move-approve")).to_have_count(0)
    page.goto(f"/admin/articles/article/{story}/move/approve/")
    expect(page.locator(".messagelist .error")).to_have_text("This is not possible now, or not allowed to you.")


def aziz_sends_it_back(page, story):
    log_in(page, "aziz")
    open_form(page, story)
    expect(page.locator(".review")).to_contain_text("This is the first version")
    page.goto(f"/admin/articles/article/{story}/review/")
    part = page.locator(".part").filter(has_text=FIRST)
    part.locator("summary", has_text="Add a remark").first.click()
    part.locator("textarea").first.fill(REMARK)
    part.get_by_role("button", name="Add the remark").first.click()
    expect(page.locator(".remark .said")).to_have_text(REMARK)
    open_form(page, story)
    take(page, "request_changes")
    page.fill("#reason", REASON)
    page.get_by_role("button", name="Request changes").click()
    expect(page.locator(".article-status .badge-draft")).to_be_visible()


def walt_answers(page, story):
    log_in(page, "walt")
    open_form(page, story)
    expect(page.locator(".sent-back")).to_contain_text(REASON)
    write(page, WRONG)
    submit(page)
    expect(page.locator(".sent-back")).to_have_count(0)


def aziz_schedules_it(page, story, public_at):
    log_in(page, "aziz")
    open_form(page, story)
    expect(page.locator(".review h2")).to_have_text("What changed since you last looked")
    expect(page.locator(".review ins")).to_have_text(f"added: {WRONG}")

    with_dates(page, story, public_at)
    take(page, "approve")
    expect(page.locator(".errorlist").first).to_have_text("An editor must clear this picture first: Boats on the lake")
    page.goto(f"/admin/articles/image/{Image.objects.get().pk}/change/")
    page.get_by_label("To be cleared").uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    with_dates(page, story, public_at)
    approve_despite_the_remark(page)
    expect(page.locator(".article-status .badge-scheduled")).to_be_visible()
    expect(page.locator(".field-publish_at_local")).to_contain_text("09:30 (Zurich)")
    assert Article.objects.get(pk=story).publish_at == public_at


def with_dates(page, story, public_at):
    open_form(page, story)
    page.fill("#id_publish_at", public_at.strftime("%Y-%m-%dT%H:%M"))
    page.fill("#id_press_from", (public_at - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"))


def approve_despite_the_remark(page):
    take(page, "approve")
    expect(page.locator(".open-remarks")).to_contain_text(REMARK)
    page.get_by_role("button", name="Approve").click()


def readers_find_it(page):
    """Its time has come. The address of the article."""
    page.goto("/en/news/")
    page.get_by_role("link", name=HEADLINE).first.click()
    expect(page.locator("h1")).to_have_text(HEADLINE)
    expect(page.locator("article")).to_contain_text(WRONG)
    return page.url


def tara_translates_it(page):
    log_in(page, "tara")
    page.goto(BOARD)
    page.get_by_role("button", name=f"Add French: {HEADLINE}").click()
    settle(page)
    page.fill("#id_headline", IN_FRENCH)
    page.fill("#id_summary", "Après la pluie, le niveau de l’eau est suffisant.")
    page.locator(".field-body .ProseMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Le lac est rouvert à tous les bateaux.\nLes ports suivront.\nIl a été fermé dix semaines.")
    submit(page)
    pk = Article.objects.get(language="fr").pk
    log_in(page, "aziz")
    open_form(page, pk)
    take(page, "approve")
    expect(page.locator(".article-status .badge-live")).to_be_visible()
    page.goto("/fr/news/")
    expect(page.get_by_role("link", name=IN_FRENCH).first).to_be_visible()


def walt_corrects_it(page, story):
    log_in(page, "walt")
    open_form(page, story)
    take(page, "revise")
    page.get_by_label("Correction:").check()
    page.fill("#id_was_wrong", "The article said ten weeks.")
    page.fill("#id_change_note", "The lake was closed for twelve weeks.")
    page.get_by_role("button", name="Start a new edition").click()
    settle(page)
    expect(page.locator(".article-status .badge-copy")).to_be_visible()
    page.locator(".field-body .ProseMirror p", has_text=WRONG).click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Home")
    page.keyboard.type(RIGHT)
    submit(page)


def aziz_publishes_the_correction(page, address):
    copy = Article.objects.get(revises__isnull=False)
    log_in(page, "aziz")
    open_form(page, copy.pk)
    expect(page.locator(".review ins")).to_contain_text(["twelve"])
    take(page, "publish")
    expect(page.locator(".article-status .badge-live")).to_be_visible()
    page.goto(address)
    expect(page.locator("article")).to_contain_text(RIGHT)
    expect(page.locator(".changes h2")).to_contain_text("Correction of")
    expect(page.locator(".changes")).to_contain_text("The article said ten weeks.")


def the_notices_are_mailed():
    """Each gets one mail of all that was told since the morning; nobody is told of what they did themselves."""
    told = [(row.recipient.user.username, row.kind, row.article.language) for row in Notice.objects.order_by("id")]
    assert told == [
        ("aziz", "submitted", "en"), ("walt", "remark", "en"), ("walt", "sent_back", "en"), ("aziz", "submitted", "en"),
        ("walt", "approved", "en"), ("aziz", "submitted", "fr"), ("tara", "published", "fr"),
        ("aziz", "submitted", "es"), ("tara", "approved", "es"), ("aziz", "submitted", "en"),
        ("walt", "published", "en"), ("tara", "held", "es"), ("aziz", "held", "es"),
        ("walt", "corrected", "en"), ("tara", "corrected", "en"), ("walt", "withdrawn", "en"), ("tara", "withdrawn", "en"),
        ("tara", "withdrawn", "fr"),
    ]  # fmt: skip
    assert mail.outbox == []
    call_command("work", once=True)
    mails = {sent.to[0].split("@")[0]: sent for sent in mail.outbox}
    assert {name: sent.subject for name, sent in mails.items()} == {
        "aziz": "Newsroom: 6 messages",
        "walt": "Newsroom: 6 messages",
        "tara": "Newsroom: 6 messages",
    }
    assert REASON in mails["walt"].body
    assert REMARK in mails["walt"].body
    call_command("work", once=True)
    assert len(mail.outbox) == 3
