"""The most specific boilerplate is taken at publication, and an article keeps that text until its next edition."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from articles.models import Boilerplate
from articles.publishing import revisions
from articles.publishing.workflow import move
from tests.cast import NOW, chain_is_whole, make_article, make_office, make_ready_article, make_user
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db


def make_boilerplate(code, text, office=None, kind="", language="en"):
    row = Boilerplate.objects.create(code=code, office=office, kind=kind)
    row.translations.create(language=language, title="About us", body=f"<p>{text}</p>")
    return row


def page_of(client, article):
    with override(article.language):
        return client.get(article.get_absolute_url()).content.decode()


@pytest.fixture
def aziz(db):
    return make_user("aziz", "approver")


@pytest.fixture
def general(db):
    return make_boilerplate("general", "The organisation.")


def change(boilerplate, text):
    boilerplate.translations.update(body=f"<p>{text}</p>")


@pytest.mark.parametrize(
    ("kind", "language", "text"),
    [
        ("speech", "en", "Geneva, speeches"),
        ("news", "en", "Geneva"),
        ("news", "fr", "Discours et actualités"),
        ("speech", "ar", None),
    ],
)
def test_office_comes_before_kind_and_both_before_none(general, kind, language, text):
    geneva = make_office()
    make_boilerplate("speeches", "Speeches", kind="speech")
    make_boilerplate("geneva", "Geneva", office=geneva)
    make_boilerplate("both", "Geneva, speeches", office=geneva, kind="speech")
    make_boilerplate("elsewhere", "Nairobi", office=make_office("nairobi", "Nairobi Office"))
    general.translations.create(language="fr", title="À propos", body="<p>Discours et actualités</p>")
    found = Boilerplate.objects.text_for(make_article(office=geneva, kind=kind, language=language))
    assert (found.body if found else None) == (f"<p>{text}</p>" if text else None)


def test_readers_see_the_text_of_the_edition_and_the_next_edition_takes_the_new_one(client, aziz, general):
    article = make_ready_article(publish_at=NOW())
    assert "The organisation." in client_of(aziz).get(preview(article)).content.decode()
    move(article, "submit", aziz)
    article = move(article, "publish", aziz)
    change(general, "A new text.")
    assert "The organisation." in page_of(client, article)
    copy = move(article, "revise", aziz)
    assert "A new text." in client_of(aziz).get(preview(copy)).content.decode()
    move(copy, "submit", aziz)
    article = move(copy, "publish", aziz)
    assert "A new text." in page_of(client, article)
    newer, older = article.revisions.exclude(edition=None)
    assert (older.content["boilerplate"], newer.content["boilerplate"]) == (
        "<p>The organisation.</p>",
        "<p>A new text.</p>",
    )
    assert chain_is_whole(article)


def client_of(user):
    from django.test import Client

    client = Client()
    user.is_staff = True
    client.force_login(user)
    return client


def preview(article):
    return reverse("admin:articles_article_preview", args=[article.pk])


def test_what_was_imported_without_one_gets_none_before_its_next_edition(client, general):
    article = make_article()
    revisions.ensure_first_revision(article)
    assert article.revisions.get().content["boilerplate"] == ""
    assert "The organisation." not in page_of(client, article)


def test_a_new_text_is_nobodys_change_of_an_article(aziz, general):
    walt = make_user("walt", "writer")
    article = make_ready_article(created_by=walt)
    revisions.record(article, walt)
    change(general, "Another.")
    revisions.take_boilerplate(article)
    revisions.record(article, aziz)
    assert revisions.authors_since_last_edition(article) == {walt}


def test_editors_of_one_office_change_its_boilerplates_alone(general):
    geneva = make_office()
    own = make_boilerplate("geneva", "Geneva", office=geneva)
    client = client_of(make_user("edna", "editor", office=geneva))
    at = {row: reverse("admin:articles_boilerplate_change", args=[row.pk]) for row in (own, general)}
    form = filled(client.get(at[own]), **{"translations-0-title": "About Geneva"})
    assert client.post(at[own], form).status_code == 302
    assert client.post(at[general], form).status_code == 403
    assert own.translations.get().title == "About Geneva"


@pytest.mark.parametrize("office", ["nairobi", None])
def test_editors_of_one_office_write_none_for_another_office_or_for_all(office):
    geneva, other = make_office(), office and make_office(office, "Nairobi Office").pk
    own = make_boilerplate("geneva", "Geneva", office=geneva)
    client = client_of(make_user("edna", "editor", office=geneva))
    change, add = (
        reverse(f"admin:articles_boilerplate_{name}", args=args) for name, args in (("change", [own.pk]), ("add", []))
    )
    new = {"code": "new", "kind": "speech", "translations-0-title": "About us", "translations-0-body": "<p>Mine.</p>"}
    for at, changes in ((change, {}), (add, new)):
        answer = client.post(at, filled(client.get(at), **changes, office=other))
        assert answer.status_code == 200
        assert "office" in errors(answer)
    assert list(Boilerplate.objects.values_list("code", "office")) == [("geneva", geneva.pk)]
    assert client.post(add, filled(client.get(add), **new, office=geneva.pk)).status_code == 302


def test_a_second_one_for_the_same_office_and_kind_and_pictures_are_refused(general):
    client = client_of(make_user("ada", is_superuser=True, is_staff=True))
    add = reverse("admin:articles_boilerplate_add")
    figure = f'<figure><img src="/media/images/aa/{"a" * 64}.jpg" alt="x"></figure><p>x</p>'
    answer = client.post(
        add, filled(client.get(add), code="second", **{"translations-0-title": "T", "translations-0-body": figure})
    )
    told = errors(answer)
    assert told["__all__"] == ["There is a boilerplate for this office and kind already."]
    assert told["translations"] == ["A boilerplate has no pictures."]
