"""Contacts and offices as vCards (RFC 6350)."""

from datetime import timedelta

import pytest

from contacts.models import Phone
from contacts.pages import vcard
from tests.cast import NOW, make_contact, make_office

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def unfolded(card):
    return card.replace("\r\n ", "").split("\r\n")


def test_a_person_carries_name_title_organisation_and_numbers(client, settings):
    settings.NEWSROOM_NAME = "Shared Waters"
    maja = make_contact("maja", kind="person", languages=["sl", "en"])
    maja.translations.update(display_name="Maja Župan", job_title="Chief; media, web", unit_name="Media Unit")
    Phone.objects.create(contact=maja, kind="mobile", display="+41 22 717 93 89/ 59")
    response = client.get("/en/contacts/maja.vcf")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="maja.vcf"'
    lines = unfolded(response.content.decode())
    assert lines[:3] == ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual"]
    assert lines[-2:] == ["END:VCARD", ""]
    for line in (
        "FN:Maja Župan",
        "ORG:Shared Waters;Geneva Office;Media Unit",
        "TITLE:Chief\\; media\\, web",
        "EMAIL;TYPE=work:media@example.org",
        'TEL;VALUE=uri;TYPE="work,cell":tel:+41227179389',
        'TEL;VALUE=uri;TYPE="work,cell":tel:+41227179359',
        "LANG;PREF=1:sl",
        "TZ:Europe/Zurich",
        "URL:http://testserver/en/offices/geneva/",
    ):
        assert line in lines


def test_a_unit_is_an_organisation_without_a_person(client):
    make_contact()
    lines = unfolded(client.get("/en/contacts/media-unit.vcf").content.decode())
    assert "KIND:org" in lines
    assert "FN:Media Unit" in lines
    assert not [line for line in lines if line.startswith("N:")]


def test_an_office_has_an_address_and_a_position(client):
    office = make_office(latitude=46.2, longitude=6.1)
    office.translations.update(address="Rue du Lac 1\n1200")
    lines = unfolded(client.get("/en/offices/geneva.vcf").content.decode())
    assert "ADR;TYPE=work:;;Rue du Lac 1\\n1200;Geneva;;;Switzerland" in lines
    assert "GEO:geo:46.2,6.1" in lines


def test_lines_are_folded_at_75_octets_between_characters():
    folded = vcard._fold("FN:" + "ش" * 100)
    rows = folded.split("\r\n")
    assert max(len(row.encode()) for row in rows) <= 75
    assert rows[0] + "".join(row[1:] for row in rows[1:]) == "FN:" + "ش" * 100


def test_a_name_cannot_add_a_line_of_its_own(client):
    make_contact(name="Desk\r\nEMAIL:evil@example.org\x1b\u2028X")
    card = client.get("/en/contacts/media-unit.vcf").content.decode()
    assert "FN:Desk EMAIL:evil@example.org X" in unfolded(card)[3]
    assert "\r\nEMAIL:evil" not in card
    assert "\x1b" not in card


def test_an_expired_contact_leads_to_its_successor_and_a_private_one_nowhere(client):
    yesterday = NOW().date() - timedelta(days=1)
    make_contact("old", valid_until=yesterday, replaced_by=make_contact())
    make_contact("lost", valid_until=yesterday)
    make_contact("private", is_public=False)
    assert client.get("/en/contacts/old.vcf").url == "/en/contacts/media-unit.vcf"
    assert client.get("/en/contacts/lost.vcf").status_code == 404
    assert client.get("/en/contacts/private.vcf").status_code == 404
