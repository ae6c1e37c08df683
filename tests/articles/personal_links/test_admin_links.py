"""Editors make, list and revoke personal links; everybody else does not, by no door."""

import csv
import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Pass, ReviewLink
from articles.personal_links import review_links
from articles.publishing.workflow import move
from tests.cast import make_article, make_office, make_ready_article, make_user

from .test_passes import give, under_embargo
from .test_review_links import link_to

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SENT = {"name": "Grace Expert", "email": "grace@example.org", "purpose": "fact_check", "days": "3"}


def links_page(article):
    return f"/admin/articles/article/{article.pk}/review-links/"


def passes_page(article):
    return f"/admin/articles/article/{article.pk}/passes/"


def shown_addresses(response, kind):
    return re.findall(rf"http://testserver(/{kind}/[\w-]+/)", response.content.decode())


def test_a_link_is_made_shown_once_and_revoked(client):
    article = make_ready_article(headline="As saved")
    client.force_login(make_user("edna", "editor"))
    response = client.post(links_page(article), SENT)
    [address] = shown_addresses(response, "review")
    assert "no-store" in response["Cache-Control"]
    link = ReviewLink.objects.get()
    assert (link.name, link.email, link.purpose, link.created_by.username) == (*list(SENT.values())[:3], "edna")
    assert client.get(address).status_code == 200
    listed = client.get(links_page(article))
    assert not shown_addresses(listed, "review")
    assert "Grace Expert" in listed.content.decode()
    assert client.post(f"{links_page(article)}{link.pk}/revoke/").status_code == 302
    assert client.get(address).status_code == 404
    link.refresh_from_db()
    assert link.revoked_by.username == "edna"


def test_the_link_shows_what_was_saved_last_and_blames_nobody_for_it(client):
    """An imported article has no revision, and who makes the link did not write it."""
    walt = make_user("walt", "writer")
    article = make_ready_article(updated_by=walt)
    client.force_login(make_user("edna", "editor"))
    client.post(links_page(article), SENT)
    assert article.revisions.get().by == walt
    Article.objects.filter(pk=article.pk).update(headline="Imported anew")
    [address] = shown_addresses(client.post(links_page(article), SENT), "review")
    assert "Imported anew" in client.get(address).content.decode()
    assert {revision.by for revision in article.revisions.all()} == {walt}


@pytest.mark.parametrize(
    "wrong", [{"days": "8"}, {"days": "0"}, {"days": ""}, {"name": ""}, {"email": "no"}, {"purpose": "edit"}]
)
def test_a_wrong_form_makes_no_link(client, wrong):
    article = make_ready_article()
    client.force_login(make_user("edna", "editor"))
    response = client.post(links_page(article), SENT | wrong)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not ReviewLink.objects.exists()


def test_a_published_article_gets_no_links(client):
    article = make_article()
    client.force_login(make_user("chief", "approver"))
    assert "there can be no new ones" in client.post(links_page(article), SENT).content.decode()
    assert not ReviewLink.objects.exists()


def test_answers_are_shown_beside_the_form_and_on_the_page(client):
    article = make_ready_article(headline="Dams")
    link, _address = link_to(article, purpose="fact_check")
    review_links.answer(link, [(0, "Dams", "<i>Three</i> dams, not two")])
    client.force_login(make_user("edna", "editor"))
    for at in (links_page(article), f"/admin/articles/article/{article.pk}/change/"):
        html = client.get(at).content.decode()
        assert "&lt;i&gt;Three&lt;/i&gt; dams, not two" in html or "Three dams, not two" in html
        assert "Grace Expert" in html


def test_passes_are_given_to_several_at_once_and_revoked_one_by_one(client):
    story = under_embargo()
    client.force_login(make_user("edna", "editor"))
    lines = 'Jane Doe, Example Times, jane@example.org\r\n\r\n"Doe, John";The Herald;John <john@example.org>'
    response = client.post(passes_page(story), {"people": lines, "languages": ["en"]})
    first, second = shown_addresses(response, "press")[:2]
    assert sorted(Pass.objects.values_list("name", "outlet", "email")) == [
        ("Doe, John", "The Herald", "john@example.org"), ("Jane Doe", "Example Times", "jane@example.org"),
    ]  # fmt: skip
    letter = unquote(re.search(r'href="(mailto:jane[^"]*)"', response.content.decode())[1].replace("&amp;", "&"))
    assert f"http://testserver{first}" in letter
    assert client.get(first).status_code == client.get(second).status_code == 200
    assert not shown_addresses(client.get(passes_page(story)), "press")
    jane = Pass.objects.get(name="Jane Doe")
    assert client.post(f"{passes_page(story)}{jane.pk}/revoke/").status_code == 302
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ("Jane Doe, jane@example.org", "Line 1: write name, outlet and e-mail address"),
        ("A, B, a@example.org\nJane, Times, nowhere", "Line 2: Enter a valid email address"),
        ("A, B, a@example.org\nC, D, A@example.org", "Line 2: this e-mail address stands in line 1, too"),
        ("Old, Paper, JANE@example.org", "JANE@example.org has a pass for this item already"),
        ("", "required"),
        ("\n".join(f"N, O, n{n}@example.org" for n in range(201)), "more than 200 lines"),
    ],
)
def test_a_line_that_cannot_be_read_gives_no_pass_at_all(client, people, told):
    story = under_embargo()
    give(story)
    client.force_login(make_user("edna", "editor"))
    html = client.post(passes_page(story), {"people": people, "languages": ["en"]}).content.decode()
    assert told in html
    assert Pass.objects.count() == 1
    assert people[:20].split("\n")[0] in html


