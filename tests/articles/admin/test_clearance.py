"""A writer's pictures: uploaded from the article's form, and published only when an editor has cleared them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.models import Article, Image
from articles.publishing import workflow
from tests import files
from tests.cast import create_image, make_article, make_office, make_ready_article, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

UPLOAD = "/admin/articles/image/upload/"


@pytest.fixture
def walt(client):
    user = make_user("walt", "writer")
    client.force_login(user)
    return user


def upload(client, content=None, name="boats.jpg", **texts):
    file = SimpleUploadedFile(name, files.picture() if content is None else content)
    return client.post(UPLOAD, {"file": file, "language": "en", **texts})


def uncleared(**changes):
    image = create_image(files.picture(**changes), "W. Writer", alt={"en": "Boats on the lake"})
    Image.objects.update(to_be_cleared=True)
    return image


def form_of(row):
    return f"/admin/articles/{row._meta.model_name}/{row.pk}/change/"


def test_a_writer_uploads_a_picture_that_is_to_be_cleared(client, walt):
    answer = upload(client, credit="W. Writer", alt="Boats on the lake")
    image = Image.objects.get()
    assert answer.status_code == 201
    assert answer.json().items() >= {"id": str(image.pk), "text": "Boats on the lake", "note": "to be cleared"}.items()
    assert (image.credit, image.alt, image.to_be_cleared) == ("W. Writer", "Boats on the lake", True)


def test_an_editor_uploads_a_picture_that_is_clear(client):
    client.force_login(make_user("edna", "editor"))
    assert "note" not in upload(client, credit="E. Editor").json()
    assert not Image.objects.get().to_be_cleared


def test_a_picture_without_credit_is_refused_in_a_sentence(client, walt):
    answer = upload(client)
    assert (answer.status_code, answer.json()) == (400, {"errors": ["Credit: This field is required."]})
    assert not Image.objects.exists()


def test_what_is_no_picture_is_refused(client, walt):
    for content, texts in ((b"<svg onload='x()'/>", {}), (b"", {}), (files.picture(), {"language": "xx"})):
        answer = upload(client, content, **{"credit": "W. Writer"} | texts)
        assert answer.status_code == 400
        assert answer.json()["errors"]
    assert client.post(UPLOAD, {"credit": "W. Writer"}).status_code == 400
    assert not Image.objects.exists()


def test_the_same_picture_again_is_the_one_of_the_library(client, walt):
    first = upload(client, credit="W. Writer").json()
    again = upload(client, credit="Somebody else")
    assert (again.status_code, again.json()["id"]) == (200, first["id"])


def test_a_picture_of_another_offices_draft_is_not_given_away(client):
    client.force_login(make_user("walt", "writer", office=make_office("nairobi", "Nairobi")))
    make_article(state="draft", office=make_office(), lead_image=uncleared())
    answer = upload(client, credit="W. Writer")
    assert answer.status_code == 400
    assert "Boats" not in answer.content.decode()


def test_only_writers_and_editors_upload(client):
    client.force_login(make_user("tara", "translator"))
    assert upload(client, credit="T. Translator").status_code == 403
    client.logout()
    assert upload(client, credit="Nobody").status_code in (302, 200)
    assert not Image.objects.exists()


@pytest.mark.parametrize("use", ["lead_image", "gallery", "body"])
@pytest.mark.parametrize("move", ["approve", "emergency"])
def test_no_article_is_published_with_it(client, use, move):
    image = uncleared()
    uses = {"lead_image": image, "gallery": [image]}
    article = make_ready_article(state="in_review", **({use: uses[use]} if use in uses else {}))
    if use == "body":
        article.body_image_rows.create(image=image, order=0)
    with pytest.raises(workflow.Refused) as refused:
        workflow.move(article, move, by=make_user("aziz", "approver"), reason="Now")
    assert refused.value.errors == {use: "An editor must clear this picture first: Boats on the lake"}
    assert Article.objects.get().state == "in_review"


def test_a_public_text_takes_none_directly(client, settings):
    settings.FOUR_EYES = False
    client.force_login(make_user("aziz", "approver"))
    hour_ago = timezone.now() - timedelta(hours=1)
    article = make_ready_article(state="approved", publish_at=hour_ago, first_published_at=hour_ago)
    response = client.post(form_of(article), filled(client.get(form_of(article)), lead_image=uncleared().pk))
    assert errors(response)["lead_image"] == ["An editor must clear this picture first: Boats on the lake"]
    article.refresh_from_db()
    assert article.lead_image is None


def test_an_editor_clears_it(client):
    client.force_login(make_user("aziz", "approver"))
    image = uncleared()
    article = make_ready_article(state="in_review", lead_image=image)
    assert "to be cleared" in client.get("/admin/articles/image/").content.decode()
    assert client.post(form_of(image), filled(client.get(form_of(image)), to_be_cleared=False)).status_code == 302
    client.post(form_of(article), filled(client.get(form_of(article)), _move="approve"))
    article.refresh_from_db()
    assert article.state == "approved"


def test_a_writer_changes_its_texts_but_clears_nothing(client, walt):
    image = uncleared()
    sent = filled(client.get(form_of(image)), credit="Walt Writer", tampered={"to_be_cleared": ""})
    client.post(form_of(image), sent)
    image.refresh_from_db()
    assert (image.credit, image.to_be_cleared) == ("Walt Writer", True)
    Image.objects.update(to_be_cleared=False)
    assert client.post(form_of(image), sent | {"credit": "Another"}).status_code == 403


def test_the_page_that_deletes_a_picture_opens(client):
    client.force_login(make_user("aziz", "approver"))
    assert client.get(f"/admin/articles/image/{uncleared().pk}/delete/").status_code == 200
