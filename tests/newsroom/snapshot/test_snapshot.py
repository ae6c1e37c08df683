"""The snapshot: the public site as files, nothing else, and again only what has changed."""

import hashlib
import re
from datetime import UTC, datetime
from io import StringIO
from urllib.parse import unquote, urldefrag

import pytest
import time_machine
from django.core.management import CommandError, call_command

from articles.models import Article, list_changes
from newsroom.snapshot.addresses import Address, Rules, file_name
from newsroom.snapshot.links import Links
from tests.cast import make_article
from tests.contacts.test_reachable import contact_with, office_with_hours

pytestmark = pytest.mark.one_database
SITE = "https://news.example.org"


@pytest.fixture
def site(db, settings, monkeypatch):
    settings.NEWSROOM_BASE_URL, settings.ALLOWED_HOSTS = SITE, ["news.example.org"]
    # One language is enough, and the others would take a minute.
    monkeypatch.setattr(
        Rules, "keeps", lambda rules, address, keeps=Rules.keeps: _is_english(address) and keeps(rules, address)
    )
    make_article(headline="The river rises", slug="the-river-rises")
    make_article(headline="Not yet", slug="not-yet", state=Article.State.DRAFT)


def _is_english(address):
    return not re.match(r"/(fr|es|ar|ru|zh)/|/sitemap-\w+-(fr|es|ar|ru|zh)", address.path)


def take(folder, *options):
    out = StringIO()
    call_command("snapshot", str(folder), *options, site=SITE, stdout=out, stderr=out)
    return out.getvalue()


def pages(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_it_has_what_readers_have_and_is_written_again_only_where_it_changed(site, tmp_path):
    folder = tmp_path / "site"
    take(folder)
    found = pages(folder)
    assert b"The river rises" in found["en/news/the-river-rises/index.html"]
    assert {"index.html", "sitemap.xml", "en/news/feed.atom", "static/newsroom/css/base.css"} <= found.keys()
    assert not any("not-yet" in name or b"Not yet" in body for name, body in found.items())
    assert not any(name.startswith(("admin", "api")) or "contact/index" in name for name in found)
    listed = dict(reversed(line.split("  ")) for line in found["snapshot.txt"].decode().splitlines())
    assert listed == {name: hashlib.sha256(body).hexdigest() for name, body in found.items() if name != "snapshot.txt"}

    # Every link within a page leads to a file.
    for name, body in found.items():
        if name.startswith("en/") and name.endswith(".html"):
            for link in re.findall(r'(?:href|src)="([^"]+)"', body.decode()):
                path = unquote(urldefrag(link)[0])
                if path and ":" not in path:
                    assert (folder / name).parent.joinpath(path).is_file(), (name, link)

    assert "all are as on the site" in take(folder, "--check")
    before = (folder / "en/news/the-river-rises/index.html").stat().st_mtime_ns
    assert " 0 new, 0 changed" in take(folder)
    assert (folder / "en/news/the-river-rises/index.html").stat().st_mtime_ns == before

    (folder / "en/index.html").write_text("altered")
    with pytest.raises(CommandError, match="1 are not as on the site"):
        take(folder, "--check")

    Article.objects.filter(slug="the-river-rises").update(state=Article.State.DRAFT, listed_at=None)
    list_changes.note(Article.objects.values_list("pk", flat=True))
    take(folder)
    assert not (folder / "en/news/the-river-rises").exists()


def test_the_clock_alone_makes_no_difference(site, tmp_path, settings):
    settings.SECURITY_CONTACT = ["mailto:security@example.org"]
    Article.objects.all().delete()
    office_with_hours()
    with time_machine.travel(datetime(2026, 11, 30, 11, tzinfo=UTC)):  # Monday noon in Zurich
        make_article(slug="the-lake", contacts=[contact_with("landline", "duty")])
        take(tmp_path / "site")
    found = pages(tmp_path / "site")
    assert b"Media Unit" in found["en/news/the-lake/index.html"]
    assert b"09:00" in found["en/offices/geneva/index.html"]
    assert not [name for name, body in found.items() if b'class="callable' in body]
    assert b"/sitemap.xml" in found["robots.txt"]
    assert b"news-sitemap" not in found["robots.txt"]
    for moment in (datetime(2026, 11, 30, 22, tzinfo=UTC), datetime(2026, 12, 4, 3, tzinfo=UTC)):
        with time_machine.travel(moment):
            assert "all are as on the site" in take(tmp_path / "site", "--check")


def test_another_folder_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Ada")
    with pytest.raises(CommandError, match="no snapshot"):
        take(tmp_path)
    with pytest.raises(CommandError, match="--site"):
        call_command("snapshot", str(tmp_path / "new"), site="")
    assert pages(tmp_path) == {"letter.txt": b"Dear Ada"}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/", "index.html"),
        ("/en/news/?page=2&region=africa", "en/news/page=2,region=africa/index.html"),
        ("/en/news/feed.atom?topic=floods", "en/news/topic=floods/feed.atom"),
        ("/ar/news/%D9%85%D8%A7/", "ar/news/ما/index.html"),
    ],
)
def test_names_of_files(url, name):
    assert file_name(Address.of(url)) == name


def test_long_names_stay_apart_and_fit_a_file_system():
    first, second = (file_name(Address.of(f"/ar/news/{'م' * 150}{end}/")) for end in "أب")
    assert first != second
    assert len(first.split("/")[2].encode()) <= 255


def test_which_lists_are_kept():
    rules = Rules(pages=3)
    kept = ["/en/news/", "/en/news/?page=900", "/en/news/?region=africa&page=3", "/en/topics/floods/"]
    others = ["/en/news/?region=africa&page=4", "/en/news/?region=africa&topic=floods", "/en/news/?q=a", "/admin/",
              "/en/verify/", "/api/v1/", "/news-sitemap.xml", "/en/news/?x=1", "/media/../secret", "/review/abc/", "/nowhere"]  # fmt: skip
    assert [url for url in [*kept, *others] if rules.keeps(Address.of(url))] == kept


def test_links_of_a_page():
    here = Address.of("/en/news/")
    page = '<a href="/en/?x=1&amp;y=2">a &lt;b</a> <img srcset="/static/a.png 1x, /static/b.png 2x"> href="/en/" <form action="/en/news/">'
    relative, found = Links(SITE, "", Rules(1)).rewritten(here, page)
    assert relative == (
        f'<a href="{SITE}/en/?x=1&amp;y=2">a &lt;b</a> <img srcset="../../static/a.png 1x, ../../static/b.png 2x">'
        f' href="/en/" <form action="{SITE}/en/news/">'
    )
    assert [str(one) for one in found] == ["/static/a.png", "/static/b.png"]
    hosted = Links(SITE, "https://old.example.org", Rules(1)).rewritten(
        here, f'<a href="/en/#x"><link href="{SITE}/en/news/">'
    )[0]
    assert hosted == '<a href="https://old.example.org/en/#x"><link href="https://old.example.org/en/news/">'
