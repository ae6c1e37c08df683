"""What the cleaner changed is told: to the editor about what is pasted, and after a save beside the field."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from articles.admin import cleaning
from articles.models import Article
from articles.publishing.workflow import move
from newsroom.models import Page
from tests import files
from tests.cast import create_image, make_article, make_office, make_ready_article, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CLEAN_HTML = "/admin/articles/article/clean-html/"
CHART = '<img src="https://old.example/chart.png" alt="A chart">'
LEFT_OUT = "1 picture that is not in the media library was left out: "
TOO_DEEP = "<blockquote>" * 2000 + "deep" + "</blockquote>" * 2000


def ask(client, html, **options):
    return client.post(CLEAN_HTML, html, content_type="text/html; charset=utf-8", **options)


@pytest.mark.parametrize("role", ["writer", "translator", "editor", "approver"])
def test_everybody_who_may_edit_a_text_may_ask_the_cleaner(client, role):
    client.force_login(make_user(role=role, office=make_office()))
    answer = ask(client, f"<h1>Rain</h1><p>It <b>rains</b>. {CHART}</p>").json()
    assert answer["html"] == "<h2>Rain</h2><p>It <strong>rains</strong>. </p>"
    assert [note.startswith(LEFT_OUT) for note in answer["notes"]] == [True]
    assert answer["hasPictures"]


def test_formatting_that_the_editor_shows_is_not_told(client, edna):
    answer = ask(client, '<p><span style="font-weight:700">Rain</span> <del>5</del></p>').json()
    assert answer["html"] == "<p><strong>Rain</strong> <s>5</s></p>"
    assert [note[:22] for note in answer["notes"]] == ["1 struck-out piece of "]


def test_somebody_with_djangos_own_rights_may_ask_the_cleaner(client, admin_user):
    client.force_login(admin_user)
    assert ask(client, "<p>a</p>").json() == {"html": "<p>a</p>", "notes": [], "hasPictures": False}


def test_nobody_else_may_ask_the_cleaner(client):
    assert ask(client, "<p>a</p>").status_code == 302  # to the log-in page
    client.force_login(make_user(is_staff=True))
    assert ask(client, "<p>a</p>").status_code == 403


def test_the_cleaner_answers_only_to_requests_of_our_own_pages(client, edna):
    assert client.get(CLEAN_HTML).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(edna)
    assert ask(strict, "<p>a</p>").status_code == 403
    token = strict.get("/admin/articles/article/add/").context["csrf_token"]
    assert ask(strict, "<p>a</p>", headers={"X-CSRFToken": str(token)}).status_code == 200


def test_what_is_too_much_to_clean_is_refused_with_a_sentence(client, edna):
    answer = ask(client, "a" * (cleaning.LARGEST + 1))
    assert (answer.status_code, answer.json()) == (413, {"notes": ["The formatted text is larger than 2.0\xa0MB."]})
    answer = ask(client, TOO_DEEP)
    assert answer.status_code == 422
    assert [*answer.json()] == ["notes"]
    assert answer.json()["notes"]


def test_bytes_that_are_no_text_are_answered(client, edna):
    assert ask(client, b"<p>\xff\xfe</p>").json()["html"] == "<p>\ufffd\ufffd</p>"


def test_notes_are_in_the_language_of_the_desk(client, edna):
    client.cookies["django_language"] = "fr"
    [note] = ask(client, "a" * (cleaning.LARGEST + 1)).json()["notes"]
    assert "2,0\xa0Mio" in note


def test_a_picture_of_the_library_that_is_copied_from_our_page_is_kept(client, edna):
    sea = create_image(files.picture(), "A. Otieno", alt={"en": "The sea"}).file.url
    answer = ask(client, f'<figure><img src="http://testserver{sea}" alt="The sea"></figure>').json()
    assert answer["html"] == f'<figure><img src="{sea}" alt="The sea"></figure>'


def at(article):
    return f"/admin/articles/article/{article.pk}/change/"


def save(client, article, **changes):
    return client.post(at(article), filled(client.get(at(article)), **changes))


def warnings(response):
    return [str(message) for message in get_messages(response.wsgi_request) if message.level_tag == "warning"]


def beside(response, field="body"):
    """The notes below the field on this page."""
    text = response.content.decode().split(f'id="id_{field}_notes"')[1].split("</div>")[0]
    return [part.split("</li>")[0] for part in text.split("<li>")[1:]]


@pytest.mark.parametrize("button", [{}, {"_continue": ""}])
def test_a_save_tells_what_was_left_out(client, edna, button):
    article = make_ready_article()
    response = save(client, article, body=f"<p>Now.</p>{CHART}", **button)
    article.refresh_from_db()
    assert article.body == "<p>Now.</p>"
    [message] = warnings(response)
    assert message.startswith(f'<a href="{at(article)}#id_body_notes">Body</a>: {LEFT_OUT}')
    page = client.get(at(article))
    assert [note.startswith(LEFT_OUT) for note in beside(page)] == [True]
    assert beside(page, "notes_to_editors") == []
    assert beside(client.get(at(article))) == []  # it is told once


def test_another_article_does_not_show_the_notes(client, edna):
    article, other = make_ready_article(), make_ready_article()
    save(client, article, body=CHART)
    assert beside(client.get(at(other))) == []
    assert beside(client.get(at(article)))


def test_every_html_field_has_its_own_notes(client, edna):
    article = make_ready_article()
    response = save(client, article, notes_to_editors=f"<p>Call us.</p>{CHART}{CHART.replace('chart', 'map')}")
    assert [text.split("</a>: ")[1][:11] for text in warnings(response)] == ["2 pictures "]
    page = client.get(at(article))
    assert (len(beside(page, "notes_to_editors")), beside(page)) == (1, [])


def test_a_step_of_the_workflow_tells_it_too(client, edna):
    article = make_ready_article()
    response = save(client, article, body=f"<p>a</p>{CHART}", _move="submit")
    assert len(warnings(response)) == 1
    article.refresh_from_db()
    assert article.state == "in_review"
    assert beside(client.get(at(article)))


def test_a_new_article_tells_it_too(client, edna):
    add = "/admin/articles/article/add/"
    words = {"headline": "Rain", "body": CHART, "office": make_office().pk}
    client.post(add, filled(client.get(add), **words))
    assert beside(client.get(at(Article.objects.get())))


def test_a_working_copy_that_is_merged_tells_it_at_the_public_article(client, chief):
    article = make_ready_article(state="approved")
    move(article, "revise", chief)
    copy = Article.objects.get(revises=article)
    save(client, copy, change_note="Corrected.", publish_at="2026-01-01T10:00", _move="submit")
    response = save(client, copy, body=f"<p>b</p>{CHART}", _move="approve")
    assert not Article.objects.filter(pk=copy.pk).exists()
    assert f'href="{at(article)}#id_body_notes"' in warnings(response)[-1]
    assert beside(client.get(at(article)))


def test_a_refused_form_shows_the_cleaned_text_and_the_notes(client, edna):
    article = make_ready_article(topics=[], state="in_review")
    make_user("another", "approver")
    response = save(client, article, headline="", body=f"<p>Now.</p>{CHART}")
    assert errors(response)["headline"]
    assert [note.startswith(LEFT_OUT) for note in beside(response)] == [True]
    assert filled(response)["body"] == "<p>Now.</p>"
    assert warnings(response) == []


def test_a_refused_step_tells_nothing_that_was_not_done(client, chief):
    article = make_ready_article(topics=[], state="in_review")
    response = save(client, article, body=f"<p>Now.</p>{CHART}", _move="approve")
    assert errors(response)["topic_rows"]
    assert beside(response)
    assert warnings(response) == []
    assert beside(client.get(at(article))) == []


def test_html_that_cannot_be_cleaned_is_refused_and_stays_in_the_form(client, edna):
    article = make_ready_article()
    response = save(client, article, body=TOO_DEEP)
    assert errors(response)["body"]
    assert "deep" in filled(response)["body"]
    article.refresh_from_db()
    assert article.body == "<p>Text.</p>"


def test_html_that_cannot_be_cleaned_is_not_lost_with_the_right_to_save_it(client):
    client.force_login(make_user(role="writer", office=make_office()))
    article = make_ready_article(office=make_office())
    form = client.get(at(article))
    Article.objects.filter(pk=article.pk).update(state="gone")
    response = client.post(at(article), filled(form, body=TOO_DEEP))
    assert response.status_code == 403
    assert b"&lt;blockquote&gt;deep&lt;/blockquote&gt;" in response.content


def test_a_text_that_is_saved_unchanged_tells_nothing(client, edna):
    article = make_ready_article()
    Article.objects.filter(pk=article.pk).update(headline="Another")
    response = save(client, article, headline="A third")
    assert warnings(response) == []
    assert beside(client.get(at(article))) == []


def test_texts_of_a_page_have_notes_in_each_language(client, edna):
    page = Page.objects.create(code="about")
    for language in ("en", "fr"):
        page.translations.create(language=language, title=language, body="<p>a</p>")
    form_url = f"/admin/newsroom/page/{page.pk}/change/"
    form = client.get(form_url)
    sent = filled(form)
    number = next(n for n in (0, 1) if sent[f"translations-{n}-language"] == "fr")
    changed = {f"translations-{number}-body": f"<p>b</p>{CHART}"}
    response = client.post(form_url, filled(form, **changed))
    [message] = warnings(response)
    assert f'href="{form_url}#id_translations-{number}-body_notes"' in message
    shown = client.get(form_url)
    assert beside(shown, f"translations-{number}-body")
    assert beside(shown, f"translations-{1 - number}-body") == []


def test_at_most_so_many_notes_are_remembered(client, edna, monkeypatch):
    monkeypatch.setattr(cleaning, "MOST_FIELDS", 2)
    articles = [make_article(state="draft", publish_at=None) for _ in range(4)]
    for article in articles:
        save(client, article, body=CHART)
    assert len(client.session["cleaning_notes"]) == 2
    assert beside(client.get(at(articles[-1])))
