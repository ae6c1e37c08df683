"""What is typed into an open form is kept for its writer alone, offered again, restored as a refused save, then gone."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from contacts.models import Scratch
from newsroom.models import Page
from tests.cast import make_article, make_contact, make_office, make_region, make_topic, make_user
from tests.forms import errors, filled, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

KEEP = reverse("admin:articles_article_unsaved")
ADD = reverse("admin:articles_article_add")
KEY = "a" * 32
OFFER = "You have unsaved text of"


def at(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def door(key, page, model="articles_article"):
    return reverse(f"admin:{model}_{page}", args=[key])


def browser_of(name, role="editor", **changes):
    client = Client()
    client.user = make_user(name, role, **changes)
    client.force_login(client.user)
    return client


@pytest.fixture
def edna(db):
    return browser_of("edna")


@pytest.fixture
def draft(db):
    return make_article(state="draft", publish_at=None, headline="Rain at last", regions=[make_region()])


def keep(client, form, row=0, key=None, address=KEEP, **fields):
    """As the script sends a form: `form` is what the browser would post."""
    pairs = [[name, text] for name, texts in form.items() for text in (texts if isinstance(texts, list) else [texts])]
    data = {"user": client.user.pk, "row": row, "key": key or form.get("_scratch", KEY), "data": json.dumps(pairs)}
    return client.post(address, data | fields)


def typed(client, article, **changes):
    form = filled(client.get(at(article)), **changes)
    assert keep(client, form, article.pk).status_code == 200
    return form


def test_a_kept_text_is_offered_with_what_differs_and_restored_into_the_form(edna, draft):
    form = typed(edna, draft, headline="Rain in the whole of the north", summary="At last.")
    page = edna.get(at(draft)).content.decode()
    assert OFFER in page
    assert '<dt>Headline</dt><dd dir="auto">Rain <del>at last</del> <ins>in the whole of the north</ins>' in page
    assert "<dt>Standfirst</dt>" in page
    assert "<dt>Body</dt>" not in page
    restored = edna.post(door(form["_scratch"], "restore"))
    assert "This is your unsaved text of" in errors(restored)["__all__"][0]
    sent = read(restored).sent()
    assert (sent["headline"], sent["summary"]) == ("Rain in the whole of the north", "At last.")
    draft.refresh_from_db()
    assert draft.headline == "Rain at last"
    assert OFFER not in restored.content.decode()
    assert edna.post(at(draft), filled(restored)).status_code == 302
    draft.refresh_from_db()
    assert draft.headline == "Rain in the whole of the north"
    assert not Scratch.objects.exists()


def test_the_text_of_a_new_article_is_kept_and_gone_once_it_is_saved(edna):
    form = filled(edna.get(ADD), headline="New harbour", body="<p>Typed.</p>")
    keep(edna, form)
    assert "New harbour" in edna.get(ADD).content.decode()
    restored = edna.post(door(form["_scratch"], "restore"))
    assert edna.post(ADD, filled(restored)).status_code == 302
    assert Article.objects.get().headline == "New harbour"
    assert not Scratch.objects.exists()


def test_a_refused_save_goes_on_under_its_key_and_keeps_the_text(edna, draft):
    form = typed(edna, draft, headline="")
    refused = edna.post(at(draft), form)
    assert refused.status_code == 200
    assert read(refused).sent()["_scratch"] == form["_scratch"]
    assert Scratch.objects.get().key == form["_scratch"]


def test_what_others_have_saved_meanwhile_is_merged_and_told(edna, draft):
    form = typed(edna, draft, headline="Rain in the north")
    aziz = browser_of("aziz", "approver")
    aziz.post(at(draft), filled(aziz.get(at(draft)), summary="Theirs"))
    restored = edna.post(door(form["_scratch"], "restore"))
    sent = read(restored).sent()
    assert (sent["headline"], sent["summary"]) == ("Rain in the north", "Theirs")
    assert "aziz changed this at" in " ".join(errors(restored)["__all__"])


def test_nobody_else_is_offered_it_or_reaches_it(edna, draft):
    key = typed(edna, draft, headline="Secret words")["_scratch"]
    ada = browser_of("ada", is_superuser=True)
    assert "Secret words" not in ada.get(at(draft)).content.decode()
    assert "Secret words" not in ada.get(reverse("admin:index")).content.decode()
    for page in ("restore", "throw_away"):
        assert ada.post(door(key, page)).status_code == 404
        assert edna.get(door(key, page)).status_code == 405
    assert keep(ada, {"headline": "Mine"}, draft.pk, key=key).json()["key"] not in ("", key)
    assert "Secret words" in Scratch.objects.get().data


def test_it_is_thrown_away_on_request(edna, draft):
    key = typed(edna, draft, headline="Never")["_scratch"]
    answer = edna.post(door(key, "throw_away"), follow=True)
    assert "Your unsaved text was thrown away." in answer.content.decode()
    assert not Scratch.objects.exists()
    assert edna.post(door(key, "restore")).status_code == 404


def test_a_text_that_is_stored_by_now_is_not_offered(edna, draft):
    typed(edna, draft)
    assert OFFER not in edna.get(at(draft)).content.decode()
    assert not Scratch.objects.exists()


def test_a_window_whose_text_was_taken_over_goes_on_with_another_key(edna, draft):
    form = typed(edna, draft, headline="One window")
    edna.post(door(form["_scratch"], "restore"))
    answer = keep(edna, form | {"headline": "The old window"}, draft.pk, known="1")
    assert len(answer.json()["key"]) == 32
    keep(edna, form | {"headline": "The old window"}, draft.pk, key=answer.json()["key"])
    assert sorted(Scratch.objects.values_list("title", flat=True)) == ["One window", "The old window"]


def test_rights_are_asked_for_each_text(draft):
    geneva = make_office()
    walt = browser_of("walt", "writer", office=geneva)
    assert keep(walt, {"headline": "x"}, draft.pk).status_code == 404  # another office's
    tara = browser_of("tara", "translator")
    assert keep(tara, {"headline": "x"}).status_code == 403
    assert keep(tara, {"headline": "x"}, draft.pk).status_code == 403  # a source, which translators do not write
    for row in ("x", "-1", "99999999999999999999999"):
        assert keep(walt, {"headline": "x"}, row).status_code in (400, 404)
    assert not Scratch.objects.exists()


def test_another_person_who_has_logged_in_keeps_nothing(edna, draft):
    other = make_user("tara", "editor")
    answer = keep(edna, {"headline": "x"}, draft.pk, user=other.pk)
    assert answer.status_code == 409
    assert not Scratch.objects.exists()


def test_without_a_session_the_script_is_sent_to_the_log_in_and_gets_a_token_after_it(edna, draft):
    form = filled(edna.get(at(draft)), headline="Typed")
    edna.logout()
    assert keep(edna, form, draft.pk).status_code == 302
    assert edna.get(KEEP).status_code == 302
    edna.force_login(edna.user)
    assert edna.get(KEEP).json().keys() == {"token", "user"}
    assert keep(edna, form, draft.pk).status_code == 200


def test_a_person_whose_rights_ended_gets_the_words_alone(edna, draft):
    form = typed(edna, draft, headline="My last words")
    edna.user.memberships.update(role="translator")
    answer = edna.post(door(form["_scratch"], "restore"))
    assert answer.status_code == 403
    assert "My last words" in answer.content.decode()


def test_the_text_of_a_deleted_article_is_restored_from_the_desk(edna, draft):
    form = typed(edna, draft, headline="Words that live on")
    key, pk = form["_scratch"], draft.pk
    draft.delete()
    assert door(key, "restore") in edna.get(reverse("admin:index")).content.decode()
    restored = edna.post(door(key, "restore"))
    assert "This was deleted after you opened it." in restored.content.decode()
    assert read(restored).sent()["headline"] == "Words that live on"
    assert edna.post(ADD, filled(restored)).status_code == 302
    assert Article.objects.exclude(pk=pk).get().headline == "Words that live on"
    assert not Scratch.objects.exists()


def test_the_desk_lists_my_unsaved_texts(edna, draft):
    typed(edna, draft, headline="Half a headline")
    keep(edna, {"headline": "New one"}, key="c" * 32)
    page = edna.get(reverse("admin:index")).content.decode()
    assert f'<a href="{at(draft)}"><bdi>Half a headline</bdi></a>' in page
    assert f'<a href="{ADD}"><bdi>New one</bdi></a>' in page


def test_pages_of_the_site_have_it_too(db):
    ada = browser_of("ada", is_superuser=True)
    page = Page.objects.create(code="about")
    page.translations.create(language="en", title="About us", body="<p>Old.</p>")
    address = reverse("admin:newsroom_page_change", args=[page.pk])
    form = filled(ada.get(address), **{"translations-0-title": "About all of us"})
    keep(ada, form, page.pk, address=reverse("admin:newsroom_page_unsaved"))
    restored = ada.post(door(form["_scratch"], "restore", "newsroom_page"))
    assert read(restored).sent()["translations-0-title"] == "About all of us"


@pytest.mark.parametrize("make", [make_office, make_contact, make_region, make_topic], ids=lambda make: make.__name__)
def test_every_form_of_a_row_with_a_code_has_it(make):
    ada, row = browser_of("ada", is_superuser=True), make()
    model = f"{row._meta.app_label}_{row._meta.model_name}"
    address = reverse(f"admin:{model}_change", args=[row.pk])
    name = "translations-0-unit_name" if model == "contacts_contact" else "translations-0-name"
    form = filled(ada.get(address), **{name: "Half a name"})
    assert keep(ada, form, row.pk, address=reverse(f"admin:{model}_unsaved")).status_code == 200
    assert (OFFER in ada.get(address).content.decode(), Scratch.objects.get().title) == (True, "Half a name")
    restored = ada.post(door(form["_scratch"], "restore", model))
    assert read(restored).sent()[name] == "Half a name"
    assert ada.post(address, filled(restored)).status_code == 302
    assert (row.translations.filter(**{name.rpartition("-")[2]: "Half a name"}).count(), Scratch.objects.count()) == (
        1,
        0,
    )


def test_a_writer_of_an_office_keeps_what_writers_may_change():
    office = make_office()
    walt = browser_of("walt", "writer", office=office)
    address = reverse("admin:contacts_office_change", args=[office.pk])
    form = filled(walt.get(address), email="half@example")
    assert keep(walt, form, office.pk, address=reverse("admin:contacts_office_unsaved")).status_code == 200
    assert "half@example" in walt.get(address).content.decode()
    other = make_office("suva", "Suva")
    assert keep(walt, form, other.pk, address=reverse("admin:contacts_office_unsaved")).status_code == 403
