"""Links within the site that lead to no public page."""

import pytest
from django.utils import timezone

from articles.checks import Draft, run
from articles.checks.links.addresses import fault, own_path
from articles.models import BrokenLink, SlugHistory
from newsroom.models import Page
from tests.cast import make_article, make_contact, make_country, make_office, make_region, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_public_pages_are_no_fault():
    make_article(slug="вода", language="ru", reference="2026-00001")
    make_country(), make_office(), make_topic(), make_contact(), Page.objects.create(code="about-us")
    for path in (
        "/", "/en/", "/en/news/?topic=diaspora", "/ru/news/вода/", "/ru/news/%D0%B2%D0%BE%D0%B4%D0%B0/#figures",
        "/ru/news/вода", "/r/2026-00001/", "/en/regions/europe/", "/en/countries/che/", "/en/topics/diaspora/",
        "/en/offices/geneva/", "/en/offices/geneva.vcf", "/en/contacts/media-unit.vcf", "/en/about/about-us/",
        "/en/media-contacts/",
    ):  # fmt: skip
        assert fault(path) == "", path


def test_an_address_that_leads_nowhere_and_one_of_a_draft_look_the_same():
    make_article(slug="draft", state="draft")
    make_article(slug="later", publish_at=timezone.now() + timezone.timedelta(days=1), reference="2026-00002")
    Page.objects.create(code="hidden", is_published=False)
    for path in (
        "/en/news/draft/", "/en/news/later/", "/en/news/never/", "/r/2026-00002/", "/r/2026-00009/", "/xx/news/",
        "/en/nothing/at/all/", "/en/regions/x/", "/en/topics/x/", "/en/countries/xxx/", "/en/offices/x/",
        "/en/about/hidden/", "/media/images/aa/x.jpg", "/en/news/\0/", "//",
    ):  # fmt: skip
        assert fault(path) in ("nowhere", "") if path in ("//", "/en/news/\0/") else fault(path) == "nowhere", path


def test_what_was_taken_back_or_replaced_says_so():
    make_article(slug="withdrawn", state="withdrawn", withdrawal_note="Wrong.")
    make_article(slug="gone", state="gone")
    make_region("old", "Old", is_active=False, successor=make_region())
    make_topic("older", "Older", merged_into=make_topic())
    assert fault("/en/news/withdrawn/") == "withdrawn"
    assert fault("/en/news/gone/") == "gone"
    assert fault("/en/regions/old/") == fault("/en/topics/older/") == "ended"


def test_an_earlier_slug_is_no_fault():
    SlugHistory.objects.create(article=make_article(), language="en", slug="earlier")
    assert fault("/en/news/earlier/") == ""


def test_full_addresses_of_the_own_site_are_known(settings):
    settings.NEWSROOM_BASE_URL = "https://news.example"
    assert own_path("https://news.example/en/news/x/") == "/en/news/x/"
    assert own_path("/en/") == "/en/"
    for address in ("https://elsewhere.example/en/", "mailto:a@news.example", "https://[", "tel:+4122"):
        assert own_path(address) is None


def links(*addresses):
    return "".join(f'<p><a href="{address}">A report on water</a></p>' for address in addresses)


def sentences(article):
    return [finding.sentence for finding in run(Draft(article)) if "link" in finding.sentence]


def test_the_form_tells_each_broken_link_once():
    article = make_article(body=links("/en/news/never/", "/en/news/never/", "mailto:a@b.example"))
    article.related_links.create(url="https://other.example/", title="Other")
    assert sentences(article) == ["A link leads to no public page: /en/news/never/"]


def test_what_the_nightly_check_found_is_told_while_the_link_is_there():
    article = make_article(body=links("https://other.example/a", "https://other.example/b"))
    BrokenLink.objects.create(article=article, address="https://other.example/a", fault="answer", status=404)
    BrokenLink.objects.create(article=article, address="https://other.example/b", fault="unreachable")
    BrokenLink.objects.create(article=article, address="https://other.example/c", fault="answer", status=404)
    expected = ["A link does not work, the other site answers 404: https://other.example/a"]
    assert sentences(article) == expected
    BrokenLink.objects.update(times=2)
    assert len(sentences(article)) == 2
