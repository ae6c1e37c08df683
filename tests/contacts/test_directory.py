"""Offices, media contacts and how an office's page puts them."""

from datetime import time, timedelta

import pytest

from contacts.directory import answering
from contacts.models import Contact, OfficeClosure, OpeningHours, Phone
from contacts.templatetags.contact_tags import mailbox, web_address
from tests.cast import NOW, make_article, make_contact, make_country, make_office, make_region

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
YESTERDAY = NOW().date() - timedelta(days=1)


def text(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_offices_stand_in_their_regions_with_headquarters_first(client):
    kenya = make_country("KEN", "Kenya", region=make_region("africa", "Africa", order=2))
    make_office("nairobi", "Nairobi Office", host_country=kenya)
    make_office("aarau", "Aarau Office")
    make_office("hq", "Headquarters", kind="headquarters")
    make_office("closed", "Closed Office", closed=YESTERDAY)
    regions = client.get("/en/offices/").context["regions"]
    assert [(region.code, [office.code for office in offices]) for region, offices in regions] == [
        ("europe", ["hq", "aarau"]),
        ("africa", ["nairobi"]),
    ]


def test_the_map_has_a_linked_point_for_each_office_with_a_position(client):
    make_office("nairobi", "Nairobi Office", latitude=-1.3, longitude=36.8)
    make_office("nowhere", "Nowhere Office")
    page = text(client, "/ar/offices/")
    assert page.count('<a href="/ar/offices/nairobi/" class="map-pin"') == page.count('class="pin-number">1<') == 1
    assert 'cx="216.8" cy="91.3"' in page
    assert 'src="http' not in page


def test_an_office_page_says_how_to_reach_it(client):
    office = make_office(email="geneva@example.org", timezone="Europe/Zurich", languages=["fr", "xx"])
    Phone.objects.create(office=office, display="+41 22 717 93 89/ 59")
    for opens in (time(8), time(14)):
        OpeningHours.objects.create(office=office, weekday=0, opens=opens, closes=time(opens.hour + 4))
    OfficeClosure.objects.create(office=office, first_day=YESTERDAY, last_day=YESTERDAY, notes={"en": "Past"})
    OfficeClosure.objects.create(office=office, first_day=NOW().date(), last_day=NOW().date(), notes={"en": "Move"})
    office.coverage.create(country=make_country("ITA", "Italy"))
    make_contact()
    make_contact("private", "Private Desk", is_public=False)
    page = text(client, "/en/offices/geneva/")
    for words in (
        "tel:+41227179389",
        "tel:+41227179359",
        '08:00–12:00</bdi>, <bdi dir="ltr">14:00–18:00',
        "<dd>Zurich</dd>",
        "French and xx",
    ):
        assert words in page
    assert "/en/countries/ita/" in page
    assert "Media Unit" in page
    assert "Move" in page
    assert "Past" not in page
    assert "Private Desk" not in page


def test_an_office_page_shows_its_live_news_only(client):
    office = make_office()
    make_article(headline="Said here", office=office)
    make_article(headline="Not yet said", office=office, state="draft")
    page = text(client, "/en/offices/geneva/")
    assert "Said here" in page
    assert "Not yet said" not in page


def test_a_closed_office_keeps_its_page_and_names_its_successor(client):
    make_office("old", "Old Office", closed=YESTERDAY, successor=make_office(), email="old@example.org")
    page = text(client, "/en/offices/old/")
    assert "This office closed on" in page
    assert '<a href="/en/offices/geneva/">Geneva Office</a>' in page
    assert "old@example.org" not in page


def test_a_closed_office_is_told_in_the_past(client):
    office = make_office("old", "Old Office", closed=YESTERDAY, parent=make_office())
    office.coverage.create(country=make_country(), role="liaises")
    page = text(client, "/en/offices/old/")
    for words in ("Countries that it covered", "Reported to", "liaison"):
        assert words in page
    for words in ("Countries covered", "Reports to", "liaises with"):
        assert words not in page


def test_media_contacts_are_those_who_answer_today(client):
    make_contact()
    make_contact("speaker", "Speaker Desk", purpose="spokesperson")
    make_contact("programme", "Programme Desk", purpose="programme")
    make_contact("expired", "Expired Desk", valid_until=YESTERDAY)
    page = text(client, "/en/media-contacts/")
    assert "Media Unit" in page
    assert "Speaker Desk" in page
    assert "Programme Desk" not in page
    assert "Expired Desk" not in page


def test_a_number_that_cannot_be_read_is_shown_without_a_link(client):
    Phone.objects.create(contact=make_contact(), display="ask the desk")
    assert '<dd><bdi dir="ltr">ask the desk</bdi></dd>' in text(client, "/en/media-contacts/")


def test_a_name_without_words_in_the_language_says_which_language_it_is_in(client):
    make_contact()
    page = text(client, "/ar/media-contacts/")
    assert '<html lang="ar" dir="rtl">' in page
    assert '<span lang="en" dir="ltr">Media Unit</span>' in page


def test_directories_without_rows_say_so(client):
    assert "No office is listed yet." in text(client, "/en/offices/")
    assert "No media contact is listed yet." in text(client, "/en/media-contacts/")


def test_a_text_of_several_lines_is_set_in_paragraphs_with_or_without_markup(client):
    office = make_office()
    for text in ("One & two\nthree\n\nfour", "<p>One &amp; two<br>three</p><p>four</p>"):
        office.translations.update(intro=text)
        page = client.get("/en/offices/geneva/").content.decode()
        assert '<div class="standfirst"><p>One &amp; two<br>three</p>\n\n<p>four</p></div>' in page
    assert '<div lang="en" dir="ltr"><p>One' in client.get("/ar/offices/geneva/").content.decode()


def test_an_unknown_office_is_not_found(client):
    assert client.get("/en/offices/atlantis/").status_code == 404


@pytest.mark.parametrize(("path", "queries"), [("/en/offices/", 7), ("/en/media-contacts/", 15)])
def test_directories_cost_the_same_for_ten_and_for_twenty_rows(client, django_assert_num_queries, path, queries):
    for count in (10, 20):
        for index in range(count):
            office = make_office(
                f"o{index}", host_country=make_country(f"{chr(65 + index)}XX", region=make_region(f"r{index}"))
            )
            if not Contact.objects.filter(code=f"c{index}").exists():
                Phone.objects.create(contact=make_contact(f"c{index}", office=office), display="+41 22 717 93 89")
        client.get("/en/")  # the first page after a change of names reads them anew
        with django_assert_num_queries(queries):
            client.get(path)


def test_an_address_of_electronic_mail_breaks_before_its_host_and_before_dots():
    assert mailbox("press.desk@example.org") == 'press<wbr>.desk<wbr><span class="host">@example<wbr>.org</span>'
    assert mailbox("<b>@example.org") == '&lt;b&gt;<wbr><span class="host">@example<wbr>.org</span>'


def test_a_web_address_breaks_after_a_slash():
    assert web_address("https://example.org/offices/suva/") == "https://example.org/<wbr>offices/<wbr>suva/"
    assert web_address("http://x/?<b>") == "http://x/<wbr>?&lt;b&gt;"


def test_successors_are_followed_to_the_first_who_answers_today():
    new = make_contact("new")
    between = make_contact("between", valid_until=YESTERDAY, replaced_by=new)
    old = make_contact("old", valid_until=YESTERDAY, replaced_by=between)
    alone, circle = make_contact("alone", valid_until=YESTERDAY), make_contact("circle", valid_until=YESTERDAY)
    Contact.objects.filter(pk=circle.pk).update(replaced_by=circle)
    asked = [old.pk, new.pk, alone.pk, circle.pk, 10**9]
    assert answering(asked) == {old.pk: new, new.pk: new, alone.pk: None, circle.pk: None, 10**9: None}
