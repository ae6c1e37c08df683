"""Every side door of the admin asks the memberships: what is another office's is as if it were not there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from articles.publishing.workflow import move
from tests import files
from tests.cast import (
    create_attachment,
    create_image,
    make_article,
    make_contact,
    make_office,
    make_ready_article,
    make_user,
)
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def offices():
    return make_office("geneva"), make_office("nairobi", "Nairobi Office")


@pytest.fixture
def walt(client, offices):
    user = make_user("walt", "writer", office=offices[0])
    client.force_login(user)
    return user


@pytest.fixture
def foreign(offices):
    return make_article(headline="SECRET-STORY", slug="secret", state="draft", office=offices[1])


DOORS = ["change/", "history/", "delete/", "move/submit/"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_offices_article_cannot_be_opened(client, walt, foreign, door, method):
    response = getattr(client, method)(f"/admin/articles/article/{foreign.pk}/{door}")
    assert response.status_code in (302, 403, 404)
    assert b"SECRET" not in response.content
    foreign.refresh_from_db()
    assert foreign.state == "draft"


def test_another_offices_article_cannot_be_translated(client, walt, foreign):
    assert client.post(f"/admin/articles/article/{foreign.pk}/translate/fr/").status_code == 404
    assert Article.objects.count() == 1


def test_another_offices_article_is_in_no_list(client, walt, foreign):
    for query in ("", "?q=SECRET", "?state=draft", "?id__exact={pk}", "?published_on__year=2026"):
        response = client.get("/admin/articles/article/" + query.format(pk=foreign.pk), follow=True)
        # What was asked comes back in the search field; the article's address does not.
        assert f"/{foreign.pk}/change/".encode() not in response.content, query


def test_another_offices_article_is_not_on_the_desk(client, walt, foreign):
    assert b"SECRET" not in client.get("/admin/").content


def test_autocomplete_of_articles_shows_only_ones_own(client, walt, foreign):
    question = {"app_label": "articles", "model_name": "article", "field_name": "redirect_to", "term": "SECRET"}
    assert client.get(reverse("admin:autocomplete"), question).json()["results"] == []


@pytest.mark.parametrize("whose", ["seen", "hidden"])
@pytest.mark.parametrize(
    ("relation", "field"),
    [("", "lead_image"), ("image_rows", "image"), ("attachment_rows", "attachment")],
)
def test_a_text_shows_the_files_that_its_writer_may_see(client, walt, offices, foreign, relation, field, whose):
    if field == "attachment":
        file = create_attachment(files.PDF, title="Report", language="en", name="report.pdf")
    else:
        file = create_image(files.picture(), credit="R. Painter", alt={"en": "Two fields"})
    if whose == "hidden":
        {"lead_image": lambda: foreign.__class__.objects.update(lead_image=file),
         "image": lambda: foreign.image_rows.create(image=file),
         "attachment": lambda: foreign.attachment_rows.create(attachment=file)}[field]()  # fmt: skip
    own = make_article(state="draft", slug="own", office=offices[0])
    address = reverse("admin:articles_article_change", args=[own.pk])
    changes = {field: file.pk}
    if relation:
        changes = {f"{relation}-0-{field}": file.pk}
    response = client.post(address, filled(client.get(address), **changes))
    own.refresh_from_db()
    used = getattr(own, relation).exists() if relation else own.lead_image_id
    assert bool(used) == (whose == "seen")
    assert (response.status_code == 302) == (whose == "seen")


def test_an_article_cannot_be_pushed_to_or_taken_from_another_office_by_a_reader(client, offices, foreign):
    make_user("tara", "translator")
    client.force_login(make_user("tim", "translator", office=offices[0]))
    assert client.post(f"/admin/articles/article/{foreign.pk}/change/", {"headline": "Mine"}).status_code in (302, 403)
    foreign.refresh_from_db()
    assert foreign.headline == "SECRET-STORY"


def test_staff_without_a_membership_see_no_articles(client, foreign):
    client.force_login(make_user("nobody", is_staff=True))
    assert client.get("/admin/articles/article/").status_code == 403
    assert client.get("/admin/articles/image/pick/").status_code == 403
    assert b"SECRET" not in client.get("/admin/").content


def test_a_writer_may_not_touch_contacts_files_or_memberships(client, walt):
    contact = make_contact()
    assert client.post(f"/admin/contacts/contact/{contact.pk}/change/", {"email": "x@example.org"}).status_code == 403
    assert client.get("/admin/articles/attachment/add/").status_code == 403
    assert client.get("/admin/contacts/membership/").status_code == 403
    assert client.get("/admin/auth/user/").status_code == 403


def test_an_editor_keeps_the_contacts_of_the_own_office_only(client, offices):
    client.force_login(make_user("edna", "editor", office=offices[0]))
    own = make_contact("own", office=offices[0])
    other = make_contact("other", office=offices[1])
    assert client.get(f"/admin/contacts/contact/{own.pk}/change/").context["has_change_permission"]
    assert not client.get(f"/admin/contacts/contact/{other.pk}/change/").context["has_change_permission"]
    assert client.post(f"/admin/contacts/contact/{other.pk}/change/", {"email": "x@example.org"}).status_code == 403


def test_a_form_has_no_field_for_what_the_workflow_sets(client, walt, offices):
    article = make_article(state="draft", office=offices[0])
    fields = client.get(f"/admin/articles/article/{article.pk}/change/").context["adminform"].form.fields
    assert not {"state", "reference", "first_published_at", "created_by", "translation_of"} & set(fields)


@pytest.mark.parametrize(
    ("state", "status"), [("draft", 200), ("in_review", 403), ("approved", 403), ("withdrawn", 403), ("gone", 403)]
)
def test_only_a_draft_can_be_deleted(client, state, status):
    client.force_login(make_user("aziz", "approver"))
    article = make_article(state=state, withdrawal_note="Wrong." if state == "withdrawn" else "")
    assert client.get(f"/admin/articles/article/{article.pk}/delete/").status_code == status


def delete(client, article):
    return client.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})


@pytest.mark.parametrize("role", ["writer", "translator"])
def test_who_began_a_draft_deletes_it_until_it_is_submitted(client, role):
    person = make_user("tara", role)
    client.force_login(person)
    source = make_ready_article(state="approved", publish_at=timezone.now(), first_published_at=timezone.now())
    page = f"/admin/articles/article/{source.pk}"
    for was_submitted in (False, True):
        if role == "writer":
            draft = make_ready_article(created_by=person, slug="mine")
        else:
            client.post(f"{page}/translate/fr/")
            draft = Article.objects.get(language="fr")
            draft.headline, draft.body, draft.slug = "Pluie", "<p>Il pleut.</p>", "pluie"
            draft.save()
        if was_submitted:
            move(draft, "submit", person)
            move(draft, "recall", person)
        form = client.get(f"/admin/articles/article/{draft.pk}/change/").content.decode()
        assert ("deletelink" in form) == (not was_submitted)
        assert delete(client, draft).status_code == (403 if was_submitted else 302)
        assert Article.objects.filter(pk=draft.pk).exists() == was_submitted


@pytest.mark.parametrize("changes", [{}, {"state": "in_review"}, {"first_published_at": timezone.now()}])
def test_a_writer_deletes_no_draft_of_somebody_else_and_none_that_was_public(client, walt, offices, changes):
    began = walt if changes else make_user("other", "writer")
    article = make_ready_article(created_by=began, office=offices[0], **changes)
    assert delete(client, article).status_code == 403
