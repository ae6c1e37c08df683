"""Every answer of the site has the security headers, whoever gives it and whatever its status is."""

import pytest
from django.db import OperationalError
from django.test import Client

from newsroom.middleware import NO_PAGE
from tests import files
from tests.cast import create_image, make_article, make_contact, make_office
from tests.newsroom.cached import MIDDLEWARE as PAGE_CACHE

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
EVERYWHERE = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
}


class Secure(Client):
    tls = True

    def generic(self, *args, **options):
        return super().generic(*args, **options | {"secure": self.tls})


@pytest.fixture
def site(settings, tmp_path):
    """As in production: TLS, files from the disk, the page cache."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "page.css").write_text("p { color: red }")
    settings.STATIC_ROOT, settings.MEDIA_ROOT = tmp_path / "static", tmp_path / "media"
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    settings.ALLOWED_HOSTS, settings.PAGE_CACHE = ["testserver"], 1_000_000
    own = list(settings.MIDDLEWARE)
    own.insert(
        own.index("django.middleware.security.SecurityMiddleware") + 1, "whitenoise.middleware.WhiteNoiseMiddleware"
    )
    own.insert(1, PAGE_CACHE)
    settings.MIDDLEWARE = own
    return Secure(enforce_csrf_checks=True, raise_request_exception=False)


def complete(response):
    missing = EVERYWHERE - {name for name in EVERYWHERE if response.get(name)}
    assert missing == set()
    assert response["X-Content-Type-Options"] == "nosniff"
    return response.status_code


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/", 200),
        ("/en/nothing-here/", 404),
        ("/en/news/?region=nowhere", 404),
        ("/en/news/?from=never", 400),
        ("/", 302),
        ("/en/news/?page=1", 301),
        ("/en/news", 301),
        ("/robots.txt", 200),
        ("/healthz", 200),
        ("/static/page.css", 200),
        ("/static/nothing.css", 404),
        ("/media/images/aa/nothing.jpg", 404),
        ("/admin/", 302),
        ("/admin/login/", 200),
    ],
)
def test_an_answer_has_them(site, path, status):
    for _rendered_and_then_from_the_cache in range(2):
        response = site.get(path)
        assert complete(response) == status
        response.getvalue()


def test_the_probes_have_them_in_good_and_in_bad_times(site, monkeypatch):
    for ready, status in ((True, 200), (False, 503)):
        monkeypatch.setattr("newsroom.serving.health.lists_are_ready", lambda ready=ready: ready)
        assert complete(site.get("/readyz")) == status


def test_files_have_them(site):
    image, contact = create_image(files.picture(), credit="A"), make_contact(office=make_office())
    make_article(lead_image=image)
    response = site.get(image.get_absolute_url())
    assert complete(response) == 200
    response.getvalue()
    assert complete(site.get(contact.get_absolute_url())) == 200


def test_a_picture_is_the_same_in_all_languages(site):
    image = create_image(files.picture(), credit="A")
    make_article(lead_image=image)
    response = site.get(image.get_absolute_url())
    assert "Accept-Language" not in response.get("Vary", "")
    assert "Content-Language" not in response
    response.getvalue()
    again = site.get(image.get_absolute_url(), headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert "Accept-Language" not in again.get("Vary", "")
    assert "Accept-Language" not in site.get("/robots.txt").get("Vary", "")
    assert site.get("/")["Vary"] == "Accept-Language"


def test_a_refused_method_and_a_refused_form_have_them(site):
    assert complete(site.post("/en/")) == 405
    assert complete(site.post("/admin/login/")) == 403


def test_a_refused_host_has_them(site):
    assert complete(site.get("/en/", headers={"host": "evil.example"})) == 400
    assert complete(site.get("/admin/login/", headers={"host": "evil.example"})) == 400


@pytest.mark.parametrize(("error", "status"), [(OperationalError("connection refused"), 503), (ValueError(), 500)])
def test_a_failure_has_them(site, monkeypatch, error, status):
    def fail(*args):
        raise error

    monkeypatch.setattr("articles.views.front_pages.home", fail)
    assert complete(site.get("/en/")) == status
    monkeypatch.setattr("newsroom.pagecache.middleware.page_request", fail)
    assert complete(site.get("/en/")) == status


def test_without_tls_there_is_no_promise_of_tls(site):
    site.tls = False
    response = site.get("/en/")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/en/")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in response
    assert "Strict-Transport-Security" not in site.get("/healthz")


def test_what_is_no_page_may_load_nothing(site):
    assert site.get("/healthz")["Content-Security-Policy"] == NO_PAGE
    style = site.get("/static/page.css")
    assert style["Content-Security-Policy"] == NO_PAGE
    style.getvalue()
    assert "script-src 'self'" in site.get("/en/")["Content-Security-Policy"]
