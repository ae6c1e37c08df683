"""A region, topic or office that has ended leads to its successor, in every list and count; articles keep what they have."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.listing.in_memory import lists_in_memory
from articles.models import list_changes
from contacts.models import Office, Region
from tests.articles.importing.fixture_records import run
from tests.cast import make_article, make_contact, make_country, make_office, make_region, make_topic, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.now().date() - timedelta(1)


def retire(region, successor=None):
    region.is_active, region.successor = False, successor
    region.full_clean()
    region.save()
    list_changes.note_names()


def listed(client, query):
    return {one.headline for one in client.get(f"/en/news/?{query}").context["page"]}


def choices(client, name, query=""):
    facets = client.get(f"/en/news/?{query}").context["facets"]
    return {one.code: one.number for one in next(facet for facet in facets if facet.name == name).choices}


@pytest.fixture
def old():
    return make_region("east", "East")


@pytest.fixture
def new():
    return make_region("orient", "Orient")


def test_a_retired_region_leads_to_its_successor_everywhere(client, old, new):
    story = make_article(headline="Harbour opens", regions=[old], kind="news", topics=[make_topic("ports")])
    make_article(headline="Bridge opens", regions=[new])
    retire(old, new)
    assert client.get("/en/regions/east/").url == "/en/regions/orient/"
    assert client.get("/en/regions/east/?a=1").url == "/en/regions/orient/?a=1"
    answer = client.get("/en/news/?region=east&q=opens&kind=news")
    assert (answer.status_code, answer.url) == (301, "/en/news/?kind=news&region=orient&q=opens")
    assert client.get("/en/news/?region=east&region=orient").url == "/en/news/?region=orient"
    assert (
        listed(client, "region=orient") == listed(client, "region=orient&q=opens") == {"Harbour opens", "Bridge opens"}
    )
    assert choices(client, "region") == choices(client, "region", "q=opens") == {"orient": 2}
    assert choices(client, "topic", "region=orient") == {"ports": 1}
    landing = client.get("/en/regions/orient/")
    assert landing.context["count"] == 2
    assert b"East" not in landing.content
    assert b"East" not in client.get("/en/").content
    page = client.get(story.get_absolute_url())
    assert [str(label) for label in page.context["regions"]] == ["Orient"]
    assert [row.region.code for row in story.region_rows.all()] == ["east"]


def test_an_article_of_both_shows_and_counts_once(client, old, new):
    story = make_article(regions=[old, new])
    retire(old, new)
    assert choices(client, "region") == {"orient": 1}
    assert [str(label) for label in client.get(story.get_absolute_url()).context["regions"]] == ["Orient"]
    assert client.get("/en/").content.decode().count('<span class="place">Orient</span>') <= 2  # lead and region


def test_a_chain_is_followed_and_may_change(client, old, new):
    story = make_article(regions=[old])
    retire(old, new)
    newest = make_region("rising", "Rising")
    retire(new, newest)
    assert client.get("/en/regions/east/").url == client.get("/en/regions/orient/").url == "/en/regions/rising/"
    assert listed(client, "region=rising") == {story.headline}
    new.is_active = True
    new.save()
    list_changes.note_names()
    assert client.get("/en/regions/east/").url == "/en/regions/orient/"
    assert listed(client, "region=rising") == set()
    old.is_active = True
    old.save()
    list_changes.note_names()
    assert client.get("/en/regions/east/").status_code == 200
    assert listed(client, "region=east") == {story.headline}
    assert listed(client, "region=orient") == set()


def test_a_region_without_a_successor_keeps_its_page_and_its_stories(client, old):
    story = make_article(regions=[old])
    retire(old)
    page = client.get("/en/regions/east/")
    assert "This region is no longer in use." in page.content.decode()
    assert [one.pk for one in page.context["articles"]] == [story.pk]
    assert listed(client, "region=east") == {story.headline}
    assert choices(client, "region") == {"east": 1}
    assert client.get("/en/").context["regions"] == []


def test_countries_and_offices_of_a_retired_region_are_on_the_page_of_its_successor(client, old, new):
    make_office("port", host_country=make_country("JPN", "Japan", region=old))
    retire(old, new)
    page = client.get("/en/regions/orient/")
    assert [str(label) for label in page.context["countries"]] == ["Japan"]
    assert len(page.context["offices"]) == 1
    assert b'href="/en/regions/orient/"' in client.get("/en/countries/jpn/").content
    assert [region.code for region, _ in client.get("/en/offices/").context["regions"]] == ["orient"]


def test_circles_that_sql_wrote_never_redirect_for_ever(client, old, new):
    lost = make_region("lost", "Lost")
    story = make_article(regions=[old, lost])
    Region.objects.filter(pk=old.pk).update(is_active=False, successor=new)
    Region.objects.filter(pk=new.pk).update(is_active=False, successor=old)
    Region.objects.filter(pk=lost.pk).update(is_active=False, successor=old)
    list_changes.note_names()
    for code in ("east", "orient", "lost"):
        assert client.get(f"/en/regions/{code}/").status_code == 200
        assert client.get(f"/en/news/?region={code}").status_code == 200
    assert listed(client, "region=east") == listed(client, "region=lost") == {story.headline}


def test_a_closed_office_keeps_its_page_and_its_filter_leads_on(client):
    new = make_office("new-port", "New Port")
    old = make_office("old-port", "Old Port", closed=YESTERDAY, successor=new)
    story = make_article(office=old)
    page = client.get("/en/offices/old-port/").content.decode()
    assert 'Its work is continued by <a href="/en/offices/new-port/">' in page
    assert story.headline in page
    assert story.headline in client.get("/en/offices/new-port/").content.decode()
    assert client.get("/en/news/?office=old-port").url == "/en/news/?office=new-port"
    assert listed(client, "office=new-port") == {story.headline}
    assert choices(client, "office") == {"new-port": 1}
    assert client.get("/en/offices/old-port.vcf").url == "/en/offices/new-port.vcf"


def test_an_office_leads_on_from_the_day_on_which_it_closes(client):
    new = make_office("new-port", "New Port")
    old = make_office("old-port", "Old Port", closed=YESTERDAY + timedelta(2), successor=new)
    story = make_article(office=old)
    assert listed(client, "office=old-port") == {story.headline}
    names = lists_in_memory().names()
    names.rows("office")["old-port"].closed = YESTERDAY  # as if the night had passed: nobody noted a change
    assert names.known("office", "old-port") == "new-port"
    assert names.group("office", "new-port") == ("new-port", "old-port")


def test_an_ended_contact_leads_on(client):
    new = make_contact("new-desk", "New Desk")
    old = make_contact("old-desk", "Old Desk", valid_until=YESTERDAY, replaced_by=new)
    hidden = make_contact("hidden", "Hidden Desk", is_public=False, replaced_by=old)
    for contact in (old, hidden):
        story = make_article(contacts=[contact])
        page = client.get(story.get_absolute_url()).content.decode()
        assert "New Desk" in page
        assert contact.name not in page
        assert client.get(f"/en/contacts/{contact.code}.vcf").url == "/en/contacts/new-desk.vcf"


def test_pages_take_as_many_queries_with_successors_as_without(client, old, new):
    for region in (old, new):
        make_article(regions=[region], topics=[make_topic()])
    addresses = ("/en/", "/en/news/?region=orient", "/en/regions/orient/", "/en/news/?q=story&region=orient")

    def queries():
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as done:
                client.get(address)
            counts.append(len(done))
        return counts

    before = queries()
    retire(old, new)
    assert queries() == before


class TestForEditors:
    @pytest.fixture(autouse=True)
    def edna(self, client, old, new):
        client.force_login(make_user("edna", "editor"))
        retire(old, new)

    def test_only_regions_in_use_are_offered(self, client):
        asked = {"app_label": "articles", "model_name": "articleregion", "field_name": "region"}
        offered = client.get("/admin/autocomplete/", asked).json()["results"]
        assert [row["text"] for row in offered] == ["Orient"]

    def test_an_article_keeps_a_retired_region_and_no_other_gets_it(self, client, old, new):
        has, other = (make_article(regions=[region], state="draft") for region in (old, new))
        address = f"/admin/articles/article/{has.pk}/change/"
        assert client.post(address, filled(client.get(address), headline="Changed")).status_code == 302
        assert [row.region.code for row in has.region_rows.all()] == ["east"]
        address = f"/admin/articles/article/{other.pk}/change/"
        answer = client.post(address, filled(client.get(address), **{"region_rows-1-region": old.pk}))
        assert "“East” is no longer in use. Choose “Orient” instead." in answer.content.decode()
        assert [row.region.code for row in other.region_rows.all()] == ["orient"]

    def test_an_article_keeps_a_closed_office_and_no_other_gets_it(self, client):
        closed = make_office("old-port", "Old Port", closed=YESTERDAY, successor=make_office("new-port", "New Port"))
        has, other = make_article(office=closed, state="draft"), make_article(state="draft")
        address = f"/admin/articles/article/{has.pk}/change/"
        assert client.post(address, filled(client.get(address), headline="Changed")).status_code == 302
        address = f"/admin/articles/article/{other.pk}/change/"
        answer = client.post(address, filled(client.get(address), office=closed.pk))
        assert "“Old Port” has closed. Choose “New Port” instead." in answer.content.decode()

    def test_the_filter_of_articles_leads_to_the_successor(self, client, old, new):
        story = make_article(regions=[old], headline="Harbour opens")
        for region in (old, new):
            page = client.get(f"/admin/articles/article/?region={region.pk}")
            assert page.status_code == 200
            assert story.headline in page.content.decode()
            spec = next(one for one in page.context["cl"].filter_specs if one.parameter_name == "region")
            shown = {choice["display"]: choice["selected"] for choice in spec.choices(None)}
            assert (shown["Orient"], "East" in shown) == (True, False)

    def test_countries_left_behind_are_told(self, client, old, new):
        country = make_country("JPN", "Japan", region=old)
        address = f"/admin/contacts/region/{old.pk}/change/"
        answer = client.post(address, filled(client.get(address), order=7), follow=True)
        assert "1 country is still in this region. Move it to another one." in answer.content.decode()
        country.iso2 = "JP"
        country.full_clean()  # it may stay
        other = make_country("KOR", "Korea", region=new)
        other.region, other.iso2 = old, "KR"
        with pytest.raises(Exception, match="Choose “Orient” instead"):
            other.full_clean()


def test_an_export_by_a_former_code_is_one_by_its_successor(old, new, tmp_path):
    make_article(regions=[old], slug="of-east")
    make_article(regions=[new], slug="of-orient")
    retire(old, new)
    for code in ("east", "orient"):
        path = tmp_path / f"{code}.jsonl"
        call_command("export_fixture", "--output", str(path), "--region", code)
        assert {slug for slug in ("of-east", "of-orient") if slug in path.read_text()} == {"of-east", "of-orient"}
    exported = path.read_text()
    code, _, err = run(path)
    assert (code, err) == (0, "")
    call_command("export_fixture", "--output", str(path), "--region", "orient")
    assert path.read_text() == exported


def test_offices_by_their_queryset(old):
    closed = make_office("old-port", closed=YESTERDAY)
    assert closed not in Office.objects.in_use()
