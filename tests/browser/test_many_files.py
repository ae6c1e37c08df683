"""Many pictures at once, in a real browser: each is sent on its own, and each is told what became of it."""

from playwright.sync_api import expect

from articles.models import Image
from tests import files
from tests.cast import make_user


def test_each_file_is_told_what_became_of_it(page, context, client, live_server, transactional_db):
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page.goto("/admin/articles/image/add-many/")
    page.locator("form.many input[type=file]").set_input_files(
        [
            {"name": "sea.jpg", "mimeType": "image/jpeg", "buffer": files.picture()},
            {"name": "note.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"},
        ]
    )
    page.locator("form.many [name=credit]").fill("R. Painter")
    page.locator("form.many input[type=submit]").click()
    told = page.locator(".sending > li")
    expect(told).to_have_count(2)
    expect(told.nth(0).get_by_role("link")).to_have_count(1)
    expect(told.nth(1).locator(".errorlist li")).to_have_count(1)
    assert page.url.endswith("/add-many/")
    assert Image.objects.count() == 1
