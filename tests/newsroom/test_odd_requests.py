"""Requests that nobody's browser sends are refused, and none ends in a failure of the server."""

import io

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import make_article, make_office, make_region, make_user

pytestmark = pytest.mark.django_db
NOT_TEXT = [
    "%00",
    "a%00b",
    "%2500",
    "%ff%fe",
    "%c0%ae%c0%ae",
    "%ed%a0%80",
    "%f4%90%80%80",
    "%0d%0aSet-Cookie:x=1",
    "..%2f..%2fetc",
    "a" * 5000,
]
PLACES = [
    *("/{}", "/en/{}/", "/en/news/{}/", "/en/regions/{}/", "/en/countries/{}/", "/en/topics/{}/", "/en/offices/{}/"),
    *("/en/offices/{}.vcf", "/en/contacts/{}.vcf", "/en/about/{}/", "/r/{}/", "/media/{}", "/media/images/{}/x.jpg"),
    *("/static/{}", "/admin/{}/", "/admin/articles/article/{}/change/", "/en/pictures/{}/", "/en/NEWS/{}"),
    *(
        f"/en/news/{{}}/{tail}"
        for tail in ("editions/", "editions/1/", "text.txt", "kit.zip", "ninjs.json", "share-a.png")
    ),
    *("/review/{}/", "/press/{}/", "/en/alerts/manage/{}/", "/en/alerts/end/{}/", "/en/press-mails/end/{}/"),
]
PARAMETERS = ["q", "page", "region", "country", "topic", "office", "kind", "year", "from", "to", "sort", "missing", "x"]
VALUES = [
    *(
        "%00",
        "%ff",
        "%ed%a0%80",
        "-1",
        "0",
        "9" * 30,
        "9" * 5000,
        "1e9",
        "0x10",
        "%D9%A3",
        "NaN",
        "%0d%0aX:y",
        "a" * 5000,
    ),
    *(
        "%22" * 150,
        "(" * 180,
        "a*" * 90,
        "-" * 190,
        "%20" * 190 + "x",
        "NEAR(a%20b)",
        "en/%00",
        "en/../../x",
        "a/" * 900,
    ),
    *("9999-12-31", "0001-01-01", "2026-02-30", "<script>", "{{7*7}}", "%25s%25n", "'%20OR%201=1--"),
]


@pytest.fixture
def reader():
    make_article(regions=[make_region()], office=make_office())
    return Client(raise_request_exception=False)


def check(response, address):
    assert response.status_code < 500, address
    assert "Set-Cookie: x" not in str(response.headers)
    assert "evil" not in response.get("Location", "")
    return response


@pytest.mark.parametrize("place", PLACES)
def test_addresses_of_no_text(reader, place):
    for odd in NOT_TEXT:
        address = place.format(odd)
        assert check(reader.get(address), address).status_code in (301, 302, 404), address


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_parameters_that_no_form_sends(reader, parameter):
    for value in VALUES:
        address = f"/en/news/?{parameter}={value}"
        check(reader.get(address), address)


