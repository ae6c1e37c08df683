"""Remarks beside paragraphs, notes with moves, and why a text was sent back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk.panels import desk
from articles.models import Article, Image, Notice, Remark
from articles.publishing import locking, revisions
from articles.publishing.workflow import move
from articles.review import assignments, remarks
from tests.cast import create_image, make_article, make_office, make_ready_article, make_user
from tests.files import picture
from tests.forms import filled

pytestmark = pytest.mark.django_db

BODY = "<p>The river rose by three metres in May.</p><p>Schools are closed until Monday.</p>"


def at(article, rest="change/"):
    return f"/admin/articles/article/{article.pk}/{rest}"


def rewrite(article, by, body):
    locking.claim_version(article)
    article.body = body
    article.save()
    revisions.record(article, by)


def uncleared_picture():
    image = create_image(picture(), "Walt")
    Image.objects.update(to_be_cleared=True)
    return image


def remark(client, article, paragraph=1, text="By how much exactly?", revision=""):
    return client.post(at(article, "remarks/"), {"paragraph": paragraph, "text": text, "revision": revision})


def places(article):
    """{number of the part: texts of its remarks}, and the texts of those without a part."""
    parts, lost = remarks.placed(revisions.content(article), remarks.threads(article))
    return {part.number: [row.text for row in part.remarks] for part in parts if part.remarks}, [
        row.text for row in lost
    ]


def test_a_remark_stands_beside_its_paragraph_and_in_the_panel_of_the_form(client, article, aziz):
    client.force_login(aziz)
    assert remark(client, article).url == at(article, "review/")
    row = Remark.objects.get()
    assert (row.paragraph_text, row.by) == ("The river rose by three metres in May.", aziz)
    assert row.revision == article.revisions.first()
    assert places(article) == ({1: ["By how much exactly?"]}, [])
    for page in ("review/", "change/"):
        assert "By how much exactly?" in client.get(at(article, page)).content.decode()


def test_a_remark_follows_its_paragraph_through_later_edits(client, article, aziz, walt):
    client.force_login(aziz)
    remark(client, article, 1)
    remark(client, article, 2, "Which schools?")
    rewrite(article, walt, "<p>New beginning.</p>" + BODY)
    assert places(article)[0] == {2: ["By how much exactly?"], 3: ["Which schools?"]}
    rewrite(article, walt, "<p>The river rose by four metres in May.</p>")
    assert places(article) == ({1: ["By how much exactly?"]}, ["Which schools?"])
    page = client.get(at(article, "review/")).content.decode()
    assert "The paragraph was:" in page
    assert "Remarks on paragraphs that are no longer there" in page


def test_a_remark_belongs_to_the_paragraph_that_its_writer_saw(client, article, aziz, walt):
    client.force_login(aziz)
    article.save()
    seen = revisions.record(article, walt)
    rewrite(article, walt, "<p>New beginning.</p>" + BODY)
    remark(client, article, 1, revision=seen.pk)
    assert places(article)[0] == {2: ["By how much exactly?"]}


def test_answers_and_settling(client, article, aziz, walt):
    client.force_login(aziz)
    remark(client, article)
    row = Remark.objects.get()
    client.force_login(walt)
    client.post(at(article, f"remarks/{row.pk}/answer/"), {"text": "Three point two."})
    client.post(at(article, f"remarks/{row.pk}/settle/"))
    row.refresh_from_db()
    assert (row.settled_by, row.answers.get().text) == (walt, "Three point two.")
    assert not remarks.open_remarks(article).exists()
    client.post(at(article, f"remarks/{row.pk}/answer/"), {"text": "No: 3.4."})
    assert remarks.open_remarks(article).exists()  # an answer opens it again


def test_nothing_is_added_to_a_removed_article_and_what_was_typed_comes_back(client, article, aziz):
    client.force_login(aziz)
    remark(client, article)
    row = Remark.objects.get()
    Article.objects.filter(pk=article.pk).update(state="gone")
    for send in (
        lambda: remark(client, article, text="Typed words"),
        lambda: client.post(at(article, f"remarks/{row.pk}/answer/"), {"text": "Typed words"}),
    ):
        send()
        assert "Typed words" in client.get(at(article, "history/")).content.decode()
    assert client.post(at(article, f"remarks/{row.pk}/settle/")).status_code == 403
    assert Remark.objects.get().settled_at is None


def test_what_is_deleted_while_somebody_types_is_told_and_no_fault(client, article, aziz, monkeypatch):
    client.force_login(aziz)
    remark(client, article)
    row = Remark.objects.get()
    real = locking.lock_if_there

    def deleted_first(found):
        Article.objects.filter(pk=found.pk).delete()
        return real(found)

    for module in (locking, assignments):
        monkeypatch.setattr(module, "lock_if_there", deleted_first)
    for door, sent in (
        (f"remarks/{row.pk}/answer/", {"text": "Typed words"}),
        ("remarks/", {"text": "Typed words", "paragraph": 0}),
        ("assign/", {"assignee": aziz.pk}),
    ):
        assert client.post(at(article, door), sent).status_code == 302, door
        told = client.get("/admin/articles/article/").content.decode()
        assert ("Typed words" in told) == ("text" in sent)
        assert "This text is no longer there" in told


def test_a_remark_is_told_to_those_who_take_part(client, article, aziz, walt):
    Notice.objects.all().delete()
    client.force_login(aziz)
    remark(client, article)
    assert [row.recipient.user for row in Notice.objects.all()] == [walt]
    Notice.objects.all().delete()
    client.force_login(make_user("edna", "editor"))
    client.post(at(article, f"remarks/{Remark.objects.get().pk}/answer/"), {"text": "I ask them."})
    assert {row.recipient.user.username for row in Notice.objects.all()} == {"walt", "aziz"}


@pytest.mark.parametrize(
    "sent", [{"text": " "}, {"text": "x", "paragraph": 99}, {"text": "x", "paragraph": "-1"}, {"text": "x" * 6000, "paragraph": 1}, {}]
)  # fmt: skip
def test_odd_remarks_are_refused_with_a_sentence(client, article, aziz, sent):
    client.force_login(aziz)
    page = client.post(at(article, "remarks/"), sent, follow=True).content.decode()
    assert '<li class="error">' in page
    assert not Remark.objects.exists()


def test_a_remark_is_shown_as_text(client, article, aziz):
    Remark.objects.create(article=article, paragraph=1, paragraph_text="<i>x</i>", text="<script>x</script>", by=aziz)
    client.force_login(aziz)
    for page in ("review/", "change/", "move/approve/"):
        assert "<script>x" not in client.get(at(article, page)).content.decode()


def test_open_remarks_warn_before_an_approval(client, article, aziz):
    client.force_login(aziz)
    remark(client, article)
    sent = filled(client.get(at(article)), _move="approve", _note="Typed before.")
    answer = client.post(at(article), sent)
    assert answer.url == at(article, "move/approve/")
    article.refresh_from_db()
    assert article.state == "in_review"
    page = client.get(answer.url).content.decode()
    assert "1 remark is still open" in page
    assert "Typed before.</textarea>" in page
    assert "By how much exactly?" in page
    client.post(answer.url, {"reason": "Settled by telephone.", "version": article.version})
    article.refresh_from_db()
    assert (article.state, article.moves.first().reason) == ("approved", "Settled by telephone.")


def test_every_open_remark_is_counted_and_shown_before_an_approval_and_beside_the_form(client, article, aziz):
    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(at(article, "move/approve/"))
        return len(found)

    client.force_login(aziz)
    remark(client, article)
    few = queries()
    Remark.objects.bulk_create(Remark(article=article, text=f"No. {number}.", by=aziz) for number in range(24))
    page = client.get(at(article, "move/approve/")).content.decode()
    assert "25 remarks are still open" in page
    assert "No. 23." in page
    assert "Open remarks (25)" in client.get(at(article)).content.decode()
    assert queries() == few


def test_what_an_approval_lacks_is_told_at_once_and_before_the_open_remarks(client, article, aziz):
    client.force_login(aziz)
    remark(client, article)
    Article.objects.filter(pk=article.pk).update(lead_image=uncleared_picture())
    article.contacts.clear()
    sent = filled(client.get(at(article)), _move="approve")
    refused = client.post(at(article), sent)
    assert refused.status_code == 200
    shown = [refused.content.decode(), client.get(at(article, "move/approve/")).content.decode()]
    for page in shown:
        assert "An editor must clear this picture first" in page
        assert "Choose a press contact who can be reached" in page
    assert "1 remark is still open" in shown[1]


def test_after_a_refused_move_the_form_still_says_what_changed(client, article, aziz):
    client.force_login(aziz)
    client.post(at(article, "read/"), {"version": article.version})
    rewrite(article, article.created_by, BODY.replace("three", "four"))
    article.contacts.clear()
    opened = client.get(at(article))
    refused = client.post(at(article), filled(opened, _move="approve"))
    assert "Choose a press contact" in refused.content.decode()
    shown = [page.context["review"].changes.fields[0].blocks[0].html for page in (opened, refused)]
    assert shown[0] == shown[1]
    assert "four </ins>" in shown[0]


def test_a_note_goes_with_each_move(client, walt):
    article = make_ready_article(created_by=walt)
    client.force_login(walt)
    client.post(at(article), filled(client.get(at(article)), _move="submit", _note="Please before noon."))
    assert article.moves.get(name="submit").reason == "Please before noon."
    assert "Please before noon." in client.get(at(article, "history/")).content.decode()


def test_the_reason_stands_on_the_form_and_the_desk_until_the_text_is_submitted_again(client, article, aziz, walt):
    move(article, "request_changes", aziz, reason="Name the source.")
    client.force_login(walt)
    assert client.get(at(article)).content.decode().count("Name the source.") >= 2  # above the form, in the history
    assert [(row.pk, row.why) for row in desk(walt)["sent_back"]] == [(article.pk, "Name the source.")]
    assert desk(aziz)["sent_back"] == []
    assert "Sent back to me" in client.get("/admin/").content.decode()
    move(article, "submit", walt)
    assert desk(walt)["sent_back"] == []
    assert 'class="sent-back"' not in client.get(at(article)).content.decode()


def test_those_who_may_not_see_the_article_can_do_nothing_of_this(client, article, aziz):
    row = Remark.objects.create(article=article, paragraph_text="x", text="Secret", by=aziz)
    client.force_login(make_user("nora", "approver", make_office("nairobi", "Nairobi Office")))
    assert client.get(at(article, "review/")).status_code == 404
    for door in ("remarks/", f"remarks/{row.pk}/answer/", f"remarks/{row.pk}/settle/", "assign/"):
        assert client.post(at(article, door), {"text": "x", "paragraph": 0}).status_code == 404
        assert client.get(at(article, door)).status_code == 405
    assert Remark.objects.count() == 1


def test_a_translator_may_remark_but_settles_and_assigns_nothing_in_a_source(client, article, aziz):
    client.force_login(make_user("tara", "translator"))
    remark(client, article, text="Unclear.")
    assert Remark.objects.get().text == "Unclear."
    other = Remark.objects.create(article=article, paragraph_text="x", text="Other", by=aziz)
    assert client.post(at(article, f"remarks/{other.pk}/settle/")).status_code == 403
    assert client.post(at(article, "assign/"), {"assignee": aziz.pk}).status_code == 403


def test_a_remark_of_another_article_is_not_found(client, article, aziz):
    other = make_article(state="draft")
    row = Remark.objects.create(article=other, paragraph_text="x", text="Other", by=aziz)
    client.force_login(aziz)
    assert client.post(at(article, f"remarks/{row.pk}/settle/")).status_code == 404


def test_remarks_on_a_working_copy_go_on_with_the_public_article(client, aziz, walt):
    article = make_ready_article()
    move(article, "submit", walt)
    move(article, "publish", aziz)
    copy = move(article, "revise", walt)
    Remark.objects.create(article=copy, paragraph_text="Text.", text="Which?", by=aziz)
    move(copy, "submit", walt)
    move(copy, "publish", aziz)
    assert not Article.objects.filter(revises=article).exists()
    assert Remark.objects.get().article == article
