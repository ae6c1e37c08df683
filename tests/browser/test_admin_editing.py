"""An editor at work in a real browser: writes, picks a picture, orders rows, gives a date, publishes."""

import io
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture
from playwright.sync_api import Error, expect

from articles.models import Article
from contacts.admin.unsaved import presence
from tests import files
from tests.browser.settled import settle
from tests.cast import create_image, make_contact, make_ready_article, make_region, make_user


@pytest.fixture
def desk(context, client, live_server, transactional_db):
    """Aziz, who writes and approves, is logged in."""
    client.force_login(make_user("aziz", "approver"))
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


def form(page, article):
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    settle(page)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_an_imported_draft_gets_a_date_and_is_public(page, desk):
    article = make_ready_article(publish_at=None, headline="A conference", external_source="seeds", external_id="1")
    form(page, article)
    yesterday = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    page.fill("#id_publish_at", yesterday)
    page.get_by_role("button", name="Submit for review").click()
    page.wait_for_selector(".badge-in_review")
    page.get_by_role("button", name="Approve").click()
    page.wait_for_selector(".badge-live")
    page.goto("/en/news/")
    expect(page.get_by_role("link", name="A conference").first).to_be_visible()


def test_what_is_typed_in_the_editor_is_kept(page, desk):
    article = make_ready_article(body="")
    form(page, article)
    page.get_by_role("textbox", name="Body").click()
    page.keyboard.type("Rain at last.")
    save(page)
    article.refresh_from_db()
    assert article.body == "<p>Rain at last.</p>"


def test_language_and_direction_of_a_paragraph_survive_the_editor(page, desk):
    article = make_ready_article(body='<p lang="ar" dir="rtl">مرحبا</p><p>Hello</p>')
    form(page, article)
    page.get_by_role("textbox", name="Body").locator("p").last.click()
    page.keyboard.press("End")
    page.keyboard.type(" there")
    save(page)
    article.refresh_from_db()
    assert "Hello there" in article.body
    paragraph = article.body.split(">")[0]
    assert 'lang="ar"' in paragraph
    assert 'dir="rtl"' in paragraph


def test_a_picture_is_picked_with_the_keyboard_and_put_into_the_text(page, context, desk):
    content = io.BytesIO()
    Picture.new("RGB", (900, 600), "teal").save(content, "JPEG")
    image = create_image(ContentFile(content.getvalue(), "sea.jpg"), "A. Otieno", alt={"en": "The sea"})
    article = make_ready_article(body="")
    form(page, article)
    page.get_by_role("textbox", name="Body").click()
    page.locator(".field-body").get_by_role("button", name="Picture from the library").click()
    with context.expect_page() as opened:
        page.get_by_role("button", name="Browse…").click()
    picker = opened.value
    picker.wait_for_load_state()  # its buttons are seen before its script listens to them
    button = picker.get_by_role("button", name="The sea")
    button.focus()
    with suppress(Error):  # the window is gone before the key is up
        picker.keyboard.press("Enter")
    expect(page.get_by_label("Image URL")).to_have_value(image.file.url)
    page.get_by_role("button", name="Insert", exact=True).click()
    save(page)
    article.refresh_from_db()
    assert f'src="{image.file.url}"' in article.body
    assert 'alt="The sea"' in article.body


def test_what_is_chosen_is_found_moved_and_removed_with_the_keyboard(page, desk):
    regions = [make_region(code, code.title()) for code in ("africa", "asia")]
    make_region("europe", "Europe")
    article = make_ready_article(regions=regions)
    form(page, article)
    group = page.locator("#region_rows-group")
    group.get_by_role("combobox", name="Regions").press_sequentially("euro")
    group.get_by_role("option", name="Europe").wait_for()
    page.keyboard.press("Enter")
    assert page.locator("body > [role=status]").inner_text() == "Added: Europe"
    group.get_by_role("button", name="Move up: Europe").press("Enter")
    assert page.locator("body > [role=status]").inner_text() == "Europe: 2 of 3"
    page.keyboard.press("ArrowUp")
    group.get_by_role("button", name="Remove from the list: Africa").press("Enter")
    save(page)
    assert [row.region.code for row in article.region_rows.all()] == ["europe", "asia"]


def test_several_pictures_are_uploaded_at_once_and_shown_in_the_form(page, context, client, live_server, desk):
    client.force_login(make_user("walt", "writer"))
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    article = make_ready_article()
    form(page, article)
    pictures = [files.picture(width) for width in (300, 400)]
    page.locator(".uploads input[type=file]").set_input_files(
        [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": picture} for n, picture in enumerate(pictures)]
    )
    for line, alt in zip(page.locator(".upload").all(), ("The lake", "The river"), strict=True):
        line.get_by_label("Alternative text").fill(alt)
        line.get_by_label("Credit").fill("W. Writer")
    page.locator(".uploads").get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".field-lead_image .chip")).to_contain_text("The lake")
    expect(page.locator("#image_rows-group .chip")).to_contain_text("The river")
    save(page)
    article.refresh_from_db()
    assert article.lead_image.alt == "The lake"
    assert [(row.image.alt, row.image.to_be_cleared) for row in article.image_rows.all()] == [("The river", True)]


