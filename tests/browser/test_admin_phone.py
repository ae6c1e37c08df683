"""On a phone the next step is in sight, long words wrap, and nothing is wider than the screen."""

import pytest

from articles.models import ImportRun
from tests.browser.settled import settle
from tests.cast import make_ready_article, make_user


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
    for name in ("approve", "publish"):
        box = phone.locator(f".move-{name}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375
        assert box["y"] + box["height"] <= 812
    assert is_narrow(phone)


def test_a_long_headline_wraps_and_has_no_lines(phone):
    article = make_ready_article(headline="Rain at last over the long river " * 6)
    phone.goto(f"/admin/articles/article/{article.pk}/change/")
    field = phone.locator("#id_headline")
    assert field.evaluate("field => field.scrollHeight <= field.clientHeight + 2")
    field.press("End")
    field.press("Enter")
    assert "\n" not in field.input_value()


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


def test_the_page_is_no_wider_while_the_icons_of_the_editor_are_on_their_way(phone):
    phone.route("**/material-icons*.woff2", lambda route: route.abort())
    phone.goto(f"/admin/articles/article/{make_ready_article().pk}/change/")
    assert is_narrow(phone)
    phone.errors.clear()  # the font did not come


def test_the_whole_menu_is_in_sight(phone):
    phone.goto("/admin/")
    for link in phone.locator("#desk-menu a").all():
        box = link.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375
