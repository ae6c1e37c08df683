"""The checks beside the form, while somebody writes, and before a submission."""

import pytest
from django.utils import timezone

from articles import checks
from articles.models import Article
from articles.publishing import workflow
from tests import files
from tests.cast import (
    create_image,
    create_recording,
    make_article,
    make_office,
    make_ready_article,
    make_topic,
    make_user,
)
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def at(article, page="change/"):
    return f"/admin/articles/article/{article.pk}/{page}"


def test_each_finding_links_to_its_field(client, edna):
    html = client.get(at(make_article(state="draft", headline="IN CAPITALS ALL OF IT"))).content.decode()
    assert '<a href="#id_headline" dir="auto">The headline is all in capitals.</a>' in html
    assert '<a href="#topic_rows-group" dir="auto">Choose at least one topic.</a>' in html
    assert 'id="topic_rows-group"' in html
    assert 'id="id_headline"' in html


def test_the_checks_read_the_form_that_is_being_written_and_store_nothing(client, edna):
    article = make_article(state="draft", publish_at=None, summary="A standfirst.")
    sent = filled(
        client.get(at(article)), headline="WRITTEN IN CAPITALS", publish_at="2026-01-05T08:30", summary="",
        body="<h3>Wells</h3>", **{"topic_rows-0-topic": make_topic().pk, "related_links-0-url": "/en/news/never/"},
    )  # fmt: skip
    html = client.post(at(article, "checks/"), sent).content.decode()
    for told in ("all in capitals", "Write a standfirst", "Choose at least one region", "A level of headings"):
        assert told in html
    for not_told in ("at least one topic", "date and time of publication"):
        assert not_told not in html
    assert "no public page: /en/news/never/" in html
    assert Article.objects.get().headline == article.headline
    assert not article.topic_rows.exists()


def test_odd_posts_are_no_error(client, edna):
    article = make_article(state="draft")
    odd = {"lead_image": "x", "topic_rows-TOTAL_FORMS": "x", "topic_rows-0-topic": "9" * 30, "body": "<" * 1000}
    assert client.post(at(article, "checks/"), odd).status_code == 200
    assert client.post(at(article, "checks/"), {}).status_code == 200
    assert client.get(at(article, "checks/")).status_code == 405


def test_another_offices_article_has_no_checks_and_its_pictures_are_not_spoken_of(client):
    geneva, nairobi = make_office(), make_office("nairobi", "Nairobi")
    client.force_login(make_user("walt", "writer", office=geneva))
    image = create_image(files.picture(60, 40), "Secret photographer", "a.jpg")
    foreign = make_article(state="draft", office=nairobi, lead_image=image)
    assert client.post(at(foreign, "checks/"), {}).status_code == 404
    own = make_article(state="draft", office=geneva)
    told = client.post(at(own, "checks/"), {"lead_image": image.pk, "body": f'<img src="{image.get_absolute_url()}">'})
    assert image.sha256 not in told.content.decode()


def test_a_submission_with_warnings_lists_them_and_goes_on_all_the_same(client, edna):
    article = make_ready_article(summary="")
    answer = client.post(at(article), filled(client.get(at(article)), _move="submit", headline="A new headline"))
    assert answer.url == at(article, "move/submit/")
    article.refresh_from_db()
    assert (article.headline, article.state) == ("A new headline", "draft")  # saved, not yet submitted
    page = client.get(answer.url).content.decode()
    assert "Write a standfirst" in page
    assert 'value="Submit all the same"' in page
    client.post(answer.url, {"version": article.version})  # not read
    article.refresh_from_db()
    assert article.state == "draft"
    assert client.post(answer.url, {"version": article.version, "acknowledged": "1"}).status_code == 302
    article.refresh_from_db()
    assert article.state == "in_review"
    assert article.moves.get().warnings == "Write a standfirst: one or two sentences that say what it is about."
    assert "Submitted although the checks found:" in client.get(at(article)).content.decode()


def test_a_note_that_was_typed_before_the_warnings_is_kept(client, edna):
    article = make_ready_article(summary="")
    answer = client.post(at(article), filled(client.get(at(article)), _move="submit", _note="Please before noon."))
    assert "Please before noon.</textarea>" in client.get(answer.url).content.decode()


def test_without_warnings_nothing_stands_in_between(client, edna):
    article = make_ready_article()
    client.post(at(article), filled(client.get(at(article)), _move="submit"))
    article.refresh_from_db()
    assert article.state == "in_review"
    assert article.moves.get().warnings == ""


def test_what_is_missing_is_told_before_any_warning(client, edna):
    article = make_ready_article(summary="")
    answer = client.post(at(article), filled(client.get(at(article)), _move="submit", body=""))
    assert errors(answer)["body"] == ["Write the text."]


def test_the_side_panel_of_a_page_for_reading_has_the_checks_too(client):
    client.force_login(make_user("tara", "translator"))
    assert "checks-found" in client.get(at(make_ready_article())).content.decode()


def test_a_picture_that_is_to_be_cleared_is_told_before_approval_with_a_link_to_it(client, edna):
    image = create_image(files.picture(60, 40), "W. Writer", "a.jpg", alt={"en": "Boats"}, to_be_cleared=True)
    poster = create_image(files.picture(62, 40), "W. Writer", "b.jpg", alt={"en": "Nets"}, to_be_cleared=True)
    article = make_ready_article(gallery=[image])
    article.recording_rows.create(recording=create_recording(poster=poster), order=0)
    html = client.get(at(article)).content.decode()
    for picture, group in ((image, "image_rows"), (poster, "recording_rows")):
        sentence = f"An editor must clear this picture first: {picture.name}"
        link = f'<a class="to-picture" href="/admin/articles/image/{picture.pk}/change/">'
        assert f'<a href="#{group}-group" dir="auto">{sentence}</a> {link}' in html
    blocks = [finding.field for finding in checks.run(checks.Draft(article)) if finding.level == checks.BLOCK]
    assert blocks == ["gallery", "recordings"]


def test_a_working_copy_needs_what_readers_are_told_and_no_date(client, edna):
    live = make_ready_article(state="approved", publish_at=timezone.now(), first_published_at=timezone.now())
    copy = workflow.move(live, "revise", make_user("aziz", "approver"))
    told = client.post(at(copy, "checks/"), filled(client.get(at(copy)), change_kind="correction")).content.decode()
    assert '<a href="#id_was_wrong" dir="auto">Say what was wrong: readers are told of a correction.</a>' in told
    assert '<a href="#id_change_note" dir="auto">Say what the article says now' in told
    assert "Give the date and time of publication." not in told
    sent = filled(client.get(at(copy)), change_kind="correction", was_wrong="Forty.", change_note="Fourteen.")
    assert "readers are told" not in client.post(at(copy, "checks/"), sent).content.decode()