def test_saving_stores_a_picture_that_waits_first_and_stops_at_one_that_lacks_a_text(page, desk):
    article = make_ready_article()
    form(page, article)
    picture = {"name": "lake.jpg", "mimeType": "image/jpeg", "buffer": files.picture()}
    page.locator(".uploads input[type=file]").set_input_files([picture])
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".upload .errorlist")).to_contain_text("The article is not saved yet.")
    expect(page.locator(".upload").get_by_label("Credit")).to_be_focused()
    page.errors.clear()  # the browser tells of the refusal
    page.locator(".upload").get_by_label("Alternative text").fill("The lake")
    page.locator(".upload").get_by_label("Credit").fill("W. Writer")
    save(page)
    expect(page.locator(".field-lead_image .chip")).to_contain_text("The lake")
    article.refresh_from_db()
    assert article.lead_image.credit == "W. Writer"


def test_a_refused_move_keeps_the_words_and_says_what_is_missing(page, desk):
    article = make_ready_article(topics=[], state="in_review")
    form(page, article)
    page.fill("#id_headline", "My new headline")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("#topic_rows-group .errorlist")).to_have_text("Choose at least one topic.")
    expect(page.locator("#id_headline")).to_have_value("My new headline")
    assert Article.objects.get().headline != "My new headline"


def test_a_refusal_stands_first_and_has_the_focus_also_when_a_colleague_has_the_form_open(page, desk):
    article = make_ready_article()
    presence.note(make_user("edna", "editor"), Article._meta.label_lower, article.pk, typed=False)
    form(page, article)
    expect(page.locator("#also-open")).to_be_visible()
    page.fill("#id_headline", "")
    page.locator("[name=_continue]").click()
    note = page.locator(".article-errors")
    expect(note).to_be_focused()
    end = note.bounding_box()["y"] + note.bounding_box()["height"]
    assert end <= page.locator("#also-open").bounding_box()["y"] < 900


def test_the_fields_of_a_new_article_stand_beside_its_text(page, desk):
    page.goto("/admin/articles/article/add/")
    settle(page)
    text, fields = (page.locator(part).bounding_box()["y"] for part in (".article-text", ".article-fields"))
    preview = page.get_by_role("button", name="Preview what is in the form").bounding_box()
    assert fields == text >= preview["y"] + preview["height"] + 8


def test_the_language_of_the_desk_is_switched(page, desk):
    page.goto("/admin/")
    page.select_option("#language-choice", "ar")
    page.locator("#language-form button").click()
    page.wait_for_selector("html[lang=ar][dir=rtl]")


def test_a_long_name_of_a_choice_is_shown_whole(page, desk):
    contact = make_contact("long", "Office of the Spokesperson for Transboundary Aquifers and Large Dams " * 2)
    form(page, make_ready_article(contacts=[contact]))
    shown = page.locator("#contact_rows-group .chip .chip-name")
    assert shown.evaluate("shown => shown.scrollWidth <= shown.clientWidth && shown.scrollHeight <= shown.clientHeight")
    assert shown.bounding_box()["height"] <= shown.locator("..").bounding_box()["height"]


def test_fields_that_are_required_are_marked(page, desk):
    form(page, make_ready_article())
    mark = "label => getComputedStyle(label, '::after').content"
    assert "*" in page.locator("label[for=id_headline]").evaluate(mark)
    assert "*" not in page.locator("label[for=id_summary]").evaluate(mark)
    assert "*" in page.locator("#region_rows-group th.column-region").evaluate(mark)
    assert page.locator("#id_region_rows-0-region").get_attribute("aria-required") == "true"
    assert page.locator("#id_region_rows-0-order").get_attribute("aria-required") is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_sign_of_a_message_stands_before_its_words(page, context, desk, live_server, language):
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    form(page, make_ready_article())
    for kind, sign in (("info", "ℹ"), ("success", "✓")):  # nothing was changed; then the headline was
        page.locator("[name=_continue]").click()
        message = page.locator(f".messagelist li.{kind}")
        expect(message).to_be_visible()
        assert message.evaluate("line => getComputedStyle(line).backgroundImage") == "none"
        assert sign in message.evaluate("line => getComputedStyle(line, '::before').content")
        page.locator("#id_headline").fill("Another headline")
