"""The page of one article: what it shows, and where its address leads when there is none."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Article, SlugHistory
from articles.templatetags.article_tags import body
from contacts.models import Phone
from tests.cast import NOW, make_article, make_contact, make_country, make_office, make_region, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MOMENT = datetime(2026, 3, 4, 5, 6, 7, 891011, tzinfo=UTC)


def content(client, article):
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def story():
    contact = make_contact(languages=["en", "fr"])
    Phone.objects.create(contact=contact, display="+41 22 717 93 89/ 59")
    return make_article(
        headline="Ministers meet",
        body="<p>Over 500 delegates came.</p><p>More.</p>",
        kind="press-release",
        publish_at=MOMENT,
        regions=[make_region("global", "Global", kind="global")],
        topics=[make_topic()],
        countries=[make_country()],
        dateline_country=make_country(),
        office=make_office(),
        contacts=[contact],
        reference="2026-00007",
    )


def test_it_carries_label_region_dateline_and_a_date_for_machines(client, story):
    page = content(client, story)
    assert '<a class="kind" href="/en/news/?kind=press-release">Press release</a>' in page
    assert '<a class="place" href="/en/regions/global/">Global</a>' in page
    assert '<p><b class="dateline">Switzerland</b> – Over 500 delegates came.</p>' in page
    assert '<time datetime="2026-03-04T05:06:07+00:00">4 March 2026</time>' in page
    assert '<a href="http://testserver/r/2026-00007/">' in page


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("Geneva", "Geneva, Switzerland"),
        ("Switzerland", "Switzerland"),
        ("", "Switzerland"),
        ("Geneva, Switzerland", "Geneva, Switzerland"),
        ("GENEVA (SWITZERLAND)", "GENEVA (SWITZERLAND)"),
        ("Saxon Switzerland", "Saxon Switzerland, Switzerland"),
    ],
)
def test_a_dateline_names_place_and_country_once(place, line):
    assert make_article(dateline_place=place, dateline_country=make_country()).dateline == line


def test_struck_out_text_is_announced_to_those_who_hear_the_page(client):
    article = make_article(body="<p>Received <s>5</s> 7 million.</p>", notes_to_editors="<p><s>Old</s></p>")
    page = content(client, article)
    assert '<s><span class="visually-hidden">struck out: </span>5</s> 7 million' in page
    assert '<s><span class="visually-hidden">struck out: </span>Old</s>' in page


def test_numbers_are_isolated_in_right_to_left_texts_only(client):
    body = "<p>+41 22 555 01 50, 2024-05-01, -5 %, 2019-2024</p>"
    isolated = (
        '<bdi dir="ltr">+41 22 555 01 50</bdi>, <bdi dir="ltr">2024-05-01</bdi>, <bdi dir="ltr">-5 %</bdi>, 2019-2024'
    )
    assert isolated in content(client, make_article(language="ar", body=body))
    assert body in content(client, make_article(body=body))


def test_numbers_at_the_start_and_in_headlines_are_isolated_too(client):
    article = make_article(
        language="ar",
        headline="انخفاض -12.5% < 5",
        summary="(+1 212 555 0150 ext. 12)",
        body="<ul><li>-40 م، «+15»</li></ul>",
    )
    page = content(client, article)
    assert '<h1>انخفاض <bdi dir="ltr">-12.5%</bdi> &lt; 5</h1>' in page
    assert '(<bdi dir="ltr">+1 212 555 0150 ext. 12</bdi>)</p>' in page
    assert '<li><bdi dir="ltr">-40</bdi> م، «<bdi dir="ltr">+15</bdi>»</li>' in page


def test_numbers_in_attributes_are_left_alone():
    text = '<p><img alt="5 > 3: -7 %, +41 22 555 01 50">-7</p>'
    assert '<p><img alt="5 > 3: -7 %, +41 22 555 01 50"><bdi' in body(Article(language="ar", body=text))


def test_a_dateline_stands_alone_before_a_body_that_opens_otherwise(client):
    article = make_article(body="<h2>Heading</h2><p>Text.</p>", dateline_place="Basel")
    assert '<p><b class="dateline">Basel</b> – </p><h2>Heading</h2>' in content(client, article)


def test_a_line_with_two_numbers_gives_two_telephone_links(client, story):
    page = content(client, story)
    assert '<a href="tel:+41227179389"><bdi dir="ltr">+41 22 717 93 89</bdi></a>' in page
    assert '<a href="tel:+41227179359"><bdi dir="ltr">+41 22 717 93 59</bdi></a>' in page
    assert '<a href="mailto:media@example.org">' in page
    assert '<a href="/en/contacts/media-unit.vcf">' in page


def test_an_expired_contact_gives_way_to_its_successor(client):
    after = make_contact("maja", "Maja Desk")
    before = make_contact("old", "Old Desk", valid_until=NOW().date() - timedelta(days=1), replaced_by=after)
    page = content(client, make_article(contacts=[before, after]))
    assert "Old Desk" not in page
    assert page.count('class="contact-name">Maja Desk') == 1


def test_a_withdrawn_article_stays_readable_under_a_banner(client):
    article = make_article(state="withdrawn", withdrawal_note="The figures were wrong.", body="<p>Figures.</p>")
    page = content(client, article)
    assert "This item has been withdrawn." in page
    assert "The figures were wrong." in page
    assert "<p>Figures.</p>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "ld+json" not in page


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "draft"},
        {"state": "in_review"},
        {"publish_at": NOW() + timedelta(days=1)},
        {"state": "withdrawn", "withdrawal_note": "x", "publish_at": NOW() + timedelta(days=1)},
    ],
)
def test_what_is_not_public_looks_like_an_address_that_never_was(client, changes):
    make_article(slug="secret-plans", **changes)
    hidden, never = client.get("/en/news/secret-plans/"), client.get("/en/news/never-written/")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content
    assert hidden.headers == never.headers


def test_a_draft_is_not_reached_by_an_earlier_address_either(client):
    SlugHistory.objects.create(article=make_article(state="draft"), language="en", slug="earlier")
    assert client.get("/en/news/earlier/").status_code == 404


def test_an_address_with_a_nul_is_not_found(client):
    assert client.get("/en/news/%00/").status_code == 404
    assert client.get("/en/news/?missing=en/%00", follow=True).status_code == 200


def test_an_earlier_address_leads_on_for_good(client):
    article = make_article(slug="new")
    SlugHistory.objects.create(article=article, language="en", slug="old")
    response = client.get("/en/news/old/")
    assert (response.status_code, response.url) == (301, "/en/news/new/")


def test_a_removed_article_is_gone_or_leads_to_what_to_read_instead(client):
    make_article(slug="gone", state="gone")
    assert client.get("/en/news/gone/").status_code == 410
    target = make_article(slug="target")
    make_article(slug="moved", state="gone", redirect_to=make_article(slug="between", state="gone", redirect_to=target))
    response = client.get("/en/news/moved/")
    assert (response.status_code, response.url) == (301, "/en/news/target/")


def test_removed_articles_that_point_at_each_other_or_at_a_draft_are_gone(client):
    one = make_article(slug="one", state="gone")
    one.redirect_to = make_article(slug="two", state="gone", redirect_to=one)
    one.save()
    make_article(slug="three", state="gone", redirect_to=make_article(state="draft"))
    assert [client.get(f"/en/news/{slug}/").status_code for slug in ("one", "two", "three")] == [410, 410, 410]


def test_the_language_switch_leads_to_live_versions_and_else_to_the_list(client):
    source = make_article(slug="source", headline="Source")
    french = make_article(slug="traduction", language="fr", translation_of=source)
    make_article(slug="not-yet-public", language="es", translation_of=source, state="draft")
    page = content(client, source)
    assert f'href="{french.get_absolute_url()}" lang="fr"' in page
    assert 'href="/es/news/?missing=en%2Fsource" lang="es"' in page
    answer = client.get("/es/news/?missing=en%2Fsource").content.decode()
    assert '<a href="/en/news/source/" lang="en" dir="ltr" hreflang="en">Source</a>' in answer


def test_a_change_of_the_prefix_by_hand_finds_the_version_or_the_list(client):
    source = make_article(slug="source")
    make_article(slug="traduction", language="fr", translation_of=source)
    assert client.get("/fr/news/source/").url == "/fr/news/traduction/"
    assert client.get("/ar/news/source/").url == "/ar/news/?missing=en%2Fsource"


def test_alternates_name_live_versions_only(client):
    source = make_article(slug="source")
    make_article(slug="traduction", language="fr", translation_of=source)
    make_article(slug="not-yet-public", language="es", translation_of=source, state="in_review")
    page = content(client, source)
    assert '<link rel="alternate" hreflang="fr" href="http://testserver/fr/news/traduction/">' in page
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/en/news/source/">' in page
    assert 'hreflang="es" href="http' not in page
    assert '<link rel="canonical" href="http://testserver/en/news/source/">' in page
    assert "not-yet-public" not in page


def test_a_page_costs_the_same_with_few_and_with_many_rows(client, django_assert_num_queries):
    few = make_article(regions=[make_region()], topics=[make_topic()], contacts=[make_contact()])
    many = make_article(
        regions=[make_region(f"r{n}") for n in range(5)],
        topics=[make_topic(f"t{n}") for n in range(5)],
        contacts=[make_contact(f"c{n}") for n in range(5)],
    )
    make_article(topics=[many.topics.first()])
    make_article(topics=[few.topics.first()])
    client.get("/en/news/")  # the process has its index
    for article in (few, many):
        client.get(article.get_absolute_url())  # names and contacts are read once, cards are drawn once
        with django_assert_num_queries(9):
            client.get(article.get_absolute_url())


def test_a_new_edition_that_is_due_is_merged_by_its_first_reader(client):
    live = make_article(slug="story", headline="First edition")
    make_article(revises=live, slug="story", headline="Second edition", publish_at=NOW() + timedelta(days=1))
    assert "First edition" in content(client, live)
    live.working_copy.publish_at = NOW()
    live.working_copy.save()
    assert "Second edition" in content(client, live)
    assert not type(live).objects.filter(revises=live).exists()


def test_an_edition_that_cannot_be_merged_leaves_readers_the_last_one(client, caplog):
    live = make_article(slug="story", headline="First edition")
    make_article(slug="taken")
    make_article(revises=live, slug="taken", headline="Second edition")
    assert "First edition" in content(client, live)
    assert "cannot be merged" in caplog.text


def test_the_page_can_be_kept_by_shared_caches(client, story):
    response = client.get(story.get_absolute_url())
    assert "Vary" not in response.headers
    assert not response.cookies


def test_structured_data_cannot_end_its_script(client):
    page = content(client, make_article(headline="</script><script>alert(1)</script>"))
    assert "<script>alert" not in page
    assert '<script type="application/ld+json">{"@context": "https://schema.org"' in page


def test_contacts_and_facts_stand_beside_the_text_so_that_readers_of_the_text_alone_leave_them_out(client, story):
    page = content(client, story)
    aside = page[page.index('<aside class="press-contacts"') :].partition("</aside>")[0]
    assert "Media contacts</h2>" in aside
    assert "+41 22 717 93 89" in aside
    assert "+41 22 717 93 89" not in page.replace(aside, "")
