"""On a phone the next step is in sight, long words wrap, and nothing is wider than the screen."""

import pytest

from articles.models import GlossaryTerm, ImportRun
from tests import files
from tests.browser.settled import settle
from tests.cast import (
    create_attachment,
    create_image,
    make_contact,
    make_country,
    make_office,
    make_ready_article,
    make_region,
    make_topic,
    make_user,
)


@pytest.fixture(params=["en", "ar"])
def phone(request, page, context, client, live_server, transactional_db):
    client.force_login(make_user("aziz", "approver"))
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": request.param}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    page.set_viewport_size({"width": 375, "height": 812})
    return page


def is_narrow(page):
    settle(page)
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_step_is_in_sight(phone):
    article = make_ready_article(state="in_review")
    phone.goto(f"/admin/articles/article/{article.pk}/change/")
    bar = phone.locator(".save-bar").bounding_box()
    assert bar["height"] <= 64
    assert bar["y"] + bar["height"] == 812
    phone.locator(".more-steps summary").click()
    for name in ("approve", "publish", "request_changes"):
        box = phone.locator(f".move-{name}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375
        assert box["y"] + box["height"] <= 812
    assert is_narrow(phone)


def test_the_menu_is_in_sight_where_the_text_is_only_read(phone, settings):
    """There the bar has two small buttons, and no wide one before the menu."""
    settings.FOUR_EYES = True
    article = make_ready_article(state="withdrawn", withdrawal_note="Wrong figures")
    phone.goto(f"/admin/articles/article/{article.pk}/change/")
    phone.locator(".more-steps summary").click()
    for name in ("reinstate", "remove"):
        box = phone.locator(f".more-steps .move-{name}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375
        assert box["y"] + box["height"] <= 812


def test_a_translation_with_agreed_wordings_is_no_wider_than_the_screen(phone):
    term = GlossaryTerm.objects.create(code="rain")
    term.translations.create(language="en", wording="Rain")
    term.translations.create(language="fr", wording="Pluie")
    source = make_ready_article(headline="Rain")
    article = make_ready_article(translation_of=source, language="fr", slug="pluie")
    phone.goto(f"/admin/articles/article/{article.pk}/change/")
    assert phone.locator(".agreed").is_visible()
    assert is_narrow(phone)


@pytest.mark.parametrize("phone", ["en"], indirect=True)
def test_a_long_headline_wraps_and_has_no_lines(phone):
    article = make_ready_article(headline="Rain at last over the long river " * 6)
    phone.goto(f"/admin/articles/article/{article.pk}/change/")
    field = phone.locator("#id_headline")
    assert field.evaluate("field => field.scrollHeight <= field.clientHeight + 2")
    field.press("End")
    field.press("Enter")
    assert "\n" not in field.input_value()


@pytest.mark.parametrize("phone", ["ar"], indirect=True)
def test_a_run_of_many_files_is_no_wider_than_the_screen(phone):
    run = ImportRun.objects.create(source="a/very-long-name-of-a-file-" * 20, sha256="0" * 64, by="ada")
    phone.goto(f"/admin/articles/importrun/{run.pk}/change/")
    assert is_narrow(phone)
    assert "very-long" not in phone.locator("h1").inner_text()
    phone.goto("/admin/articles/importrun/")
    assert is_narrow(phone)


def test_every_box_of_a_row_has_its_name_beside_it(phone):
    article = make_ready_article()
    article.related_links.create(url="https://example.org/", title="Elsewhere", order=0)
    phone.goto(f"/admin/articles/article/{article.pk}/change/")
    cells = phone.locator("#related_links-0 td").filter(has=phone.locator("input:visible"))
    assert cells.count() == 4
    for cell in cells.all():
        assert cell.locator(".cell-name").is_visible()
    assert is_narrow(phone)


@pytest.mark.parametrize("phone", ["ar"], indirect=True)
def test_the_page_is_no_wider_while_the_icons_of_the_editor_are_on_their_way(phone):
    phone.route("**/material-icons*.woff2", lambda route: route.abort())
    phone.goto(f"/admin/articles/article/{make_ready_article().pk}/change/")
    assert is_narrow(phone)
    phone.errors.clear()  # the font did not come


def test_the_whole_menu_is_in_sight(phone):
    phone.goto("/admin/")
    assert phone.locator("#content").bounding_box()["y"] <= 90
    phone.get_by_role("button", name=phone.locator("#menu-button").inner_text()).click()
    assert phone.locator("#desk-menu a").count() > 5
    for link in phone.locator("#desk-menu a").all():
        box = link.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375


def test_a_long_name_of_the_organisation_ends_before_the_button_of_the_menu(phone, settings):
    settings.NEWSROOM_NAME, settings.NEWSROOM_NAMES = "Organisation of the waters that we share", {}
    phone.goto("/admin/")
    name, button = (phone.locator(part).bounding_box() for part in ("#site-name a", "#menu-button"))
    first, second = sorted((name, button), key=lambda box: box["x"])
    assert first["x"] + first["width"] + 4 <= second["x"]


WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk" * 3
IS_COVERED = """() => {
  const focused = document.activeElement
  const bar = document.querySelector(".save-bar, .submit-row")
  if (focused === document.body || bar.contains(focused)) return ""
  const { top, bottom, height } = focused.getBoundingClientRect()
  const end = bar.getBoundingClientRect().top
  return bottom > end + 1 && (height < end / 2 || top > end - 44) ? focused.outerHTML : ""
}"""


def long_rows():
    """Rows with a long word in every text, and the addresses of their pages."""
    office = make_office(WORD[:70], WORD[:150], website=f"https://example.org/{WORD}", email=f"{WORD[:60]}@example.org")
    office.translations.update(city=WORD[:110], address=f"{WORD} {WORD}")
    contact = make_contact("c", WORD[:150], office=office)
    contact.translations.update(display_name=WORD[:150], job_title=WORD[:150])
    contact.phones.create(display="call " + WORD[:70], order=0)
    topic, region = make_topic(WORD[:75], WORD[:110]), make_region(WORD[:60], WORD[:110])
    image = create_image(files.picture(), WORD, copyright=WORD, alt={"en": WORD})
    article = make_ready_article(
        headline=WORD, summary=f"https://example.org/{WORD}{WORD}", office=office, topics=[topic], regions=[region],
        contacts=[contact], countries=[make_country(name=WORD[:110])], lead_image=image, gallery=[image],
        attachments=[create_attachment(files.PDF, WORD, "en", "a.pdf")], dateline_place=WORD[:110], state="in_review",
        body=f"<h2>{WORD}</h2><p>{WORD}</p><ul><li>{WORD}</li></ul><table><tbody><tr><td>{WORD}</td><td>{WORD}</td></tr>"
        f"</tbody></table>",
    )  # fmt: skip
    article.related_links.create(url=f"https://example.org/{WORD}", title=WORD, order=0)
    translation = make_ready_article(headline=WORD, translation_of=article, language="fr", slug="l", body=article.body)
    forms = [article, translation, office, contact, topic, region, image]
    tables = {f"/admin/{row._meta.app_label}/{row._meta.model_name}/": row.pk for row in forms}
    return ["/admin/", *tables, *(f"{table}{key}/change/" for table, key in tables.items()),
            f"/admin/articles/article/{article.pk}/change/", f"/admin/articles/article/{article.pk}/move/discard/",
            "/admin/articles/image/pick/", "/admin/newsroom/theme/add/"]  # fmt: skip


def test_no_page_is_wider_than_the_screen_with_long_words(phone):
    wide = {}
    for address in long_rows():
        phone.goto(address)
        if not is_narrow(phone):
            wide[address] = phone.evaluate("document.documentElement.scrollWidth")
    assert wide == {}


def test_a_row_of_a_list_is_a_card_with_the_names_of_its_columns(phone):
    contact = make_contact()
    contact.phones.create(display="+41 22 555 01 50", order=0)
    for address in ("contacts/contact", "contacts/region", "articles/topic", "contacts/office"):
        make_topic()
        phone.goto(f"/admin/{address}/")
        columns = phone.locator("#result_list thead .text").all_text_contents()
        cells = phone.locator("#result_list tbody tr").first.locator("td:not(.action-checkbox)")
        for cell in cells.all():
            if cell.get_attribute("data-empty") is not None:
                assert not cell.is_visible()
                continue
            box = cell.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 375
            assert cell.get_attribute("data-label") in [column.strip() for column in columns]
            assert cell.evaluate("cell => getComputedStyle(cell).direction === document.dir")  # its name comes first
        heights = "links => links.map(link => link.getBoundingClientRect().height)"
        assert min(phone.locator("#result_list tbody a").evaluate_all(heights)) >= 24
        assert phone.locator("#result_list thead .sortable a").first.is_visible()
        assert (
            phone.locator("#result_list thead .sortable").count()
            == phone.locator("#result_list th.sortable:visible").count()
        )
        assert phone.locator("#changelist-filter details[open]").count() == 0
        settle(phone)
        assert phone.evaluate("sessionStorage.getItem('django.admin.filtersState')") is None  # nobody opened one
    phone.locator("#changelist-filter summary").first.click()
    phone.reload()
    assert phone.locator("#changelist-filter details[open]").count() == 1


@pytest.mark.parametrize("phone", ["ar"], indirect=True)
def test_the_buttons_at_the_foot_never_cover_the_field_with_the_focus(phone):
    article = make_ready_article(state="in_review")
    phone.goto(f"/admin/articles/article/{article.pk}/change/")
    settle(phone)
    covered = []
    phone.locator("#id_headline").focus()
    for _field in range(90):
        phone.keyboard.press("Tab")
        covered.append(phone.evaluate(IS_COVERED)[:120])
    assert [field for field in covered if field] == []