def test_the_passes_of_a_translation_are_those_of_its_story(client):
    story = under_embargo()
    french = under_embargo(language="fr", translation_of=story)
    give(story)
    client.force_login(make_user("edna", "editor"))
    assert "Jane Doe" in client.get(passes_page(french)).content.decode()
    client.post(passes_page(french), {"people": "A, B, a@example.org", "languages": ["fr"]})
    assert Pass.objects.get(name="A").story == story


def test_the_export_holds_no_formula_and_no_token(client):
    story = under_embargo()
    given, address = give(story, name='=HYPERLINK("http://evil.example")', outlet="@SUM(1)", email="+x@example.org")
    client.get(address, REMOTE_ADDR="192.0.2.9")
    client.force_login(make_user("edna", "editor"))
    response = client.get(f"{passes_page(story)}openings.csv")
    rows = list(csv.reader(response.content.decode("utf-8-sig").splitlines()))
    assert rows[1][:3] == ['\'=HYPERLINK("http://evil.example")', "'@SUM(1)", "'+x@example.org"]
    assert rows[1][7:9] == ["192.0.2.0/24", "en"]
    assert given.token_sha256 not in response.content.decode()


def doors(article, link, given):
    return [
        ("get", links_page(article)),
        ("post", links_page(article)),
        ("post", f"{links_page(article)}{link.pk}/revoke/"),
        ("get", passes_page(article)),
        ("post", passes_page(article)),
        ("post", f"{passes_page(article)}{given.pk}/revoke/"),
        ("get", f"{passes_page(article)}openings.csv"),
        ("post", f"/admin/articles/article/{article.pk}/unsaved-preview/"),
    ]


@pytest.mark.parametrize(
    ("role", "office", "statuses"),
    [
        (None, None, [302] * 8),
        ("approver", "lima", [404] * 8),
        ("translator", "geneva", [403] * 8),
        ("writer", "geneva", [200, 200, 302, 403, 403, 403, 403, 200]),
        ("editor", "geneva", [200, 200, 302, 200, 200, 302, 200, 200]),
    ],
)
def test_every_door_asks_who_knocks(client, role, office, statuses):
    offices = {"geneva": make_office(), "lima": make_office("lima", "Lima Office")}
    article = under_embargo(office=offices["geneva"])
    link, (given, _address) = link_to(article)[0], give(article)
    if role:
        client.force_login(make_user("somebody", role, office=offices[office]))
    found = [getattr(client, method)(at, {}).status_code for method, at in doors(article, link, given)]
    assert found == statuses
    assert (Pass.objects.count(), ReviewLink.objects.count()) == (1, 1)
    shown = client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert ("/review-links/" in shown, "/passes/" in shown) == (statuses[0] == 200, statuses[3] == 200)


def test_ids_of_another_article_revoke_nothing(client):
    article, other = under_embargo(), under_embargo(slug="other")
    link, (given, _address) = link_to(other)[0], give(other)
    client.force_login(make_user("edna", "editor"))
    assert client.post(f"{links_page(article)}{link.pk}/revoke/").status_code == 404
    assert client.post(f"{passes_page(article)}{given.pk}/revoke/").status_code == 404
    assert client.get(f"{links_page(other)}{link.pk}/revoke/").status_code == 405
    assert not ReviewLink.objects.exclude(revoked_at=None).exists()
    assert not Pass.objects.exclude(revoked_at=None).exists()


def test_a_copy_at_another_office_is_shared_by_who_may_edit_both(client):
    geneva, lima = make_office(), make_office("lima", "Lima Office")
    walt = make_user("walt", "writer", office=geneva)
    live = make_ready_article(state="approved", office=lima)
    copy = move(live, "revise", make_user("chief", "approver"))
    Article.objects.filter(pk=copy.pk).update(office=geneva)
    client.force_login(walt)
    assert client.post(links_page(copy), SENT).status_code == 403


def test_lists_need_the_same_number_of_queries_for_more_rows(client):
    article = under_embargo()
    client.force_login(make_user("edna", "editor"))
    numbers = {}
    for _size in (5, 10):
        for _ in range(5):
            link, _at = link_to(article, purpose="fact_check")
            review_links.answer(link, [(0, "x", "y")])
            review_links.note_opening(link)
            given, _at = give(article)
            given.openings.create(network="192.0.2.0/24", language="en")
        for at in (links_page(article), passes_page(article), f"{passes_page(article)}openings.csv"):
            client.get(at)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(at)
            numbers.setdefault(at, set()).add(len(queries))
    assert [len(found) for found in numbers.values()] == [1, 1, 1]
