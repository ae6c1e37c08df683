"""Every address of the public site answers, on both databases.

What each of them says is tested elsewhere, some of it on one database. The desk's are asked by test_admin_site.py and
test_admin_odd_input.py on both, and each by every role in test_admin_doors.py.
"""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from articles.pages.kit.picture_files import extension
from articles.pages.kit.picture_page import address_key
from articles.publishing.workflow import move
from newsroom.models import Page
from tests import files
from tests.cast import create_image, make_country, make_ready_article, make_user

pytestmark = pytest.mark.django_db
# Their last parts are secrets or sums that nobody knows here, or there is nothing to tell.
NOT_FOUND = {"theme", "media", "review", "review-media", "press", "press-version", "press-media", "security"}
NOT_FOUND |= {"articles:alerts-confirm", "articles:alerts-manage", "articles:alerts-end", "articles:press-mails-end"}
NOT_FOUND |= {"articles:share", "articles:edition-changes", "articles:alerts-change"}


def test_every_address_answers(client):
    values = newsroom()
    for name, pattern in names(get_resolver().url_patterns):
        if name == "api:nowhere":  # all that has no address
            continue
        answer = client.get(reverse(name, kwargs=parts_of_address(name, pattern, values)))
        assert answer.status_code in ({404} if name in NOT_FOUND else {200, 301, 302}), name
        assert answer.getvalue() or answer.status_code in {301, 302}, name


def test_no_address_takes_methods_that_it_does_not_name(client):
    values = newsroom()
    for name, pattern in names(get_resolver().url_patterns):
        if name == "api:nowhere":
            continue
        address = reverse(name, kwargs=parts_of_address(name, pattern, values))
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
            answer = client.generic(method, address)
            assert answer.status_code == 405 or method in answer["Allow"], (method, name)


def newsroom():
    """A row of everything that has an address, and the parts of these addresses; codes by what they are codes of."""
    image = create_image(files.picture(), "A. Otieno", alt={"en": "The sea"})
    country = make_country()
    article = make_ready_article(state="in_review", slug="story", lead_image=image, countries=[country])
    move(article, "publish", make_user("aziz", "approver"))
    article.refresh_from_db()
    Page.objects.create(code="who-we-are").translations.create(language="en", title="Who we are", body="<p>We.</p>")
    contact = article.contacts.get()
    return {
        "slug": article.slug, "pk": article.pk, "number": 1, "reference": article.reference, "language": "en",
        "token": "t" * 43, "digest": "0" * 16, "hash": "0" * 16, "name": "x.jpg",
        "key": address_key(image), "extension": extension(image),
        "topic": article.topics.get().code, "region": article.regions.get().code, "country": country.iso3.lower(),
        "office": article.office.code, "contact": contact.code, "vcard": contact.code, "page": "who-we-are",
    }  # fmt: skip


def parts_of_address(name, pattern, values):
    kind = name.rpartition(":")[2].partition("-")[0]
    return {part: values[kind if part == "code" else part] for part in pattern.converters}


def names(patterns, space=""):
    """The names of all addresses but the desk's, and their patterns."""
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            if pattern.namespace != "admin":
                yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name and pattern.name != "set_language":
            yield space + pattern.name, pattern.pattern
