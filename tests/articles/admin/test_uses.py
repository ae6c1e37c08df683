"""Contacts and offices end on a page that lists the articles affected; what articles use is not deleted unnamed."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from articles.publishing import revisions
from contacts.admin.ending.uses import uses
from contacts.models import Contact, Office
from tests.cast import make_article, make_contact, make_country, make_office, make_region, make_topic, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date
YESTERDAY = timedelta(1)


@pytest.fixture
def edna(client):
    user = make_user("edna", "editor")
    client.force_login(user)
    return user


def end(row):
    return f"/admin/contacts/{row._meta.model_name}/{row.pk}/end/"


def page(client, address):
    return client.get(address).content.decode()


def test_it_names_the_articles_and_proposes_successors_by_office_topic_and_language(client, edna):
    geneva, lima = make_office(), make_office("lima", "Lima", host_country=make_country("PER", "Peru"))
    ended = make_contact("old", "Old unit", office=geneva, languages=["fr"])
    make_contact("far", "Far unit", office=lima)
    same = make_contact("same", "Same office", office=geneva, languages=["fr"])
    desk = make_contact("desk", "Desk of floods", office=lima)
    floods = make_topic("floods", "Floods")
    floods.contact_rows.create(contact=desk)
    story = make_article(contacts=[ended], topics=[floods], headline="Rain since Monday")
    shown = page(client, end(ended))
    assert f'<a href="/admin/articles/article/{story.pk}/change/">' in shown
    assert "Rain since Monday" in shown
    proposed = shown[shown.index('<optgroup label="Proposed">') : shown.index('<optgroup label="All others">')]
    assert proposed.index("Same office") < proposed.index("Desk of floods")
    assert "same office · languages: French" in proposed
    assert "topic: Floods" in proposed
    assert "Far unit" in shown.partition('<optgroup label="All others">')[2]
    assert f'value="{same.pk}" selected' in proposed


def test_all_public_pages_switch_at_once_and_old_editions_keep_their_lines(client, edna):
    ended, next_one = make_contact("old", "Old unit"), make_contact("new", "New unit")
    story = make_article(contacts=[ended])
    edition = revisions.publish_edition(story)
    assert "Old unit" in page(client, story.get_absolute_url())
    client.post(end(ended), filled(client.get(end(ended)), successor=str(next_one.pk)))
    shown = page(client, story.get_absolute_url())
    assert "New unit" in shown
    assert "Old unit" not in shown
    edition.refresh_from_db()
    assert edition.contact_lines[0][0] == "Old unit"
    ended.refresh_from_db()
    assert (ended.valid_until, ended.replaced_by) == (TODAY() - YESTERDAY, next_one)
    assert LogEntry.objects.get().object_id == str(ended.pk)


def test_what_cannot_be_is_refused_with_a_sentence(client, edna):
    ended = make_contact("old", valid_from=TODAY())
    response = client.post(end(ended), filled(client.get(end(ended))))
    assert "A contact cannot expire before it becomes valid." in response.content.decode()
    follower = make_contact("follower", replaced_by=ended, valid_until=TODAY() - YESTERDAY)
    for tampered in ({"successor": follower.pk}, {"successor": ended.pk}, {"successor": "x"}, {"day": "soon"}):
        sent = filled(client.get(end(ended)), tampered=tampered)
        assert client.post(end(ended), sent).status_code == 200
    ended.refresh_from_db()
    assert (ended.valid_until, ended.replaced_by) == (None, None)


def test_who_ends_it_in_the_form_is_told_what_that_leaves_without_a_contact(client, edna):
    ended = make_contact("old")
    make_article(contacts=[ended])
    address = f"/admin/contacts/contact/{ended.pk}/change/"
    assert end(ended) in page(client, address)
    day = (TODAY() - YESTERDAY).isoformat()
    told = client.post(address, filled(client.get(address), valid_until=day), follow=True).content.decode()
    assert "1 article names it, and nothing stands for it." in told


def test_only_who_may_change_it_ends_it(client):
    ended = make_contact("old", office=make_office())
    for name, role, office in [("walt", "writer", make_office()), ("lola", "editor", make_office("lima", "Lima"))]:
        client.force_login(make_user(name, role, office=office))
        assert client.get(end(ended)).status_code == 302
        assert client.post(end(ended), {"day": "2020-01-01"}).status_code == 302
        assert end(ended) not in page(client, f"/admin/contacts/contact/{ended.pk}/change/")
    assert Contact.objects.get().valid_until is None


def test_an_office_closes_with_its_contacts(client, edna):
    nairobi = make_office("nairobi", "Nairobi Office", parent=make_office())
    own, other = make_contact("own", "Own unit", office=nairobi), make_contact("hq", "HQ unit", office=make_office())
    story = make_article(office=nairobi, contacts=[own], headline="From Nairobi")
    shown = page(client, end(nairobi))
    assert "From Nairobi" in shown
    assert "Own unit ends, too" in shown
    client.post(end(nairobi), filled(client.get(end(nairobi))))
    nairobi, own = Office.objects.get(code="nairobi"), Contact.objects.get(code="own")
    assert (nairobi.closed, nairobi.successor.code) == (TODAY(), "geneva")
    assert (own.valid_until, own.replaced_by) == (TODAY() - YESTERDAY, other)
    assert "HQ unit" in page(client, story.get_absolute_url())


def test_contacts_that_are_not_ticked_stay(client, edna):
    nairobi = make_office("nairobi", "Nairobi Office")
    own = make_contact("own", "Own unit", office=nairobi)
    client.post(end(nairobi), filled(client.get(end(nairobi)), **{f"c{own.pk}-ends": None}))
    own.refresh_from_db()
    assert own.valid_until is None


def test_contacts_that_do_not_end_with_their_office_are_told(client, edna, monkeypatch):
    nairobi = make_office("nairobi", "Nairobi Office")
    for number in range(3):
        make_contact(f"unit-{number}", f"Unit {number}", office=nairobi)
    assert "more contact" not in page(client, end(nairobi))
    monkeypatch.setattr("contacts.admin.offices.MOST_CONTACTS", 2)
    assert "1 more contact of this office does not end with it" in page(client, end(nairobi))
    make_contact("unit-4", "Unit 4", office=nairobi)
    assert "2 more contacts of this office do not end with it" in page(client, end(nairobi))


def test_a_successor_is_proposed_from_all_and_a_list_that_is_cut_says_so(client, edna, monkeypatch):
    ended = make_contact("old", "Old unit", office=make_office())
    lima = make_office("lima", "Lima")
    for number in range(3):
        make_contact(f"a{number}", f"Far unit {number}", office=lima)
    make_contact("zoe", "Zoe of the same office", office=make_office())
    assert "All others" in page(client, end(ended))
    monkeypatch.setattr("contacts.admin.ending.pages.MOST_OTHERS", 2)
    shown = page(client, end(ended))
    assert "Zoe of the same office" in shown
    assert "The first 2 others. The form offers all of them." in shown
    assert ("Far unit 1" in shown, "Far unit 2" in shown) == (True, False)


def test_who_may_change_offices_alone_ends_no_contact_with_one(client):
    user = make_user("otto", "writer", make_office())
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_office", "change_office"]))
    client.force_login(user)
    nairobi = make_office("nairobi", "Nairobi Office")
    own = make_contact("own", "Own unit", office=nairobi)
    assert "Own unit" not in page(client, end(nairobi))
    client.post(end(nairobi), filled(client.get(end(nairobi))) | {f"c{own.pk}-ends": "on"})
    own.refresh_from_db()
    nairobi.refresh_from_db()
    assert (nairobi.is_closed, own.valid_until) == (True, None)


def test_the_page_costs_the_same_with_few_and_with_many_rows(client, edna):
    ended, counted = make_contact("old"), []
    for number in range(12):
        make_article(contacts=[ended], topics=[make_topic()])
        make_contact(f"c{number}", office=make_office(f"o{number}", f"Office {number}"))
        if number in (5, 11):
            client.get(end(ended))
            with CaptureQueriesContext(connection) as queries:
                client.get(end(ended))
            counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("make", [make_topic, make_region, make_contact, make_office, make_country])
def test_what_articles_use_is_not_deleted_and_they_are_named(client, make):
    client.force_login(make_user("root", is_superuser=True, is_staff=True))
    row = make()
    given = {"topics": [row]} if make is make_topic else {}
    given |= {"regions": [row]} if make is make_region else {}
    given |= {"contacts": [row]} if make is make_contact else {}
    given |= {"office": row} if make is make_office else {}
    given |= {"countries": [row]} if make is make_country else {}
    for number in range(12):
        make_article(headline=f"Story about it {number}", **given)
    address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/"
    shown = page(client, f"{address}{row.pk}/delete/")
    assert shown.count("Story about it") == 10
    assert "and 2 more" in shown
    assert 'name="post"' not in shown
    client.post(f"{address}{row.pk}/delete/", {"post": "yes"})
    selected = {"action": "delete_selected", "_selected_action": row.pk}
    assert "Story about it" in client.post(address, selected).content.decode()
    client.post(address, selected | {"post": "yes"})
    assert type(row).objects.filter(pk=row.pk).exists()
    Article.objects.all().delete()
    assert "Story" not in page(client, f"{address}{row.pk}/delete/")


def test_articles_of_other_offices_are_counted_and_not_named(client):
    topic = make_topic()
    make_article(topics=[topic], office=make_office("lima", "Lima"), headline="Secret plan", state="draft")
    user = make_user("lola", "editor", office=make_office())
    found = uses([topic], user)
    assert (found.total, found.links) == (1, [])


def test_breadcrumbs_begin_at_the_desk(client):
    client.force_login(make_user("root", is_superuser=True, is_staff=True))
    topic = make_topic()
    for address in (
        f"articles/topic/{topic.pk}/history/",
        f"articles/topic/{topic.pk}/delete/",
        "articles/",
        "password_change/",
    ):
        shown = page(client, f"/admin/{address}")
        assert ">Home<" not in shown, address
        assert '<a href="/admin/">Desk</a>' in shown, address
