"""A corrected file: the same row, uses and addresses; editions keep the file that they showed, the old one is kept."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.models import FormerFile, Image, Notice
from articles.publishing import after_save, revisions, workflow
from articles.review.content_changes import changes
from tests import files
from tests.cast import (
    RECORDINGS,
    chain_is_whole,
    create_attachment,
    create_image,
    create_recording,
    make_article,
    make_office,
    make_ready_article,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def aziz(client):
    user = make_user("aziz", "approver")
    client.force_login(user)
    return user


def replace(client, row, name, content, reason="A wrong figure."):
    at = f"/admin/articles/{row._meta.model_name}/{row.pk}/replace/"
    return client.post(at, {"file": SimpleUploadedFile(name, content), "reason": reason})


def sentences(response):
    return " ".join(response.context["form"].errors.get("file", ()))


def messages_of(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_corrected_file_keeps_its_row_and_its_old_address_leads_to_it(client, aziz):
    file = create_attachment(b"a,b\n1,2\n", title="Levels", language="en", name="a.csv")
    article = make_article(first_published_at=None)
    article.attachments.set([file])
    first = revisions.publish_edition(article, aziz)
    old = file.get_absolute_url(), file.sha256, file.file.name
    assert replace(client, file, "b.csv", b"a,b\n1,3\n").status_code == 302
    file.refresh_from_db()
    assert (file.original_name, file.uploaded_by) == ("b.csv", aziz)
    assert [*article.attachments.all()] == [file]
    client.logout()
    answer = client.get(old[0])
    assert (answer.status_code, answer["Location"]) == (302, file.get_absolute_url())
    assert answer["Cache-Control"] == "public, max-age=600"
    assert b"".join(client.get(old[0], follow=True).streaming_content) == b"a,b\n1,3\n"
    assert file.get_absolute_url() in client.get(article.get_absolute_url()).content.decode()
    last = article.revisions.exclude(edition=None).order_by("-edition").first()
    assert (first.content["attachments"], last.content["attachments"]) == ([old[1]], [file.sha256])
    assert last.edition == first.edition + 1
    assert chain_is_whole(article)
    assert "the earlier file" in changes(first.content, last.content).fields[0].html
    former = FormerFile.objects.get()
    assert (former.sha256, former.replaced_by, former.reason) == (old[1], aziz, "A wrong figure.")
    assert default_storage.exists(old[2])
    client.force_login(aziz)
    kept = client.get(f"/admin/articles/attachment/{file.pk}/former/{former.pk}/")
    assert b"".join(kept.streaming_content) == b"a,b\n1,2\n"
    assert "A wrong figure." in client.get(f"/admin/articles/attachment/{file.pk}/change/").content.decode()


@pytest.mark.parametrize("four_eyes", [True, False])
def test_where_four_eyes_are_asked_for_another_approver_looks_afterwards(client, aziz, settings, four_eyes):
    settings.FOUR_EYES = four_eyes
    other = make_user("other", "approver")
    file = create_attachment(b"a,b\n1,2\n", title="Levels", language="en", name="a.csv")
    article = make_article(first_published_at=None)
    article.attachments.set([file])
    revisions.publish_edition(article, aziz)
    assert replace(client, file, "b.csv", b"a,b\n1,3\n").status_code == 302
    article.refresh_from_db()
    assert (article.emergency_at is not None) == four_eyes
    look = workflow.MOVES["look"]
    assert not workflow.may_make(look, article, aziz)
    assert workflow.may_make(look, article, other) == four_eyes
    assert Notice.objects.filter(recipient__user=other, kind="emergency").exists() == four_eyes
    assert chain_is_whole(article)


def test_an_approval_is_undone_for_it_was_given_to_the_earlier_file(client, aziz):
    """Of an article that is scheduled and of the working copy of a public one; both can be approved again."""
    pdf, csv = (
        create_attachment(f"a,b\n1,{number}\n".encode(), title="Levels", language="en", name=f"{number}.csv")
        for number in (1, 2)
    )
    tomorrow = timezone.now() + timedelta(days=1)
    scheduled = make_ready_article(state="in_review", publish_at=tomorrow, attachments=[pdf])
    live = workflow.move(make_ready_article(state="in_review", publish_at=timezone.now()), "approve", aziz)
    copy = workflow.move(live, "revise", aziz)
    copy.attachments.set([csv])
    workflow.move(copy, "submit", aziz)
    copy.publish_at = tomorrow
    copy.save()
    for article in (scheduled, copy):
        workflow.move(article, "approve", aziz)
    client.force_login(make_user("edna", "editor"))
    for file, article in ((pdf, scheduled), (csv, copy)):
        answer = replace(client, file, "b.csv", f"a,b\n{file.pk},9\n".encode())
        assert answer.status_code == 302
        assert "must be approved again" in messages_of(answer)
        article.refresh_from_db()
        assert (article.state, article.moves.first().name) == ("draft", "recall")
    assert not scheduled.revisions.editions().exists()
    for article in (scheduled, copy):
        workflow.move(article, "submit", aziz)
        workflow.move(article, "publish", make_user(f"other-{article.pk}", "approver"))
    pdf.refresh_from_db()
    assert scheduled.revisions.editions().get().content["attachments"] == [pdf.sha256]
    assert chain_is_whole(scheduled)
    assert chain_is_whole(live)


def test_who_may_not_change_what_is_approved_replaces_none_of_its_files(client, aziz):
    file = create_attachment(b"a,b\n1,2\n", title="Levels", language="en", name="a.csv")
    article = make_ready_article(state="in_review", publish_at=timezone.now() + timedelta(days=1), attachments=[file])
    workflow.move(article, "approve", aziz)
    client.force_login(make_user("tara", "translator", article.office, trust="trusted"))
    assert "may not change" in sentences(replace(client, file, "b.csv", b"a,b\n1,3\n"))
    article.refresh_from_db()
    assert article.shown_state == "scheduled"


def test_the_earlier_file_can_come_back(client, aziz):
    file = create_attachment(b"a,b\n1,2\n", title="Levels", language="en", name="a.csv")
    make_article(state="draft").attachments.set([file])
    replace(client, file, "b.csv", b"a,b\n1,3\n")
    assert replace(client, file, "a.csv", b"a,b\n1,2\n").status_code == 302
    present = file.sha256
    file.refresh_from_db()
    assert file.sha256 == present
    assert FormerFile.objects.count() == 1
    assert "already" in sentences(replace(client, file, "a.csv", b"a,b\n1,2\n"))


def test_a_replaced_picture_has_new_copies_and_other_editors_see_what_changed(client, aziz):
    picture = create_image(files.picture(80, 60), credit="R. Painter", alt={"en": "Two fields"})
    Image.objects.update(copies="made", renditions={"webp": [80]})
    article = make_article(state="draft", lead_image=picture)
    revisions.record(article, aziz)
    assert replace(client, picture, "new.png", files.picture(90, 60, kind="PNG")).status_code == 302
    picture.refresh_from_db()
    assert (picture.width, picture.copies, picture.renditions) == (90, "due", {})
    assert article.revisions.first().content["lead_image"] == picture.sha256
    assert article.revisions.filter(edition=None).count() == 2


def test_a_draft_s_old_address_is_as_if_it_were_not_there(client, aziz):
    file = create_attachment(b"a,b\n1,2\n", title="Levels", language="en", name="a.csv")
    make_article(state="draft").attachments.set([file])
    old = file.get_absolute_url()
    replace(client, file, "b.csv", b"a,b\n1,3\n")
    client.logout()
    assert client.get(old).status_code == 404


def test_what_cannot_be_replaced_is_refused_and_nothing_changes(client, aziz):
    picture = create_image(files.picture(80, 60), credit="R. Painter", alt={"en": "Two fields"})
    in_text = make_article(body=f'<p>x</p><figure><img src="{picture.get_absolute_url()}" alt="x"></figure>')
    after_save.sync(in_text)
    assert "text of an article" in sentences(replace(client, picture, "b.jpg", files.picture(90, 60)))
    video = create_recording("tiny.mp4")
    assert "audio by audio" in sentences(replace(client, video, "a.ogg", (RECORDINGS / "tiny.ogg").read_bytes()))
    assert "no video" in sentences(replace(client, video, "a.mp4", b"<script>"))
    other = create_recording("tiny.webm")
    assert str(other) in sentences(replace(client, video, "a.mp4", (RECORDINGS / "tiny.webm").read_bytes()))
    assert not FormerFile.objects.exists()


def test_who_may_not_approve_replaces_nothing_public_or_unseen(client):
    lima, geneva = make_office("lima", "Lima"), make_office("geneva", "Geneva")
    file = create_attachment(b"a,b\n1,2\n", title="Levels", language="en", name="a.csv")
    article = make_article(office=geneva)
    article.attachments.set([file])
    client.force_login(make_user("edna", "editor", geneva))
    assert "may approve" in sentences(replace(client, file, "b.csv", b"a,b\n1,3\n"))
    client.force_login(make_user("aziz", "approver", geneva))
    make_article(office=lima, state="draft").attachments.set([file])
    assert "may not see" in sentences(replace(client, file, "b.csv", b"a,b\n1,3\n"))
    client.force_login(make_user("walt", "writer", geneva))
    assert replace(client, file, "b.csv", b"a,b\n1,3\n").status_code == 403


def test_a_full_disk_leaves_the_old_file(client, aziz, monkeypatch):
    file = create_attachment(b"a,b\n1,2\n", title="Levels", language="en", name="a.csv")
    before = file.sha256

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("articles.media.storage._write", full)
    assert "No space left" in sentences(replace(client, file, "b.csv", b"a,b\n1,3\n"))
    file.refresh_from_db()
    assert file.sha256 == before
    assert not FormerFile.objects.exists()


def test_earlier_files_go_with_their_row(client, admin_client, django_capture_on_commit_callbacks):
    file = create_attachment(b"a,b\n1,2\n", title="Levels", language="en", name="a.csv")
    old = file.file.name
    replace(admin_client, file, "b.csv", b"a,b\n1,3\n")
    assert default_storage.exists(old)
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"/admin/articles/attachment/{file.pk}/delete/", {"post": "yes"})
    assert not FormerFile.objects.exists()
    assert not default_storage.exists(old)
