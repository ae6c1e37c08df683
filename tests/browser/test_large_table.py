"""A large table that the background works on: its page shows how far it is, and then the plan, by itself."""

from django.utils import timezone

from articles.models import ColumnMapping, WaitingTable
from tests.browser.test_admin_accessibility import enter, faults_of
from tests.cast import make_user


def test_the_page_follows_the_background(context, page, client, live_server, settings, transactional_db):
    chief = make_user("edna", is_staff=True, is_superuser=True)
    mapping = ColumnMapping.objects.create(name="news", headers="x")
    row = {
        "mapping": mapping,
        "by": chief,
        "is_large": True,
        "wanted": "plan",
        "done": 40,
        "claimed_at": timezone.now(),
    }
    table = WaitingTable.objects.create(name="news.csv", data=b"x", **row)
    enter(context, client, chief, live_server, "en", settings)
    page.goto(f"/admin/articles/importrun/table/{table.pk}/plan/")
    page.get_by_text("Rows read: 40%").wait_for()
    assert not faults_of(page)
    tables = WaitingTable.objects.filter(pk=table.pk)
    tables.update(done=70)
    page.get_by_text("Rows read: 70%").wait_for()
    assert page.locator("progress").evaluate("bar => bar.value") == 70
    tables.update(wanted="", outcome={"number": 1, "was_run": True, "counts": {"articles.article": {"create": 1}}})
    page.get_by_role("button", name="Import").wait_for()