def test_thousands_of_parameters(reader):
    for address in (
        "/en/news/?" + "&".join(f"a{number}={number}" for number in range(10_000)),
        "/en/news/?" + "&".join(["region=europe"] * 10_000),
        "/en/?" + "&" * 50_000,
    ):
        check(reader.get(address), address[:40])


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/en", "/%2f%2fevil.example", "/\\evil.example", "/en//evil.example"]
)
def test_no_address_leads_to_another_site(reader, path):
    check(reader.get(path), path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accept-language", "en," * 20_000),
        ("accept-language", "a-" * 3_000),
        ("accept-language", "\xff"),
        ("accept-encoding", "gzip;q=" + " " * 5_000 + "0,"),
        ("if-none-match", '"a",' * 20_000),
        ("if-modified-since", "\xff"),
        ("cookie", "a=b; " * 5_000),
        ("cookie", "sessionid=\xff\x01; csrftoken=\x00"),
        ("range", "bytes=0-,0-,0-"),
        ("x-forwarded-for", "1," * 10_000),
        ("x-forwarded-host", "evil.example"),
        ("x-http-method-override", "DELETE"),
        ("referer", "http://[evil"),
        ("origin", "null"),
        ("origin", "http://[evil"),
    ],
)
def test_headers_that_no_browser_sends(reader, name, value):
    for path in ("/", "/en/news/", "/r/2026-00001/", "/admin/login/"):
        page = check(reader.get(path, headers={name: value}), path)
        assert b"evil.example" not in page.content
    checking = Client(enforce_csrf_checks=True, raise_request_exception=False)
    for path in ("/en/contact/", "/en/alerts/", "/en/verify/", "/admin/login/", "/admin/articles/article/add/"):
        check(checking.post(path, {"headline": "A"}, headers={name: value}), path)


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver\x00", "testserver,evil", "a@testserver", "", "[::1", "tests\xe9rver"]
)
def test_a_foreign_host_is_refused(reader, settings, host):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert reader.get("/en/news/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("&".join(f"a{number}=1" for number in range(10_000)).encode(), "application/x-www-form-urlencoded"),
        (b"username=%00&password=%ff&next=//evil.example", "application/x-www-form-urlencoded"),
        (b"username=%ff", "application/x-www-form-urlencoded; charset=none-such"),
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=\x80"),
        (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="a"; filename="../../a\x00"\r\n\r\nb\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"{" * 100_000, "application/json"),
    ],
)
@pytest.mark.parametrize("path", ["/admin/login/", "/i18n/setlang/", "/en/news/", "/admin/articles/article/add/"])
def test_forms_that_no_browser_posts(reader, body, kind, path):
    for client in (reader, Client(raise_request_exception=False)):
        client.force_login(make_user(f"edna{id(client)}", "editor")) if client is not reader else None
        check(client.generic("POST", path, body, kind), path)


# An address without a NUL that has one when it is decoded, which PostgreSQL refuses; and one that is no text at all.
HIDDEN = ["/en/news/%00/", "/en/news/a%00b/", "/en/news/%2500/", "/en/news/%ed%a0%80/", "/en/news/\0/", "\0"]


@pytest.mark.parametrize(
    ("path", "field"), [("/en/verify/", "text"), ("/en/verify/", "reference"), ("/en/contact/", "about")]
)
def test_addresses_that_hide_what_is_no_text(reader, path, field):
    opened = reader.get("/en/contact/").context["token"]
    for hidden in HIDDEN:
        cache.clear()  # nobody has asked yet
        given = {"name": "Ada", "email": "ada@example.org", "question": "Why?", "opened": opened}
        response = check(reader.post(path, given | {field: f"one two three four five six {hidden}"}), hidden)
        assert response.status_code in (200, 302, 400), hidden


def test_links_that_hide_what_is_no_text(client):
    make_region()
    links = "".join(f'<a href="{hidden}">x</a> ' for hidden in ["/en/news/&#0;/", *HIDDEN[:4]])
    article = make_article(slug="x", body=f"<p>One {links}</p>", notes_to_editors=f"<p>Two {links}</p>")
    assert "%00" in article.body
    for path in ("x/", "x/kit.zip", "x/text.txt", "x/ninjs.json", "feed.atom", "feed.json"):
        assert client.get(f"/en/news/{path}").status_code == 200, path
    assert client.get("/api/v1/articles/").status_code == 200


def test_a_body_that_ends_too_early(reader):
    response = reader.request(
        PATH_INFO="/admin/login/",
        REQUEST_METHOD="POST",
        CONTENT_LENGTH="500",
        CONTENT_TYPE="application/x-www-form-urlencoded",
        **{"wsgi.input": io.BytesIO(b"username=edna")},
    )
    check(response, "too early")
