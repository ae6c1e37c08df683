"""The media library in the admin: uploads are checked, words are asked for, use is shown."""

import io

import pytest
from django.contrib.messages import get_messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture

from articles.models import Attachment, Image
from tests.cast import create_image, make_article, make_copies, make_office, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ADD = "/admin/articles/image/add/"


def picture(color="teal", kind="JPEG", size=(90, 60)):
    content = io.BytesIO()
    Picture.new("RGB", size, color).save(content, kind)
    return content.getvalue()


def make_image(color="teal", **changes):
    return create_image(SimpleUploadedFile("sea.jpg", picture(color)), "A. Otieno", **changes)


def upload(client, content, name="sea.jpg", **changes):
    words = {"credit": "A. Otieno", "translations-0-language": "en", "translations-0-alt": "The sea"} | changes
    return client.post(ADD, filled(client.get(ADD), file=SimpleUploadedFile(name, content), **words))


def test_an_upload_is_checked_stored_and_described(client, edna):
    assert upload(client, picture()).status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height, image.credit, image.alt) == (90, 60, "A. Otieno", "The sea")
    assert image.file.name == f"images/{image.sha256[:2]}/{image.sha256}.jpg"


def test_an_animation_is_saved_with_a_warning(client, edna):
    frames = [Picture.new("RGB", (90, 60), colour) for colour in ("red", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
    response = upload(client, made.getvalue(), "sea.gif")
    assert next(str(message) for message in get_messages(response.wsgi_request)).startswith("Of an animation one frame")


@pytest.mark.parametrize(
    ("content", "name"), [(b"<svg onload='x()'/>", "a.svg"), (b"not a picture", "a.jpg"), (picture()[:300], "cut.jpg")]
)
def test_a_file_that_lies_is_refused_beside_the_field(client, edna, content, name):
    response = upload(client, content, name)
    assert errors(response)["file"]
    assert not Image.objects.exists()


def test_a_credit_is_required(client, edna):
    assert "credit" in errors(upload(client, picture(), credit=""))


def test_the_same_picture_is_not_stored_twice(client, edna):
    make_image()
    assert "library already" in errors(upload(client, picture()))["file"][0]


def test_a_twin_that_the_uploader_may_not_see_is_told_without_its_words(client):
    lima = make_office("lima", "Lima")
    secret = make_image(alt={"en": "The minister resigns"})
    make_article(state="draft", lead_image=secret, office=lima)
    client.force_login(make_user("edna", "editor", make_office()))
    told = errors(upload(client, picture()))["file"][0]
    assert "library already" in told
    assert secret.name not in told
    assert secret.sha256 not in told
    make_article(lead_image=secret, office=lima)  # public by now
    assert secret.name in errors(upload(client, picture()))["file"][0]


def test_a_focal_point_lies_within_the_picture(client, edna):
    image = make_image()
    at = f"/admin/articles/image/{image.pk}/change/"
    assert "focal_x" in errors(client.post(at, filled(client.get(at), focal_x="1.5")))
    assert client.post(at, filled(client.get(at), focal_x="0.25", focal_y="0.75")).status_code == 302
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (0.25, 0.75)


def test_the_form_says_where_a_picture_is_used(client, edna):
    image = make_image()
    make_article(headline="With the sea", lead_image=image)
    assert "With the sea" in client.get(f"/admin/articles/image/{image.pk}/change/").content.decode()


def test_only_what_nothing_uses_can_be_deleted(client, edna):
    used, unused = make_image("teal"), make_image("navy")
    make_article(lead_image=used)
    assert client.post(f"/admin/articles/image/{used.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"/admin/articles/image/{unused.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(Image.objects.all()) == [used]


def test_filters_find_what_has_no_words_or_no_use(client, edna):
    plain, used = make_image("teal"), make_image("navy", alt={"en": "The night"})
    make_article(lead_image=used)
    assert list(client.get("/admin/articles/image/?alt=missing").context["cl"].result_list) == [plain]
    assert list(client.get("/admin/articles/image/?use=no").context["cl"].result_list) == [plain]
    assert list(client.get("/admin/articles/image/?use=yes").context["cl"].result_list) == [used]


def test_the_picker_searches_words_and_credits(client, edna):
    make_image("teal", alt={"en": "The sea"})
    make_image("navy", alt={"fr": "La nuit"})
    html = client.get("/admin/articles/image/pick/?q=nuit").content.decode()
    assert "La nuit" in html
    assert "The sea" not in html


def test_words_of_a_picture_are_never_markup_in_the_picker(client, edna):
    make_image(alt={"en": '"><script>x</script>'})
    assert b"<script>x" not in client.get("/admin/articles/image/pick/").content


def test_the_library_costs_the_same_for_one_picture_and_for_many(client, edna, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    colors = ["teal", "navy", "red", "lime", "gold", "gray"]
    for color in colors[:2]:
        make_image(color, alt={"en": color})
    client.get("/admin/articles/image/")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/articles/image/")
    for color in colors[2:]:
        make_image(color, alt={"en": color})
    with django_assert_num_queries(len(few)):
        client.get("/admin/articles/image/")


def test_an_attachment_is_checked_too(client, edna):
    add = "/admin/articles/attachment/add/"
    bad = filled(client.get(add), title="Figures", file=SimpleUploadedFile("a.pdf", b"<html>"))
    assert errors(client.post(add, bad))["file"]
    file = SimpleUploadedFile("a.csv", b"year,fish\n2025,7\n")
    good = filled(client.get(add), title="Figures", language="en", file=file)
    assert client.post(add, good).status_code == 302
    assert Attachment.objects.get().content_type.startswith("text/csv")


def test_the_file_of_a_picture_in_use_is_replaced_on_a_page_of_its_own(client, edna):
    image = make_image()
    at = f"/admin/articles/image/{image.pk}/change/"
    make_article(lead_image=image)
    form = client.get(at)
    assert f'href="/admin/articles/image/{image.pk}/replace/"' in form.content.decode()
    name = image.file.name
    sent = filled(form, credit="B. Otieno", tampered={"file": SimpleUploadedFile("b.jpg", picture("red"))})
    client.post(at, sent)
    image.refresh_from_db()
    assert (image.file.name, image.credit) == (name, "B. Otieno")


def test_the_file_of_a_picture_that_nothing_uses_can_be_replaced(client, edna):
    image = make_image()
    at = f"/admin/articles/image/{image.pk}/change/"
    client.post(at, filled(client.get(at), file=SimpleUploadedFile("b.jpg", picture("red"))))
    name = image.file.name
    image.refresh_from_db()
    assert image.file.name != name


def kept(image):
    renditions = f"renditions/{image.sha256}"
    return [
        default_storage.exists(image.file.name),
        default_storage.exists(renditions) and bool(default_storage.listdir(renditions)[1]),
    ]


@pytest.mark.parametrize("deed", ["delete", "replace"])
def test_what_leaves_the_library_leaves_the_disk(client, edna, django_capture_on_commit_callbacks, deed):
    image, other = make_image(), make_image("navy")
    for one in (image, other):
        make_copies(one)
    assert kept(image) == [True, True]
    at = f"/admin/articles/image/{image.pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        if deed == "delete":
            client.post(f"{at}delete/", {"post": "yes"})
        else:
            new = SimpleUploadedFile("b.jpg", picture("red"))
            client.post(f"{at}change/", filled(client.get(f"{at}change/"), file=new))
    assert kept(image) == [False, False]
    assert kept(other) == [True, True]


def test_words_alone_leave_the_file(client, edna, django_capture_on_commit_callbacks):
    image = make_image()
    at = f"/admin/articles/image/{image.pk}/change/"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(at, filled(client.get(at), credit="B. Otieno")).status_code == 302
    assert kept(image)[0]


def warnings(response):
    return [str(message) for message in get_messages(response.wsgi_request) if message.level_tag == "warning"]


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ({"translations-0-alt": ""}, True),
        ({"translations-0-alt": "", "decorative": "on"}, False),
        ({}, False),
    ],
)
def test_a_picture_without_words_is_saved_with_a_warning(client, edna, words, is_told):
    response = upload(client, picture(), **words)
    assert response.status_code == 302
    assert any("no alternative text" in text for text in warnings(response)) == is_told
    image = Image.objects.get()
    at = f"/admin/articles/image/{image.pk}/change/"
    again = client.post(at, filled(client.get(at), credit="B. Otieno"))
    assert any("no alternative text" in text for text in warnings(again)) == is_told


def test_another_row_of_words_is_called_another_language(client, edna):
    page = client.get(ADD).content.decode()
    assert "Add another Language" in page
    assert "Alternative text and captions" in page
