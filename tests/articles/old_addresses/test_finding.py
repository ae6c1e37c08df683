"""Who asks for an address of the former system is led on for good, to what the site has there now."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, OldAddress, OldAddressUse, SlugHistory
from articles.old_addresses import hits
from tests.cast import create_attachment, make_article, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_waits():
    hits._waiting.clear()
    yield
    hits._waiting.clear()


def lead(address, target):
    where = {"article": target} if isinstance(target, Article) else {"path": target}
    return OldAddress.objects.create(address=address, **where)


def led(client, address):
    response = client.get(address)
    return (response.status_code, response["Location"]) if "Location" in response else response.status_code


def test_addresses_of_articles_pages_and_patterns_lead_on(client):
    french = make_article(slug="eaux", language="fr")
    make_article(slug="floods")
    make_topic("water")
    lead("/node/123", french)
    lead("/index.php?id=17", french)
    lead("/themes/eau.html", "/en/topics/water/")
    lead("/news/*/{slug}", "/en/news/{slug}/")
    lead("/old-site/press/*", "/en/news/")
    assert led(client, "/node/123") == led(client, "/Node/123/") == (301, "/fr/news/eaux/")
    assert led(client, "/index.php?option=x&id=17&utm_source=mail") == (301, "/fr/news/eaux/")
    assert led(client, "/themes/eau.html") == (301, "/en/topics/water/")
    assert led(client, "/news/2019/Floods/") == (301, "/en/news/floods/")
    assert led(client, "/old-site/press/2019/a.html") == (301, "/en/news/")
    for unknown in ("/index.php?id=18", "/node/1234", "/news/2019/unknown", "/old-site/press"):
        assert led(client, unknown) == 404, unknown
    assert client.post("/node/123").status_code == 404


def test_the_front_page_with_a_parameter_of_wordpress(client):
    lead("/?p=42", make_article(slug="floods"))
    assert led(client, "/?p=42") == (301, "/en/news/floods/")
    assert led(client, "/?p=43") == led(client, "/") == (302, "/en/")


def test_a_page_of_the_site_wins(client):
    make_article(slug="floods")
    lead("/en/news/floods", "/en/news/")
    lead("/en/news/drought", "/en/news/")
    assert client.get("/en/news/floods/").status_code == 200
    assert led(client, "/en/news/floods") == (301, "/en/news/floods/")
    assert led(client, "/en/news/drought/") == (301, "/en/news/")


def test_the_most_exact_row_that_leads_to_a_page_counts(client):
    make_article(slug="floods")
    lead("/news/*", "/en/news/")
    lead("/news/{slug}", "/en/news/{slug}/")
    lead("/news/drought", "/en/")
    assert led(client, "/news/floods") == (301, "/en/news/floods/")
    assert led(client, "/news/drought") == (301, "/en/")
    assert led(client, "/news/unknown") == (301, "/en/news/")


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "draft"},
        {"state": "in_review"},
        {"publish_at": timezone.now() + timedelta(days=1)},
        {"restricted": True, "state": "draft"},
    ],
)
def test_what_is_not_public_is_not_found_and_its_address_not_told(client, admin_client, changes):
    article = make_article(slug="secret-plan", **changes)
    lead("/node/1", article)
    lead("/node/2", article.get_absolute_url())
    for address in ("/node/1", "/node/2"):
        for asking in (client, admin_client):
            response = asking.get(address)
            assert response.status_code == 404
            assert b"secret-plan" not in response.content
    assert not hits._waiting
    Article.objects.update(state="approved", publish_at=timezone.now() - timedelta(days=1))
    assert led(client, "/node/1") == led(client, "/node/2") == (301, "/en/news/secret-plan/")


def test_what_was_taken_away_answers_as_its_own_address_does(client):
    better = make_article(slug="better")
    withdrawn = make_article(slug="withdrawn", state="withdrawn", withdrawal_note="Wrong.")
    gone = make_article(slug="gone", state="gone")
    replaced = make_article(slug="replaced", state="gone", redirect_to=better)
    for number, article in enumerate((withdrawn, gone, replaced)):
        lead(f"/node/{number}", article)
    assert led(client, "/node/0") == (301, "/en/news/withdrawn/")
    assert led(client, "/node/1") == client.get("/en/news/gone/").status_code == 410
    assert led(client, "/node/2") == (301, "/en/news/better/")
    SlugHistory.objects.create(language="en", slug="former", article=better)
    lead("/former", "/en/news/former/")
    assert led(client, "/former") == (301, "/en/news/better/")


@pytest.mark.parametrize(
    "target", ["/admin/", "/admin/articles/article/", "/healthz", "/nothing/", "/?p=42", "/i18n/setlang/"]
)
def test_nothing_but_public_pages_is_led_to(client, admin_client, target):
    lead("/x", target)
    lead("/?p=42", target)
    assert led(admin_client, "/x") == ((302, "/en/") if target == "/?p=42" else 404)


def test_a_wildcard_cannot_lead_to_another_host(client):
    lead("/go/*", "/*")
    assert led(client, "/go//evil.example/") == 404
    assert led(client, "/go/%2F%2Fevil.example") == 404


def test_files_are_led_to_and_what_looked_like_a_file_here(client):
    file = create_attachment(b"a,b\n1,2\n", title="Data", language="en", name="a.csv")
    make_article(attachments=[file])
    lead("/media/pdf/data.csv", file.file.url)
    assert led(client, "/media/pdf/data.csv") == (301, file.file.url)
    hidden = create_attachment(b"a,b\n3,4\n", title="Data", language="en", name="b.csv")
    lead("/files/hidden.csv", hidden.file.url)
    assert led(client, "/files/hidden.csv") == 404


def test_the_page_cache_keeps_the_answer_until_the_table_changes(
    cached, admin_client, django_capture_on_commit_callbacks
):
    lead("/node/1", "/en/news/")
    for _again in range(2):
        response = cached.get("/node/1", accept_language="fr")
        assert (response.status_code, response["Location"]) == (301, "/en/news/")
        assert "Cookie" not in response.get("Vary", "")
    assert cached.renders == 1
    row = OldAddress.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"/admin/articles/oldaddress/{row.pk}/delete/", {"post": "yes"})
    assert cached.get("/node/1", accept_language="fr").status_code == 404


def test_a_look_up_takes_one_query_with_ten_and_with_a_thousand_rows(client):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get("/nothing/there/17.html?a=1&b=2")
        return [one["sql"] for one in asked if "oldaddress" in one["sql"]]

    OldAddress.objects.bulk_create(OldAddress(address=f"/old/{n}", path="/en/") for n in range(10))
    few = queries()
    OldAddress.objects.bulk_create(OldAddress(address=f"/older/{n}", path="/en/") for n in range(1000))
    assert len(few) == len(queries()) == 1


def test_hits_are_counted_without_a_write_of_the_request(client):
    row = lead("/node/1", "/en/news/")
    lead("/node/2", "/en/news/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/node/1")
        client.get("/node/1")
    assert not [one for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "SAVEPOINT"))]
    hits.store()
    client.get("/node/1")
    hits.store()
    hits.store()
    [use] = OldAddressUse.objects.all()
    assert (use.old_address, use.hits) == (row, 3)
    assert timezone.now() - use.last_at < timedelta(minutes=1)


def test_hits_of_a_deleted_row_are_forgotten_and_others_kept(client):
    gone, row = lead("/node/1", "/en/news/"), lead("/node/2", "/en/news/")
    client.get("/node/1")
    client.get("/node/2")
    gone.delete()
    hits.store()
    assert list(OldAddressUse.objects.values_list("old_address", "hits")) == [(row.pk, 1)]


def test_hits_wait_while_the_database_refuses(client, monkeypatch):
    row = lead("/node/1", "/en/news/")
    client.get("/node/1")
    with monkeypatch.context() as broken:
        broken.setattr(hits, "_add", lambda taken: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            hits.store()
    client.get("/node/1")
    hits.store()
    assert OldAddressUse.objects.get(old_address=row).hits == 2
