"""The table of old addresses in the admin: rows that could never count are refused, and a file is stored whole or not."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.models import OldAddress, OldAddressUse
from tests.cast import make_article, make_topic, make_user
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db
ADMIN = "/admin/articles/oldaddress/"


@pytest.fixture(autouse=True)
def _site(edna):
    make_topic("water")
    make_article(slug="floods")


def add(client, **changes):
    return client.post(f"{ADMIN}add/", filled(client.get(f"{ADMIN}add/"), **changes))


def upload(client, text, **more):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(f"{ADMIN}import/", {"file": SimpleUploadedFile("a.csv", data), "encoding": "", **more})


def rows():
    return {
        row.address: row.article.get_absolute_url() if row.article_id else row.path for row in OldAddress.objects.all()
    }


def test_the_address_of_an_article_becomes_the_article_whatever_it_is_called_later(client):
    response = add(
        client, address="http://old.example/Node/1/", path="http://testserver/en/news/floods/", note="Drupal"
    )
    assert response.status_code == 302
    row = OldAddress.objects.get()
    assert (row.address, row.article.slug, row.path, row.note) == ("/node/1", "floods", "", "Drupal")


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({"address": "/en/news/floods/", "path": "/en/news/"}, "address", "has a page"),
        ({"address": "/en/topics/water", "path": "/en/news/"}, "address", "has a page"),
        ({"address": "/admin/x", "path": "/en/news/"}, "address", "desk"),
        ({"address": "/old", "path": "https://evil.example/"}, "path", "another site"),
        ({"address": "/old", "path": "//evil.example/"}, "path", "begins with /"),
        ({"address": "/old", "path": "/en/news/nothing/"}, "path", "no public page"),
        ({"address": "/old", "path": "/known"}, "path", "old address itself"),
        ({"address": "/old", "path": "/admin/"}, "path", "no public page"),
        ({"address": "/old", "path": "/en/news/{slug}/"}, "path", "has no {slug}"),
        ({"address": "/old/{slug}", "path": "/nothing/{slug}/"}, "path", "no pages of this kind"),
        ({"address": "/known", "path": "/en/news/"}, "address", "already"),
        ({"address": "/old"}, "__all__", "one of the two"),
        ({"address": "/*", "path": "/en/news/"}, "address", "every address"),
        ({"address": "/old/*", "path": "/en/news/", "example": "/older/x"}, "example", "does not fit"),
    ],
)
def test_a_row_that_leads_nowhere_or_never_counts_is_refused(client, changes, field, part):
    OldAddress.objects.create(address="/known", path="/en/news/")
    found = errors(add(client, **changes))
    assert part in " ".join(found[field]), found
    assert OldAddress.objects.count() == 1


def test_the_person_who_saves_is_told_where_an_example_leads(client):
    given = {"address": "/news/*/{slug}", "path": "/en/news/{slug}/"}
    sent = filled(client.get(f"{ADMIN}add/"), **given, example="/news/2019/Floods")
    page = client.post(f"{ADMIN}add/", sent, follow=True).content.decode()
    assert "/news/2019/Floods leads to /en/news/floods/." in page


def test_an_address_can_be_tried(client):
    OldAddress.objects.create(address="/news/*", path="/en/news/")
    OldAddress.objects.create(address="/news/{slug}", path="/en/news/{slug}/")

    def tried(address):
        return client.get(f"{ADMIN}try/", {"address": address}).context

    assert [(row.address, status) for row, status, _page in tried("/news/x")["fits"]] == [
        ("/news/{slug}", 404),
        ("/news/*", 200),
    ]
    assert tried("/en/news/floods")["is_page"]
    assert not tried("/nothing")["fits"]


def test_the_list_finds_what_was_never_hit(client):
    used = OldAddress.objects.create(address="/used", path="/en/news/")
    OldAddress.objects.create(address="/unused/*", path="/en/news/")
    OldAddressUse.objects.create(old_address=used, hits=3, last_at=timezone.now())

    def listed(query):
        return [row.address for row in client.get(f"{ADMIN}?{query}").context["cl"].result_list]

    assert listed("hits=never") == listed("kind=pattern") == ["/unused/*"]
    assert listed("hits=some") == listed("q=used&kind=address") == ["/used"]
    assert client.get(f"{ADMIN}?hits=x").status_code == 302


def test_nobody_is_shown_rows_that_lead_to_articles_hidden_from_them(client):
    draft = make_article(slug="a-secret", headline="a-secret", state="draft", restricted=True)
    OldAddress.objects.create(address="/node/7", article=draft)
    for page in (ADMIN, f"{ADMIN}export.csv", f"{ADMIN}try/?address=/node/7"):
        response = client.get(page)
        body = response.getvalue() if response.streaming else response.content
        assert b"a-secret" not in body


def test_a_file_comes_in_and_goes_out_and_in_again_unchanged(client):
    text = 'Old URL;Target;Note\n/node/1;/en/news/floods/;"=1+1"\n/old/*;/en/topics/water/;\n'
    assert upload(client, text).status_code == 302
    assert rows() == {"/node/1": "/en/news/floods/", "/old/*": "/en/topics/water/"}
    exported = client.get(f"{ADMIN}export.csv").getvalue()
    table = list(csv.reader(io.StringIO(exported.decode("utf-8-sig"))))
    assert table == [
        ["from", "to", "note", "hits", "last_hit"],
        ["/node/1", "/en/news/floods/", "'=1+1", "0", ""],
        ["/old/*", "/en/topics/water/", "", "0", ""],
    ]
    page = client.post(f"{ADMIN}import/", {"file": SimpleUploadedFile("a.csv", exported), "encoding": ""}, follow=True)
    assert "0 old addresses were added; 0 were changed; 2 are as they were." in page.content.decode()
    assert OldAddress.objects.get(address="/node/1").note == "=1+1"


def test_one_wrong_line_and_nothing_is_stored(client):
    text = "from,to\n/a,/en/news/\n/b,/nothing/\n/en/news/floods/,/en/news/\n/a,/en/topics/water/\n/c,/en/news/,x\n"
    response = upload(client, text)
    assert [(line, column) for line, column, _ in response.context["problems"]] == [
        (3, "to"), (4, "from"), (5, "from"), (6, "")
    ]  # fmt: skip
    assert not rows()
    assert b"has no column" in upload(client, "alt,neu\n/a,/en/\n").content
    assert b"has no rows" in upload(client, " ").content


def test_pages_may_come_later_but_no_line_leads_to_another_one(client):
    text = "from,to\n/a,/en/news/soon/\n/b,/a\n"
    assert [line for line, *_rest in upload(client, text, later="on").context["problems"]] == [3]
    assert upload(client, "from,to\n/a,/en/news/soon/\n", later="on").status_code == 302
    assert rows() == {"/a": "/en/news/soon/"}


def test_patterns_that_begin_alike_are_few(client):
    text = "from,to\n" + "".join(f"/old/{{slug}}/{n},/en/news/{{slug}}/\n" for n in range(51))
    assert [(line, column) for line, column, _ in upload(client, text).context["problems"]] == [(52, "from")]


def test_the_list_that_a_conversion_writes_is_read(client):
    text = "old address,article slug,language\n/2019/floods,floods,en\n"
    assert upload(client, text).status_code == 302
    assert rows() == {"/2019/floods": "/en/news/floods/"}


def test_writers_see_the_table_and_change_nothing(client):
    client.force_login(make_user("walt", "writer"))
    OldAddress.objects.create(address="/a", path="/en/news/")
    assert client.get(ADMIN).status_code == client.get(f"{ADMIN}export.csv").status_code == 200
    assert client.get(f"{ADMIN}{OldAddress.objects.get().pk}/change/").status_code == 200
    assert client.get(f"{ADMIN}import/").status_code == upload(client, "from,to\n").status_code == 403
