"""What happens to the story of `test_story.py` once it is approved: read early, held, with another contact, withdrawn."""

import re
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from articles.publishing.workflow import move
from articles.translating.begin import begin_translation
from contacts.models import Contact
from tests.browser.desk_work import log_in, open_form, take
from tests.cast import approve_for

BOARD = "/admin/articles/article/translations/"
HEADLINE, INSTEAD = "Fishing on the lake is open again", "What the lake is like today"
IN_FRENCH, IN_SPANISH = "La pêche est rouverte sur le lac", "Vuelve la pesca al lago"
SUCCESSOR = "Press Desk"


def a_journalist_reads_it_early(page, browser, live_server, story, public_at):
    """Aziz gives the pass and takes it back; the journalist has a browser of her own."""
    passes = f"/admin/articles/article/{story}/passes/"
    page.goto(passes)
    page.fill("#pass_people", "Jane Doe, Example Times, jane@example.org")
    page.get_by_role("button", name="Give passes").click()
    address = page.locator(".new-links input").input_value()
    outside = browser.new_context(base_url=live_server.url)
    reader = outside.new_page()
    reader.goto(address)
    expect(reader.locator("h1")).to_have_text(HEADLINE)
    until = rf"^Embargoed until {public_at.day} \w+ {public_at.year}, 09:30 \(Zurich\)"
    expect(reader.locator(".embargo strong")).to_have_text(re.compile(until))
    assert reader.goto("/en/news/").status == 200
    expect(reader.get_by_role("link", name=HEADLINE)).to_have_count(0)
    page.goto(passes)
    page.get_by_role("button", name="Revoke the pass of Jane Doe").click()
    expect(page.locator("table").first).to_contain_text("revoked")
    assert reader.goto(address).status == 404
    outside.close()


def a_spanish_translation_is_scheduled(story):
    tara, aziz = (get_user_model().objects.get(username=name) for name in ("tara", "aziz"))
    spanish = begin_translation(Article.objects.get(pk=story), "es", tara)
    texts = {"headline": IN_SPANISH, "body": "<p>El lago está abierto. Estuvo cerrado diez semanas.</p>"}
    Article.objects.filter(pk=spanish.pk).update(**texts)
    spanish = move(Article.objects.get(pk=spanish.pk), "submit", tara)
    approve_for(spanish, aziz, timezone.now() + timedelta(days=1))


def tara_sees_what_is_behind_and_held(page):
    log_in(page, "tara")
    page.goto(BOARD)
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=HEADLINE))
    behind = "behind by 1 paragraph"
    expect(row.locator(".cell-behind")).to_have_text([behind, f"{behind} held"])
    page.goto("/admin/articles/article/?state=in_review")
    expect(page.get_by_role("link", name=IN_SPANISH)).to_be_visible()


def aziz_ends_the_contact(page, address):
    log_in(page, "aziz")
    old, new = (Contact.objects.get(code=code) for code in ("media-unit", "press-desk"))
    page.goto(address)
    expect(page.locator(".press-contacts")).to_contain_text("Media Unit")
    page.goto(f"/admin/contacts/contact/{old.pk}/end/")
    expect(page.locator(".uses")).to_contain_text(HEADLINE)
    page.select_option("#id_successor", str(new.pk))
    page.click("[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(address)
    expect(page.locator(".press-contacts")).to_contain_text(SUCCESSOR)
    expect(page.locator(".press-contacts")).not_to_contain_text("Media Unit")


def aziz_withdraws_it(page, story, address):
    log_in(page, "aziz")
    open_form(page, story)
    take(page, "withdraw")
    page.fill("#reason", "The lake was closed again.")
    page.fill("#instead-words", INSTEAD)
    page.locator("#read-instead").get_by_role("button", name="Search").click()
    page.get_by_label(INSTEAD).check()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.locator(".article-status .badge-withdrawn")).to_be_visible()
    page.goto(address)
    told = page.locator(".withdrawn")
    expect(told).to_contain_text("The lake was closed again.")
    told.get_by_role("link", name=INSTEAD).click()
    expect(page.locator("h1")).to_have_text(INSTEAD)
    for address, headline in (("/en/news/", HEADLINE), ("/fr/news/", IN_FRENCH)):
        assert page.goto(address).status == 200
        expect(page.get_by_role("link", name=headline)).to_have_count(0)
