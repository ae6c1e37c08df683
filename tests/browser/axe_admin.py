"""axe on every page of the admin, as an administrator and as a writer, in English and Arabic, on a desktop and a phone.

    python -m pytest tests/browser/axe_admin.py            all pages, some ten minutes
    python -m pytest tests/browser/axe_admin.py -k writer  those of the writer

Pages are those of the table `tests/newsroom/admin_doors.py`. `test_admin_accessibility.py` looks at the most important
ones in every run of the tests.
"""

import pytest

from articles.models import Article
from tests.browser.test_admin_accessibility import enter, faults_of, look
from tests.newsroom.admin_doors import DOORS
from tests.newsroom.doors_newsroom import Newsroom

WIDTHS = {"en": (1280, 390), "ar": (1280,)}
BODY = "<h2>Why</h2><p>First.</p><blockquote><p>Said.</p></blockquote><ul><li>One</li></ul>"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("role", ["admin", "writer"])
def test_every_page(context, page, client, live_server, settings, transactional_db, role, language):
    room = Newsroom()
    Article.objects.update(body=BODY, summary="What it is about.")
    enter(context, client, room.users[role], live_server, language, settings)
    found = {address: at_all_widths(page, address, WIDTHS[language]) for address in addresses(room, role)}
    faults = [f"{address} {fault}" for address, some in found.items() for fault in some or ()]
    assert not faults, "\n".join(faults)
    assert sum(some is not None for some in found.values()) > 50  # pages, not redirects or JSON


def addresses(room, role):
    """Every address that is open to the role, once: with a row of its own office, of articles with several."""
    found = []
    for route, door in DOORS.items():
        if role in door.get:
            rows = room.rows[door.of] if door.of else {"": None}
            found += [room.address(route, row, door.extra) for whose, row in rows.items() if whose in ("", "own")]
    shown = [room.live, room.rows["translation"]["own"], room.rows["withdrawn"]["own"], room.rows["shown"]["own"]]
    for article in shown:
        found += [f"/admin/articles/article/{article.pk}/{name}/" for name in ("change", "history")]
    name = {"admin": "article", "writer": "contact"}[role]
    return [*dict.fromkeys(found), f"/admin/articles/article/?q={name}", "/admin/articles/article/?state=draft"]


def at_all_widths(page, address, widths):
    """What is wrong with a page; None if the address is none of a page."""
    answer = page.request.get(address, max_redirects=0)
    if answer.status != 200 or not answer.headers["content-type"].startswith("text/html"):
        return None
    # So high that the bar at the foot covers nothing that axe measures.
    page.set_viewport_size({"width": widths[0], "height": 6000})
    faults = look(page, address)
    for width in widths[1:]:
        page.set_viewport_size({"width": width, "height": 6000})
        faults += [f"{width} px: {fault}" for fault in faults_of(page)]
    return faults
