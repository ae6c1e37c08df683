"""Withdraw, remove, "read instead", take back: one page for all languages, each with the right asked for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Move
from articles.publishing.afterwards import taking_away
from articles.publishing.workflow import Refused, move, moves_for
from contacts.models import Membership
from tests.cast import chain_is_whole, make_article, make_office, make_ready_article, make_user
from tests.forms import filled, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def aziz(client):
    user = make_user("aziz", "approver", office=make_office())
    client.force_login(user)
    return user


@pytest.fixture
def story(aziz):
    return make_ready_article(
        state="approved", slug="story", headline="Forty harbours", first_published_at=timezone.now()
    )


@pytest.fixture
def french(story):
    return make_ready_article(state="approved", slug="histoire", language="fr", translation_of=story)


@pytest.fixture
def better(aziz):
    return make_article(slug="better", headline="Fourteen harbours")


def page(article, name="withdraw"):
    return f"/admin/articles/article/{article.pk}/move/{name}/"


def press(client, article, name="withdraw", **changes):
    return client.post(page(article, name), filled(client.get(page(article, name)), **changes))


def states(*articles):
    return [Article.objects.get(pk=article.pk).state for article in articles]


def test_other_languages_go_with_it_if_they_are_ticked_and_have_words_of_their_own(client, story, french):
    assert read(client.get(page(story))).sent()["also"] == str(french.pk)
    press(client, story, reason="Wrong.", **{f"reason-{french.pk}": "Faux."})
    assert states(story, french) == ["withdrawn", "withdrawn"]
    french.refresh_from_db()
    assert french.withdrawal_note == "Faux."


def test_what_is_not_ticked_stays(client, story, french):
    press(client, story, reason="Wrong.", also=None)
    assert states(story, french) == ["withdrawn", "approved"]


def test_without_words_of_its_own_a_language_has_those_of_the_first(client, story, french):
    press(client, story, reason="Wrong.")
    french.refresh_from_db()
    assert french.withdrawal_note == "Wrong."


def test_the_right_is_asked_for_each_language(client, story, french, aziz):
    lima = make_office("lima", "Lima")
    Article.objects.filter(pk=french.pk).update(office=lima)
    assert "histoire" not in client.get(page(story)).content.decode()
    Membership.objects.create(user=aziz, role="writer", office=lima)
    shown = client.get(page(story)).content.decode()
    assert "You may not do this with articles of its office." in shown
    sent = filled(client.get(page(story)), reason="Wrong.", tampered={"also": french.pk})
    client.post(page(story), sent)
    assert states(story, french) == ["withdrawn", "approved"]


def test_without_an_explanation_nothing_happens_and_what_was_typed_stays(client, story, french):
    response = press(client, story, reason=" ", **{f"reason-{french.pk}": "Faux."})
    assert "Say why." in response.content.decode()
    assert "Faux." in response.content.decode()
    assert states(story, french) == ["approved", "approved"]


def test_what_to_read_instead_is_found_by_headline_address_or_number(client, story, better):
    Article.objects.filter(pk=better.pk).update(reference="2026-00007")
    for words in ("fourteen harbours", f"https://news.example.org/en/news/{better.slug}/", "2026-00007"):
        found = press(client, story, reason="Half typed", words=words, _find="1")
        assert "Fourteen harbours" in found.content.decode(), words
        assert "Half typed" in found.content.decode()
        assert states(story) == ["approved"]
    client.post(page(story), filled(found, instead=better.pk))
    story.refresh_from_db()
    assert (story.state, story.redirect_to) == ("withdrawn", better)


def test_words_that_are_no_address_are_only_words(client, story):
    assert press(client, story, reason="Half typed", words="https://[x", _find="1").status_code == 200


def test_drafts_are_neither_found_nor_taken(client, story):
    secret = make_article(slug="secret-plan", headline="Secret plan", state="draft")
    assert "No public article was found." in press(client, story, words="secret plan", _find="1").content.decode()
    found = press(client, story, words="/en/news/secret-plan/", _find="1").content.decode()
    assert "Secret plan" not in found
    for wrong in (secret.pk, "x", "9" * 40, story.pk):
        sent = filled(client.get(page(story)), reason="Wrong.", tampered={"instead": wrong})
        assert client.post(page(story), sent).status_code == 200
    assert states(story) == ["approved"]


def test_readers_of_a_withdrawn_article_are_led_on(client, story, better):
    better_fr = make_article(slug="mieux", language="fr", translation_of=better, headline="Quatorze ports")
    french = make_ready_article(state="approved", slug="histoire", language="fr", translation_of=story)
    sent = filled(client.get(page(story)), reason="Wrong.", tampered={"instead": better.pk})
    client.post(page(story), sent)
    assert (
        'Read instead: <a href="/en/news/better/">Fourteen harbours</a>'
        in client.get("/en/news/story/").content.decode()
    )
    assert "/fr/news/mieux/" in client.get("/fr/news/histoire/").content.decode()
    french.refresh_from_db()
    assert french.redirect_to == better_fr
    move(better_fr, "withdraw", make_user("chief", "approver"), reason="Faux.")
    assert "/fr/news/mieux/" not in client.get("/fr/news/histoire/").content.decode()
    Article.objects.filter(pk=better.pk).update(state="draft")
    assert "better" not in client.get("/en/news/story/").content.decode()


def test_a_removed_article_redirects(client, story, better):
    sent = filled(client.get(page(story, "remove")), reason="Twice.", tampered={"instead": better.pk})
    client.post(page(story, "remove"), sent)
    assert client.get("/en/news/story/").url == "/en/news/better/"


def instead(article):
    return f"/admin/articles/article/{article.pk}/read-instead/"


def test_it_can_be_chosen_later_changed_and_cleared(client, story, better, aziz):
    move(story, "withdraw", aziz, reason="Wrong.")
    found = client.post(instead(story), filled(client.get(instead(story)), words="fourteen", _find="1"))
    client.post(instead(story), filled(found, instead=better.pk))
    assert "/en/news/better/" in client.get("/en/news/story/").content.decode()
    assert "Fourteen harbours" in client.get(f"/admin/articles/article/{story.pk}/change/").content.decode()
    client.post(instead(story), filled(client.get(instead(story)), instead=""))
    story.refresh_from_db()
    assert story.redirect_to is None
    assert [one.reason for one in story.moves.filter(name="read_instead")] == ["", "Fourteen harbours"]


def test_only_who_may_withdraw_chooses_it_and_only_then(client, story, better, aziz):
    assert client.get(instead(story)).status_code == 302  # it is public
    move(story, "withdraw", aziz, reason="Wrong.")
    client.force_login(make_user("edna", "editor"))
    assert client.get(instead(story)).status_code == 302
    assert client.post(instead(story), {"instead": better.pk}).status_code == 302
    client.force_login(make_user("lola", "approver", office=make_office("lima", "Lima")))
    assert client.post(instead(story), {"instead": better.pk}).status_code == 404
    story.refresh_from_db()
    assert story.redirect_to is None


def test_circles_are_refused(client, story, aziz):
    chief = make_user("chief", "approver")
    other = make_article(slug="other")
    taking_away.take_away(story, "withdraw", chief, {story: "Wrong."}, other)
    with pytest.raises(Refused, match="en/other → en/story → en/other"):
        taking_away.set_target(other, story)
    taking_away.take_back(story, chief)
    story.refresh_from_db()
    assert story.redirect_to is None  # so the way back is free
    taking_away.take_away(other, "withdraw", chief, {other: "Wrong."}, story)


def test_one_click_takes_all_of_the_step_back(client, story, french, better, aziz):
    sent = filled(client.get(page(story)), reason="Wrong.", tampered={"instead": better.pk})
    client.post(page(story), sent)
    shown = client.get(f"/admin/articles/article/{french.pk}/change/").content.decode()
    assert f'action="{page(french, "take_back")}"' in shown
    client.post(page(french, "take_back"))
    assert states(story, french) == ["approved", "approved"]
    assert Move.objects.filter(name="take_back", by=aziz).count() == 2
    assert client.get("/en/news/story/").status_code == 200
    assert not Article.objects.exclude(redirect_to=None).exists()
    assert chain_is_whole(story)


def test_what_was_withdrawn_at_another_time_is_not_taken_back_with_it(client, story, french, aziz):
    move(french, "withdraw", aziz, reason="Faux.")
    move(story, "withdraw", aziz, reason="Wrong.")
    client.post(page(story, "take_back"))
    assert states(story, french) == ["approved", "withdrawn"]


def test_a_removal_is_taken_back_to_what_it_was(client, story, aziz):
    move(story, "withdraw", aziz, reason="Wrong.")
    move(story, "remove", aziz, reason="Worse.")
    client.post(page(story, "take_back"))
    assert states(story) == ["withdrawn"]
    assert "take_back" not in {step.name for step in moves_for(Article.objects.get(pk=story.pk), aziz)}


def test_after_an_hour_it_is_too_late(client, story, aziz):
    move(story, "withdraw", aziz, reason="Wrong.")
    Move.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert "Take it back" not in client.get(f"/admin/articles/article/{story.pk}/change/").content.decode()
    client.post(page(story, "take_back"))
    assert states(story) == ["withdrawn"]


def test_who_may_not_withdraw_takes_nothing_back(client, story, aziz):
    move(story, "remove", aziz, reason="Wrong.")
    client.force_login(make_user("edna", "editor"))
    client.post(page(story, "take_back"))
    assert states(story) == ["gone"]


def test_the_page_costs_the_same_with_one_and_with_many_languages(client, story, french, django_assert_num_queries):
    client.get(page(story))
    with CaptureQueriesContext(connection) as few:
        client.get(page(story))
    for language in ("es", "ar", "ru", "zh"):
        make_article(language=language, translation_of=story, office=story.office)
    with django_assert_num_queries(len(few)):
        client.get(page(story))
