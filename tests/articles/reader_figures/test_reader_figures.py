"""How often pages are opened: who is counted, what is kept of it, and what editors see."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from articles import jobs
from articles.listing import in_memory
from articles.models import Article, ReaderCount
from articles.pages.kit.picture_page import address_key
from articles.reader_figures import counting, storing
from articles.reader_figures.counting import CountReaders, Counts, is_program, referring_site
from articles.reader_figures.figures import Figures, of_article
from tests.cast import create_attachment, create_image, make_article, make_region, make_user
from tests.files import picture

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def counts(monkeypatch):
    counts = Counts()
    monkeypatch.setattr(counting, "counts", counts)
    monkeypatch.setattr(storing, "counts", counts)
    return counts


@pytest.fixture
def ask(counts):
    """Ask the counting application, whose inner one answers with a status."""

    def ask(path, status="200 OK", method="GET", query="", **headers):
        def inner(environ, start_response):
            start_response(status, [])
            return []

        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "news.example.org"}
        CountReaders(inner)(environ | {"HTTP_USER_AGENT": FIREFOX} | headers, lambda *_: None)

    return ask


def stored():
    storing.store()
    names = "kind", "article", "key", "language"
    return {tuple(row[name] for name in names): row["number"] for row in ReaderCount.objects.values()}


def test_only_answers_to_readers_are_counted(ask, counts):
    for address in ("/en/", "/admin/", "/api/v1/articles/", "/static/a.css"):
        ask(address)
    ask("/en/", "304 Not Modified")
    ask("/en/", "404 Not Found")
    ask("/en/", method="HEAD")
    ask("/en/", HTTP_SEC_PURPOSE="prefetch")
    ask("/en/", HTTP_USER_AGENT="Mozilla/5.0 (compatible; Examplebot/2.1)")
    ask("/media/film", "206 Partial Content", HTTP_RANGE="bytes=0-")
    ask("/media/film", "206 Partial Content", HTTP_RANGE="bytes=1000-")
    assert counts.take() == {("/en/", "", ""): 2, ("/media/film", "", ""): 1}


@pytest.mark.parametrize(
    "agent",
    ["", "curl/8.1", "Slackbot-LinkExpanding 1.0", "python-requests/2", "HeadlessChrome/1", "LinkChecker/10.6"],
)
def test_programs_are_no_readers(agent):
    assert is_program(agent)
    assert not is_program(FIREFOX)


@pytest.mark.parametrize(
    ("referrer", "site"),
    [
        ("https://www.Example.com/search?q=a+name", "example.com"),
        ("http://example.com:8080/", "example.com"),
        ("https://user:word@example.com/", "example.com"),
        ("android-app://com.example/", ""),
        ("https://exa mple.com/", ""),
        ("https://" + "a" * 200 + ".com/", ""),
        ("no address", ""),
    ],
)
def test_of_the_site_that_led_here_the_host_is_kept(referrer, site):
    assert referring_site(referrer) == site


def test_rows_say_what_was_opened_and_nothing_of_whom(db, ask):
    make_region()
    image = create_image(picture(), "A. Lens")
    article = make_article(slug="the-river-rises", lead_image=image)
    make_article(slug="not-yet", state=Article.State.DRAFT)
    file = create_attachment(b"place,level\nHarbour,3\n", "Levels", "en", "levels.csv")
    page = f"/en/news/{article.slug}/"
    ask(page)
    ask(page, HTTP_REFERER="https://search.example/?q=secret")
    ask(page, HTTP_REFERER="https://news.example.org/en/")
    ask("/en/news/not-yet/")
    ask("/fr/news/", query="region=europe&q=secret")
    ask("/en/regions/europe/")
    ask(f"{page}kit.zip")
    ask(f"/media/{file.file.name}")
    ask("/media/images/aa/no-such.jpg")
    ask(f"/en/pictures/{address_key(image)}/file.jpg")
    ask("/en/pictures/0123456789abcdef/file.jpg")
    ask("/no-such-page/")
    assert stored() == {
        ("all", 0, "", "en"): 4,
        ("all", 0, "", "fr"): 1,
        ("article", article.pk, "", "en"): 3,
        ("site", article.pk, "search.example", "en"): 1,
        ("page", 0, "list", "fr"): 1,
        ("page", 0, "region europe", "fr"): 1,
        ("page", 0, "region europe", "en"): 1,
        ("download", article.pk, "kit", "en"): 1,
        ("download", 0, f"attachment {file.pk}", ""): 1,
        ("download", 0, f"image {image.pk}", ""): 1,
    }
    ask(page)
    assert stored()["article", article.pk, "", "en"] == 4
    assert of_article(article, timezone.now().date()) == 4
    assert "secret" not in str(list(ReaderCount.objects.values()))


def test_what_cannot_be_stored_is_stored_later(db, ask, monkeypatch):
    ask("/en/")
    with monkeypatch.context() as away:
        away.setattr(storing, "_add", lambda rows: (_ for _ in ()).throw(DatabaseError()))
        with pytest.raises(DatabaseError):
            storing.store()
    assert stored()["all", 0, "", "en"] == 1


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(counting, "MOST", 2)
    counts = Counts()
    for path in ("a", "b", "c", "a"):
        counts.add(path)
    assert counts.take() == {"a": 2, "b": 1}


@pytest.mark.django_db(transaction=True)
def test_two_processes_add_to_the_same_rows():
    rows = {("all", 0, "", "en"): 1, ("page", 0, "home", "en"): 1}

    def add():
        for _ in range(5):
            storing._add(rows)
        connection.close()

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(ReaderCount.objects.values_list("number", flat=True)) == {10}


def test_old_rows_go_and_the_sums_of_days_stay(db):
    old = timezone.now().date() - storing.KEPT - timedelta(days=1)
    for kind in ("all", "article"):
        ReaderCount.objects.create(day=old, kind=kind, number=1)
    storing.clean()
    assert ReaderCount.objects.get().kind == "all"


def test_the_served_application_counts(settings, monkeypatch):
    monkeypatch.setattr(jobs, "start", lambda: None)
    monkeypatch.setattr(in_memory.lists_in_memory(), "build", lambda: None)
    from newsroom import wsgi

    assert isinstance(wsgi.site(), CountReaders)
    settings.READER_FIGURES = False
    assert not isinstance(wsgi.site(), CountReaders)


def test_editors_see_figures_of_what_they_may_see(client, db):
    today = timezone.now().date()
    shown, limited = (
        make_article(slug="a", headline="Shown"),
        make_article(slug="b", headline="Limited", restricted=True, state="draft"),
    )
    for number, article in enumerate([shown, limited], start=3):
        ReaderCount.objects.create(day=today, kind="article", article=article.pk, language="en", number=number)
    ReaderCount.objects.create(day=today, kind="all", language="en", number=7)
    ReaderCount.objects.create(day=today, kind="site", article=shown.pk, key="search.example", language="en", number=2)
    ReaderCount.objects.create(day=today - timedelta(days=31), kind="all", language="en", number=100)
    client.force_login(make_user(role="writer"))
    page = client.get("/admin/articles/article/readers/").content.decode()
    assert 'Pages opened, day by day <span class="count">7</span>' in page
    assert "Shown" in page
    assert "search.example" in page
    assert "Limited" not in page
    of_one = client.get(f"/admin/articles/article/{shown.pk}/readers/").content.decode()
    assert '<span class="count">3</span>' in of_one
    assert client.get(f"/admin/articles/article/{limited.pk}/readers/").status_code == 404
    assert (
        "Opened 3 times in the last 30 days"
        in client.get(f"/admin/articles/article/{shown.pk}/change/").content.decode()
    )
    assert "Nothing was counted" not in page
    assert Figures(today, 90).by_day()[-32] == 100
