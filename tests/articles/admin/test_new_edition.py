"""A new edition begins with a page that asks for its kind; the form of the copy lets editors change it."""

import pytest
from django.utils import timezone

from articles.models import Article
from articles.publishing.workflow import move
from tests.cast import make_office, make_ready_article, make_user
from tests.forms import errors, filled, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
CORRECTION = {"change_kind": "correction", "was_wrong": "40 harbours.", "change_note": "14 harbours."}


@pytest.fixture
def aziz(client):
    user = make_user("aziz", "approver")
    client.force_login(user)
    return user


@pytest.fixture
def live(aziz):
    return move(make_ready_article(state="in_review", publish_at=timezone.now()), "approve", aziz)


def question(article):
    return f"/admin/articles/article/{article.pk}/move/revise/"


def form(article):
    return f"/admin/articles/article/{article.pk}/change/"


def begin(client, article, **answers):
    return client.post(question(article), filled(client.get(question(article)), **answers))


def test_the_kind_is_asked_and_nothing_is_chosen_for_the_editor(client, live):
    asked = client.get(question(live))
    assert "Readers are not told." in asked.content.decode()
    assert "change_kind" not in read(asked).sent()
    response = client.post(question(live), filled(asked))
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"change_kind"}
    assert not Article.objects.filter(revises=live).exists()


def test_the_answers_are_in_the_copy(client, live):
    response = begin(client, live, **CORRECTION)
    copy = Article.objects.get(revises=live)
    assert response.url == form(copy)
    assert {name: getattr(copy, name) for name in CORRECTION} == CORRECTION
    sent = read(client.get(form(copy))).sent()
    assert {name: sent[name] for name in CORRECTION} == CORRECTION


def test_the_kind_can_be_changed_in_the_copy(client, live):
    begin(client, live, change_kind="minor")
    copy = Article.objects.get(revises=live)
    client.post(form(copy), filled(client.get(form(copy)), **CORRECTION))
    copy.refresh_from_db()
    assert copy.change_kind == "correction"


def test_what_is_missing_is_said_at_its_field_before_the_approval(client, live, aziz):
    begin(client, live, change_kind="correction")
    copy = move(Article.objects.get(revises=live), "submit", aziz)
    response = client.post(form(copy), filled(client.get(form(copy)), publish_at="2026-01-01T10:00", _move="approve"))
    assert errors(response).keys() == {"was_wrong", "change_note"}
    client.post(form(copy), filled(response, publish_at="2026-01-01T10:00", _move="approve", **CORRECTION))
    assert live.corrections.get().wrong == "40 harbours."


def test_a_note_of_a_minor_change_is_promised_to_nobody(client, live):
    begin(client, live, change_kind="minor")
    shown = client.get(form(Article.objects.get(revises=live))).content.decode()
    assert "Of a minor change nobody sees it." in shown
    assert "Shown to readers" not in shown


def test_who_may_not_write_is_not_asked(client, live):
    client.force_login(make_user("tara", "translator"))
    assert client.get(question(live)).status_code == 302
    client.force_login(make_user("wilma", "writer", office=make_office("lima", "Lima")))
    assert client.get(question(live)).status_code == 404
    assert client.post(question(live), {"change_kind": "minor"}).status_code == 404
    assert not Article.objects.filter(revises=live).exists()


def test_a_page_that_is_out_of_date_begins_nothing(client, live):
    sent = filled(client.get(question(live)), change_kind="minor")
    Article.objects.filter(pk=live.pk).update(version=99)
    assert "Somebody else changed this article" in client.post(question(live), sent).content.decode()
    assert not Article.objects.filter(revises=live).exists()


def test_what_is_corrected_in_place_is_asked_anew_each_time(client, live):
    client.post(form(live), filled(client.get(form(live)), headline="Second", **CORRECTION))
    assert read(client.get(form(live))).sent()["change_kind"] == "minor"
    client.post(form(live), filled(client.get(form(live)), headline="Third"))
    kinds = live.revisions.exclude(edition=None).order_by("edition").values_list("change_kind", "change_note")
    assert list(kinds) == [("", ""), ("correction", "14 harbours."), ("minor", "")]
    assert live.corrections.count() == 1


def test_a_correction_in_place_without_its_words_is_refused(client, live):
    response = client.post(form(live), filled(client.get(form(live)), headline="Second", change_kind="correction"))
    assert errors(response).keys() == {"was_wrong", "change_note"}
    live.refresh_from_db()
    assert live.headline != "Second"


def test_saved_unchanged_it_makes_no_edition(client, live):
    client.post(form(live), filled(client.get(form(live)), headline="Second", **CORRECTION))
    before = live.revisions.count()
    client.post(form(live), filled(client.get(form(live))))
    assert live.revisions.count() == before


def test_nobody_but_approvers_changes_what_came_withdrawn_by_an_import(client, settings):
    withdrawn = make_ready_article(state="withdrawn", withdrawal_note="Wrong.", publish_at=timezone.now())
    client.force_login(make_user("walt", "writer", office=withdrawn.office))
    assert not client.get(form(withdrawn)).context["has_change_permission"]
    settings.FOUR_EYES = True
    client.force_login(make_user("chief", "approver"))
    assert not client.get(form(withdrawn)).context["has_change_permission"]


def test_the_address_stays_when_the_headline_changes_and_when_its_field_is_emptied(client, live):
    begin(client, live, change_kind="minor")
    copy = Article.objects.get(revises=live)
    shown = client.get(form(copy))
    assert f'<summary><bdi dir="ltr">{live.get_absolute_url()}</bdi>' in shown.content.decode()
    client.post(form(copy), filled(shown, headline="Quite another headline", slug=""))
    copy.refresh_from_db()
    assert (copy.headline, copy.slug) == ("Quite another headline", live.slug)


def test_the_address_is_changed_on_purpose_and_a_refusal_opens_its_field(client, live):
    make_ready_article(slug="taken")
    begin(client, live, change_kind="minor")
    copy = Article.objects.get(revises=live)
    refused = client.post(form(copy), filled(client.get(form(copy)), slug="taken"))
    assert errors(refused).keys() == {"slug"}
    assert '<details class="address" open>' in refused.content.decode()
    client.post(form(copy), filled(refused, slug="on-purpose"))
    copy.refresh_from_db()
    assert copy.slug == "on-purpose"


@pytest.mark.parametrize(("publish_at", "button"), [(None, "publish"), (timezone.now(), "approve")])
def test_the_main_button_of_a_copy_publishes_it_at_once_unless_it_has_a_date(client, aziz, live, publish_at, button):
    copy = move(move(live, "revise", aziz), "submit", make_user("edna", "editor"))
    Article.objects.filter(pk=copy.pk).update(publish_at=publish_at)
    assert client.get(form(copy)).context["next_step"].name == button
