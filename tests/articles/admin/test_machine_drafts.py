"""The form of a translation: what a translation service would get is shown first, and what it wrote is confirmed."""

import pytest

from articles.models import Article, MachineDraft
from articles.publishing import limiting
from articles.translating import machine_service
from articles.translating.begin import begin_translation
from newsroom import env
from tests.cast import make_office, make_ready_article, make_user
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def service(settings, monkeypatch):
    settings.TRANSLATION = env.TranslationService("libretranslate", "http://127.0.0.1:9", "words.example", "")
    monkeypatch.setattr(machine_service, "translate", lambda texts, *languages: [f"fr {text}" for text in texts])


@pytest.fixture
def translation(client):
    tara = make_user("tara", "translator")
    client.force_login(tara)
    body = "<p>Rivers rise fast here.</p><p>People move to the hills.</p>"
    return begin_translation(make_ready_article(headline="Rivers rise", body=body), "fr", tara)


def form(article):
    return f"/admin/articles/article/{article.pk}/change/"


def page(article):
    return f"/admin/articles/article/{article.pk}/machine/"


def send(client, article):
    shown = client.get(page(article))
    return client.post(page(article), {"version": shown.context["original"].version}, follow=True)


def test_the_page_shows_what_would_be_sent_and_where(client, translation):
    Article.objects.filter(pk=translation.pk).update(headline="Les rivières")
    assert f'href="{page(translation)}"' in client.get(form(translation)).content.decode()
    shown = client.get(page(translation)).content.decode()
    assert "words.example" in shown
    assert "<li>Rivers rise fast here.</li>" in shown
    assert "Les rivières</li>" not in shown
    assert not MachineDraft.objects.exists()


def test_what_comes_back_is_in_the_form_with_what_nobody_has_read(client, translation):
    shown = send(client, translation).content.decode()
    assert "fr People move to the hills." in shown
    assert "paragraphs are as the machine wrote them" in shown
    translation.refresh_from_db()
    assert translation.body == "<p>fr Rivers rise fast here.</p><p>fr People move to the hills.</p>"
    assert translation.revisions.first().content["body"] == translation.body
    assert (translation.headline, translation.slug) == ("fr Rivers rise", "fr-rivers-rise")
    at = form(translation)
    client.post(at, filled(client.get(at)) | {"_machine_read": "1"})
    assert not MachineDraft.objects.exists()
    assert "as the machine wrote" not in client.get(at).content.decode()


def test_nobody_confirms_what_the_machine_wrote_after_they_opened_the_form(client, translation):
    Article.objects.filter(pk=translation.pk).update(headline="Les rivières")
    send(client, translation)
    opened = filled(client.get(form(translation)))
    again = Article.objects.get(pk=translation.pk)
    again.headline = again.translation_of.headline
    again.save()
    send(client, translation)
    refused = client.post(form(translation), opened | {"_machine_read": "1"})
    assert "Nothing was saved" in refused.content.decode()
    assert MachineDraft.objects.exists()


def test_a_failure_is_told_on_the_form(client, translation, monkeypatch):
    def fail(*arguments):
        raise machine_service.ServiceFailed("The service sleeps.")

    monkeypatch.setattr(machine_service, "translate", fail)
    assert "The service sleeps." in send(client, translation).content.decode()


def test_an_answer_longer_than_an_article_may_be_is_told(client, translation, monkeypatch):
    monkeypatch.setattr(machine_service, "translate", lambda texts, *languages: ["fr " * 200_000 for _text in texts])
    assert "is the limit" in send(client, translation).content.decode()
    assert not MachineDraft.objects.exists()


def test_a_page_opened_before_another_save_sends_nothing(client, translation, monkeypatch):
    monkeypatch.setattr(machine_service, "translate", lambda *arguments: pytest.fail("was sent"))
    client.post(page(translation), {"version": translation.version - 1})
    assert not MachineDraft.objects.exists()


def test_who_may_not_edit_or_see_it_cannot_send_it(client, translation):
    tara = client.get(form(translation)).wsgi_request.user
    client.force_login(make_user("far", "writer", office=make_office("far", "Far Office")))
    assert client.post(page(translation)).status_code in (403, 404)
    client.force_login(tara)
    limiting.limit(translation, [tara], tara)
    assert client.post(page(translation)).status_code == 404
    assert page(translation) not in client.get(form(translation)).content.decode()
    assert Article.objects.get(pk=translation.pk).body == translation.body


def test_without_a_service_there_is_no_button(client, translation, settings):
    assert page(translation) in client.get(form(translation)).content.decode()
    settings.TRANSLATION = None
    assert page(translation) not in client.get(form(translation)).content.decode()
    assert client.get(page(translation)).status_code == 404
