"""A draft that is limited to named people is as if it were not there for all others, superusers included."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from articles import permissions
from articles.desk.panels import desk
from articles.models import Article, DeletedArticle, Revision, SourceState
from articles.publishing import limiting, revisions
from articles.publishing.workflow import move
from articles.review import deleted
from articles.translating import panel, parity
from articles.translating.begin import begin_translation
from tests import files
from tests.cast import create_image, make_article, make_office, make_ready_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    walt, aziz = make_user("walt", "writer"), make_user("aziz", "approver")
    return walt, aziz, make_user("ada", is_staff=True, is_superuser=True)


@pytest.fixture
def secret(cast):
    article = make_ready_article(headline="SECRET-STORY", created_by=cast[0])
    limiting.limit(article, [cast[0]], by=cast[0])
    return article


def sees(user, article):
    listed = permissions.visible(user, Article.objects.all()).filter(pk=article.pk).exists()
    assert permissions.may(user, "view", article) == listed
    return listed


def test_only_the_named_see_it(cast, secret):
    walt, aziz, ada = cast
    assert [sees(user, secret) for user in cast] == [True, False, False]
    assert not any(
        permissions.may(user, right, secret) for user in (aziz, ada) for right in ("edit", "approve", "write")
    )
    assert permissions.may_edit(walt, secret)


def test_a_name_gives_no_right(secret, cast):
    lima = make_user("lola", "writer", office=make_office("lima", "Lima Office"))
    limiting.limit(secret, [cast[0], lima], by=cast[0])
    assert not sees(lima, secret)


def test_what_is_public_is_public_and_what_is_scheduled_is_not(cast, secret):
    ada = cast[2]
    for changes, is_seen in (
        ({"state": "approved", "publish_at": timezone.now() + timedelta(hours=1)}, False),
        ({"publish_at": timezone.now() - timedelta(hours=1)}, True),
        ({"state": "withdrawn", "withdrawal_note": "Wrong."}, True),
        ({"state": "gone"}, True),
        ({"state": "in_review"}, False),
    ):
        Article.objects.filter(pk=secret.pk).update(**changes)
        secret.refresh_from_db()
        assert sees(ada, secret) == is_seen, changes


def test_a_working_copy_has_its_own_names(cast):
    walt, aziz, ada = cast
    live = make_ready_article(state="approved", first_published_at=timezone.now())
    copy = move(live, "revise", walt)
    limiting.limit(copy, [walt], by=walt)
    assert [sees(ada, row) for row in (live, Article.objects.get(pk=copy.pk))] == [True, False]
    assert not permissions.may(aziz, "edit", Article.objects.get(pk=copy.pk))


def test_the_text_of_a_limited_copy_that_was_discarded_stays_with_the_named(cast):
    walt = cast[0]
    live = make_ready_article(state="approved", first_published_at=timezone.now())
    copy = move(live, "revise", walt)
    limiting.limit(copy, [walt], by=walt)
    Article.objects.filter(pk=copy.pk).update(body="<p>SECRET-STORY</p>")
    copy.refresh_from_db()
    secret = revisions.record(copy, walt)
    move(copy, "discard", walt)
    assert not Revision.objects.filter(pk=secret.pk).exists()
    assert live.moves.first().name == "discard"
    trail = DeletedArticle.objects.get()
    assert trail.history["revisions"][0]["content"]["body"] == "<p>SECRET-STORY</p>"
    assert [deleted.visible(user).exists() for user in cast] == [True, False, False]


def test_translations_are_as_limited_as_their_source(cast, secret):
    walt, aziz, ada = cast
    french = begin_translation(secret, "fr", walt)
    assert [sees(user, french) for user in cast] == [True, False, False]
    limiting.limit(secret, [walt, aziz], by=walt)
    french.refresh_from_db()
    assert sees(aziz, french)
    limiting.limit(secret, [], by=walt)
    french.refresh_from_db()
    assert sees(ada, french)


def test_a_translation_says_nothing_of_a_source_or_an_edition_that_its_readers_may_not_see(client, cast, secret):
    """The source is limited, and the translation is not: as an import leaves it that was made before the limit."""
    walt, aziz, _ada = cast
    secret.body = "<p>SECRET-TEXT costs 4711 francs.</p>"
    secret.save()
    revisions.record(secret, walt)
    french = make_ready_article(
        language="fr", translation_of=secret, body="<p>Un autre texte pour 12 francs.</p>", headline="Un titre"
    )
    SourceState.objects.create(translation=french, revision=secret.revisions.last(), behind=1)
    address = f"/admin/articles/article/{french.pk}"
    sent = {"headline": "Un titre", "body": "<p>Un autre texte pour 12 francs.</p>"}
    client.force_login(aziz)
    for page in (client.get(f"{address}/change/"), client.post(f"{address}/checks/", sent)):
        assert page.status_code == 200
        assert not [word for word in ("SECRET", "4711") if word in page.content.decode()]
    assert client.post(f"{address}/up-to-date/", {"revision": secret.revisions.first().pk}).status_code == 403
    assert "You may not see the source" in client.get(f"{address}/change/").content.decode()
    client.force_login(walt)
    page = client.get(f"{address}/change/").content.decode()
    assert "SECRET-TEXT" in page
    assert "4711 francs.”" not in page  # what the checks say is recorded for all who see the translation
    limiting.limit(french, [walt], by=walt)
    assert "4711" in client.post(f"{address}/checks/", sent).content.decode()


def test_figures_are_not_compared_with_an_edition_to_come_that_only_some_may_see(cast):
    walt, aziz, _ada = cast
    body = "<p>It costs 100 francs.</p>"
    live = make_ready_article(state="approved", first_published_at=timezone.now(), body=body)
    french = make_ready_article(language="fr", translation_of=live, summary="", body="<p>Cela coûte 100 francs.</p>")
    copy = move(live, "revise", walt)
    Article.objects.filter(pk=copy.pk).update(body="<p>It costs 4711 francs.</p>")
    copy.refresh_from_db()
    made_from = revisions.record(copy, walt)
    SourceState.objects.update_or_create(translation=french, defaults={"revision": made_from})
    assert "4711" in " ".join(finding.sentence for finding in parity.Report(french).findings)
    limiting.limit(copy, [walt], by=walt)
    assert parity.Report(Article.objects.get(pk=french.pk)).findings == []
    move(copy, "submit", walt)
    assert panel.panel(french, aziz)["coming"] is None
    assert not panel.panel(french, aziz)["lines"]


def test_an_imported_translation_is_as_limited_as_its_source(cast, tmp_path):
    secret = make_ready_article(slug="secret", language="en")
    limiting.limit(secret, [cast[0]], by=cast[0])
    fields = {"language": "fr", "slug": "secret-fr", "headline": "Titre secret", "translation_of": ["en", "secret"]}
    file = tmp_path / "news.json"
    file.write_text(json.dumps([{"model": "articles.article", "fields": fields}]))
    call_command("import_fixture", str(file))
    french = Article.objects.get(slug="secret-fr")
    assert [sees(user, french) for user in cast] == [True, False, False]


def test_its_files_are_nobody_elses(client, cast, secret):
    image = create_image(files.picture(), credit="R. Painter", alt={"en": "Two fields"})
    Article.objects.filter(pk=secret.pk).update(lead_image=image)
    question = {"app_label": "articles", "model_name": "article", "field_name": "lead_image"}
    for user, is_seen in zip(cast, (True, False, False), strict=True):
        client.force_login(user)
        assert client.get(f"/media/{image.file.name}").status_code == (200 if is_seen else 404)
        assert (f"/image/{image.pk}/change/" in client.get("/admin/articles/image/").content.decode()) == is_seen
        found = client.get(reverse("admin:autocomplete"), question).json()["results"]
        assert [row["id"] for row in found] == ([str(image.pk)] if is_seen else [])
    make_article(lead_image=image, state="draft")
    assert client.get(f"/media/{image.file.name}").status_code == 200
    assert "SECRET" not in client.get(f"/admin/articles/image/{image.pk}/change/").content.decode()


def people(client, article, *users, limited="1"):
    sent = {"people": [user.pk for user in users], **({"limited": "1"} if limited else {})}
    return client.post(f"/admin/articles/article/{article.pk}/people/", sent, follow=True).content.decode()


def test_the_panel_names_people(client, cast):
    walt, aziz, ada = cast
    article = make_ready_article()
    client.force_login(walt)
    page = client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert "Everybody with rights at this office." in page
    assert "Keep your own name" in people(client, article, aziz)
    assert "Only the named people may see this article now" in people(client, article, walt, aziz)
    article.refresh_from_db()
    assert [sees(user, article) for user in cast] == [True, True, False]
    last = article.moves.first()
    assert (last.name, last.by, last.reason) == ("limit", walt, "aziz, walt")
    assert "Everybody with rights at this office may see" in people(client, article, limited="")
    article.refresh_from_db()
    assert sees(ada, article)


def test_nobody_else_changes_the_names(client, cast, secret):
    for user in cast[1:]:
        client.force_login(user)
        assert client.post(f"/admin/articles/article/{secret.pk}/people/", {}).status_code == 404
    translator = make_user("tara", "translator")
    article = make_article(state="draft")
    client.force_login(translator)
    assert client.post(f"/admin/articles/article/{article.pk}/people/", {"limited": 1}).status_code == 403


def test_the_command_lets_somebody_in_and_records_it(cast, secret, capsys):
    walt, aziz, ada = cast
    get_user_model().objects.filter(pk=walt.pk).delete()
    call_command("limit_article")
    assert capsys.readouterr().out == f"{secret.pk}  en  draft  nobody is named\n"
    with pytest.raises(CommandError, match="There is no account nobody"):
        call_command("limit_article", secret.pk, to=["nobody"])
    with pytest.raises(CommandError, match="either"):
        call_command("limit_article", secret.pk)
    call_command("limit_article", secret.pk, to=["ada"])
    secret.refresh_from_db()
    assert [sees(user, secret) for user in (aziz, ada)] == [False, True]
    last = secret.moves.first()
    assert (last.name, last.who, last.reason) == ("limit", "manage.py", "ada")
    call_command("limit_article", secret.pk, lift=True)
    secret.refresh_from_db()
    assert sees(aziz, secret)


def test_pages_that_name_what_hangs_together_do_not_name_it(client, cast, secret):
    """Deleting what an article needs lists the article: but not one that the user may not see."""
    client.force_login(cast[2])
    office, topic = secret.office, secret.topics.get()
    for page in (
        f"/admin/contacts/office/{office.pk}/delete/",
        f"/admin/articles/topic/{topic.pk}/delete/",
        f"/admin/auth/user/{cast[0].pk}/delete/",
        f"/admin/contacts/contact/{secret.contacts.get().pk}/delete/",
    ):
        assert "SECRET" not in client.get(page).content.decode(), page


def test_of_a_limited_translation_of_a_public_story_others_learn_that_it_is_in_work(client, cast):
    walt, aziz, _ada = cast
    story = make_article()
    french = make_article(translation_of=story, language="fr", state="draft", headline="SECRET-STORY")
    limiting.limit(french, [walt], by=walt)
    board = reverse("admin:articles_article_translations")
    for user, sees_it in ((walt, True), (aziz, False)):
        client.force_login(user)
        assert (f"/article/{french.pk}/change/" in client.get(board).content.decode()) == sees_it
        assert "fr" not in desk(user)["untranslated"][0].missing
        page = client.get(reverse("admin:articles_article_change", args=[story.pk]))
        assert page.context["in_work"] == ([] if sees_it else ["French"])
        begun = client.post(reverse("admin:articles_article_translate", args=[story.pk, "fr"]), follow=True)
        assert begun.redirect_chain[0][0].endswith(f"/{(french if sees_it else story).pk}/change/")
        told = [str(message) for message in begun.context["messages"]]
        assert told == [
            "There is a translation into this language already." if sees_it
            else "French: somebody is at work on this translation."
        ]  # fmt: skip
        assert sees_it or "SECRET" not in begun.content.decode()


def test_a_limited_new_edition_is_not_on_the_board_for_others(client, cast):
    walt, aziz, _ada = cast
    french = make_article(translation_of=make_article(), language="fr", first_published_at=timezone.now())
    copy = make_article(revises=french, slug=french.slug, language="fr", translation_of=french.source, state="draft")
    limiting.limit(copy, [walt], by=walt)
    for user, sees_it in ((walt, True), (aziz, False)):
        client.force_login(user)
        page = client.get(reverse("admin:articles_article_translations")).content.decode()
        assert ("new edition in work" in page) == sees_it


def test_a_limit_to_nobody_is_refused_and_does_not_lift_the_limit(client, cast, secret):
    client.force_login(cast[0])
    told = client.post(reverse("admin:articles_article_people", args=[secret.pk]), {"limited": "1"}, follow=True)
    assert "Name the people who may see it." in told.content.decode()
    secret.refresh_from_db()
    assert secret.restricted
