"""The form of an article: words are cleaned, rows keep their order, nobody overwrites anybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, SlugHistory
from articles.publishing import workflow
from tests.cast import make_article, make_contact, make_country, make_ready_article, make_region, make_topic, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def aziz(client):
    user = make_user("aziz", "approver")
    client.force_login(user)
    return user


def at(article):
    return f"/admin/articles/article/{article.pk}/change/"


def save(client, article, **changes):
    return client.post(at(article), filled(client.get(at(article)), **changes))


def test_an_editor_writes_an_article(client, edna):
    region, topic, contact = make_region(), make_topic(), make_contact()
    form = client.get("/admin/articles/article/add/")
    rows = {"region_rows-0-region": region.pk, "topic_rows-0-topic": topic.pk, "contact_rows-0-contact": contact.pk}
    words = {"headline": "Rain at last", "body": "<p>It rains.</p>", "language": "en", "office": contact.office.pk}
    assert client.post("/admin/articles/article/add/", filled(form, **words, **rows)).status_code == 302
    article = Article.objects.get()
    assert (article.slug, article.state, article.created_by, article.updated_by) == (
        "rain-at-last",
        "draft",
        edna,
        edna,
    )
    assert [row.region for row in article.region_rows.all()] == [region]
    assert article.revisions.get().content["regions"] == ["europe"]


@pytest.mark.parametrize(("headline", "slug"), [("أمطار في عمان", "أمطار-في-عمان"), ("渔业城镇", "渔业城镇")])
def test_an_empty_slug_follows_the_headline_in_any_script(client, edna, headline, slug):
    article = make_article(state="draft", publish_at=None)
    save(client, article, headline=headline, slug="")
    article.refresh_from_db()
    assert article.slug == slug


def test_a_slug_that_is_taken_gets_a_number(client, edna):
    make_article(slug="rain")
    article = make_article(state="draft", publish_at=None)
    save(client, article, headline="Rain", slug="")
    article.refresh_from_db()
    assert article.slug == "rain-2"


def test_html_is_cleaned_before_it_is_kept(client, edna):
    article = make_article(state="draft")
    dirty = '<p onclick="x()">Good</p><script>bad()</script>'
    save(client, article, body=dirty, notes_to_editors=dirty)
    article.refresh_from_db()
    assert (article.body, article.notes_to_editors) == ("<p>Good</p>", "<p>Good</p>")


def test_saving_without_a_change_changes_nothing(client, edna):
    article = make_ready_article(publish_at=timezone.now().replace(microsecond=123456))
    before = Article.objects.filter(pk=article.pk).values().get()
    assert save(client, article).status_code == 302
    assert Article.objects.filter(pk=article.pk).values().get() == before
    assert not article.revisions.exists()


def test_a_row_alone_is_a_change_of_its_article(client, edna):
    article = make_ready_article(summary="One line")
    sent = filled(client.get(at(article)), **{"region_rows-1-region": make_region("asia", "Asia").pk})
    assert client.post(at(article), sent).status_code == 302
    version, article.summary = article.version, ""
    article.refresh_from_db()
    assert (article.version, article.updated_by, article.summary) == (version + 1, edna, "One line")
    assert article.revisions.first().content["regions"] == ["europe", "asia"]
    assert errors(client.post(at(article), sent))["__all__"]


def test_rows_take_the_order_of_their_numbers(client, edna):
    africa, asia, europe = (make_region(code, code.title()) for code in ("africa", "asia", "europe"))
    article = make_article(state="draft", regions=[africa, asia, europe])
    save(client, article, **{"region_rows-0-order": 3, "region_rows-1-order": 1, "region_rows-2-order": 2})
    assert [row.region for row in article.region_rows.all()] == [asia, europe, africa]
    assert [row.order for row in article.region_rows.all()] == [0, 1, 2]


def test_a_row_without_a_number_comes_last_and_a_deleted_one_leaves_no_gap(client, edna):
    kenya, uganda, chad = make_country("KEN", "Kenya"), make_country("UGA", "Uganda"), make_country("TCD", "Chad")
    article = make_article(state="draft", countries=[kenya, uganda])
    save(client, article, **{"country_rows-0-DELETE": "on", "country_rows-2-country": chad.pk})
    assert [(row.country, row.order) for row in article.country_rows.all()] == [(uganda, 0), (chad, 1)]


def test_a_stale_save_is_refused_with_what_changed_and_keeps_the_words(client, edna):
    article = make_article(state="draft", headline="First")
    old = filled(client.get(at(article)), headline="Mine", summary="My standfirst")
    save(client, article, headline="Theirs")
    response = client.post(at(article), old)
    assert response.status_code == 200
    told = errors(response)
    assert any("edna changed this" in text for text in told["__all__"])
    assert told["headline"] == ["Now stored: Theirs"]
    assert response.context["adminform"].form["headline"].value() == "Mine"
    article.refresh_from_db()
    assert (article.headline, article.summary) == ("Theirs", "")


def test_after_a_stale_save_the_next_one_is_a_conscious_one(client, edna):
    article = make_article(state="draft", headline="First")
    old = filled(client.get(at(article)), headline="Mine")
    save(client, article, headline="Theirs")
    again = client.post(at(article), old)
    assert client.post(at(article), filled(again)).status_code == 302
    article.refresh_from_db()
    assert article.headline == "Mine"


def test_a_new_slug_of_a_public_article_leaves_the_old_address_behind(client, aziz):
    article = make_article(slug="old", first_published_at=timezone.now() - timedelta(hours=1))
    save(client, article, slug="new")
    assert SlugHistory.objects.get().slug == "old"
    assert SlugHistory.objects.get().article == article


def test_a_correction_in_a_public_text_is_a_new_edition(client, aziz):
    article = make_article(first_published_at=timezone.now() - timedelta(hours=1))
    save(
        client, article, body="<p>Corrected.</p>", change_kind="correction", was_wrong="Ten.", change_note="It is nine."
    )
    texts = article.revisions.order_by("edition").values_list("edition", "content__body")
    assert list(texts) == [(1, "<p>Text.</p>"), (2, "<p>Corrected.</p>")]
    article.refresh_from_db()
    assert article.change_note == "It is nine."
    assert [(one.edition, one.wrong, one.now) for one in article.corrections.all()] == [(2, "Ten.", "It is nine.")]


def test_an_editor_who_may_not_approve_reads_a_public_text_only(client, edna):
    article = make_article(first_published_at=timezone.now() - timedelta(hours=1), body="<p>Public.</p>")
    page = client.get(at(article))
    assert not page.context["has_change_permission"]
    assert client.post(at(article), {"headline": "Changed"}).status_code == 403
    assert "Start a new edition" in page.content.decode()


def test_who_only_reads_sees_two_times_apart_and_no_heading_without_rows(client, edna):
    article = make_article(
        first_published_at=timezone.now() - timedelta(hours=1), press_from=timezone.now() - timedelta(hours=2)
    )
    page = client.get(at(article)).content.decode()
    assert 'id="quotes-group"' not in page
    assert 'id="contact_rows-group"' not in page
    for label in ("Publish at, office time:", "Press from, office time:"):
        assert page.count(label) == 1
    article.quotes.create(text="Ready.", speaker="Ada Ek")
    article.contact_rows.create(contact=make_contact())
    page = client.get(at(article)).content.decode()
    assert 'id="quotes-group"' in page
    assert 'id="contact_rows-group"' in page


def test_editing_a_scheduled_article_voids_its_approval(client, edna):
    article = make_ready_article(state="approved", publish_at=timezone.now() + timedelta(days=1))
    save(client, article, headline="Changed after approval")
    article.refresh_from_db()
    assert article.state == "draft"


def test_what_was_approved_for_later_is_still_edited_in_its_form(client, edna):
    """The approval gives it the date of its first publication, which is still to come."""
    article = make_ready_article(publish_at=timezone.now() + timedelta(days=1))
    for step in ("submit", "approve"):
        workflow.move(article, step, make_user(f"{step}ter", "approver"))
    assert article.first_published_at == article.publish_at
    save(client, article, headline="Changed after approval")
    article.refresh_from_db()
    assert (article.state, article.headline) == ("draft", "Changed after approval")


def test_the_date_is_shown_on_the_office_clock_too(client, edna):
    article = make_ready_article(publish_at=timezone.datetime(2026, 7, 1, 12, 0, tzinfo=timezone.get_fixed_timezone(0)))
    assert "14:00 (Zurich) · 12:00 UTC" in client.get(at(article)).content.decode()


def test_words_stand_in_the_direction_of_their_language(client, edna):
    article = make_article(language="ar", state="draft", headline="أمطار")
    html = client.get(at(article)).content.decode()
    headline = next(line for line in html.split("<") if 'name="headline"' in line)
    assert 'lang="ar"' in headline
    assert 'dir="rtl"' in headline


@pytest.mark.parametrize("state", ["approved", "withdrawn"])
def test_a_new_date_does_not_take_an_article_from_its_readers(client, aziz, state):
    article = make_ready_article(state="approved", publish_at=timezone.now() - timedelta(days=1))
    Article.objects.filter(pk=article.pk).update(
        state=state, withdrawal_note="Wrong.", first_published_at=article.publish_at
    )
    answer = save(client, article, publish_at="2090-01-01T10:00")
    assert errors(answer)["publish_at"] == ["This article is public already. Withdraw it, or schedule a new edition."]
    assert errors(save(client, article, publish_at=""))["publish_at"] == [
        "Give the date and time of publication first."
    ]
    assert Article.objects.readable().get() == article
    assert save(client, article, publish_at="2020-01-01T10:00").status_code == 302


def test_a_form_that_does_not_say_when_it_was_opened_is_stale(client, edna):
    article = make_article(state="draft", publish_at=None, headline="Theirs")
    form = filled(client.get(at(article)), headline="Mine")
    del form["_opened"]
    assert client.post(at(article), form).status_code == 200
    assert client.post(at(article), form | {"_opened": "forged"}).status_code == 200
    article.refresh_from_db()
    assert article.headline == "Theirs"


def test_a_refusal_tells_no_success_of_another_window(client, edna):
    article = make_article(state="draft", publish_at=None)
    old = filled(client.get(at(article)), headline="Second")
    assert save(client, article, headline="First").status_code == 302  # its message is not told yet
    refused = client.post(at(article), old)
    assert "was changed successfully" not in refused.content.decode()
    assert errors(refused)["__all__"]


def test_a_region_that_is_there_twice_is_told_once(client, edna):
    region = make_region()
    article = make_article(state="draft", publish_at=None, regions=[region])
    response = save(client, article, **{"region_rows-1-region": region.pk})
    assert errors(response)["region_rows"] == ["Please correct the duplicate values below."]
    assert article.region_rows.count() == 1


def test_a_headline_is_one_line_however_it_was_pasted(client, edna):
    article = make_article(state="draft", publish_at=None)
    save(client, article, headline="Rain\r\n at  last")
    article.refresh_from_db()
    assert article.headline == "Rain at last"


@pytest.mark.parametrize(("language", "words"), [("en", "Order"), ("ar", "الترتيب")])
def test_the_column_of_numbers_is_called_order(client, edna, settings, language, words):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(at(make_article(state="draft"))).content.decode()
    assert f'class="column-order">{words}</th>' in page
