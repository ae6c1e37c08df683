"""The history of an article: every save and move; versions are viewed, compared and restored as drafts."""

from io import BytesIO

import pytest

from articles.media import attachments, images
from articles.models import Article, DeletedArticle
from articles.publishing import locking, revisions
from articles.publishing.afterwards import replacing
from articles.publishing.workflow import move
from articles.review import restoring
from tests import files
from tests.cast import (
    chain_is_whole,
    create_attachment,
    create_image,
    make_office,
    make_ready_article,
    make_topic,
    make_user,
)
from tests.forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def aziz():
    return make_user("aziz", "approver")


@pytest.fixture
def walt():
    return make_user("walt", "writer")


def at(article, rest="history/"):
    return f"/admin/articles/article/{article.pk}/{rest}"


def save(article, by, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    locking.claim_version(article)
    article.updated_by = by
    article.save()
    return revisions.record(article, by)


def live(by):
    article = make_ready_article()
    move(article, "submit", by)
    return move(article, "publish", by)


def seen(response):
    return response.content.decode().replace('<span class="visually-hidden">', "").replace("</span>", "")


def test_the_history_lists_saves_editions_and_moves_with_person_and_reason(client, aziz, walt):
    article = make_ready_article()
    save(article, walt, headline="Rain at last")
    move(article, "submit", walt)
    move(article, "request_changes", aziz, reason="Too long.")
    client.force_login(aziz)
    page = client.get(at(article)).content.decode()
    for told in ("Submit for review", "Request changes", "Too long.", "walt", "aziz", "Saved version"):
        assert told in page


def test_a_version_is_shown_as_it_was_and_cleaned(client, aziz, walt):
    article = make_ready_article()
    kept = save(article, walt, body="<p>Old text.</p>")
    kept.content["headline"] = "<b>Old</b> & safe"
    kept.content["body"] = "<p>Old text.</p><script>alert(1)</script>"
    kept.save()
    save(article, walt, headline="New", body="<p>New text.</p>")
    client.force_login(aziz)
    page = client.get(at(article, f"history/{kept.pk}/")).content.decode()
    assert "&lt;b&gt;Old&lt;/b&gt; &amp; safe" in page
    assert "<p>Old text.</p>" in page
    assert "alert(1)" not in page
    assert "Geneva Office" in page


def test_two_versions_are_compared_the_older_first_or_one_with_the_present_text(client, aziz, walt):
    article = make_ready_article()
    first = save(article, walt, body="<p>It rose by 3 metres.</p>")
    second = save(article, walt, body="<p>It rose by 4 metres.</p>")
    make_topic("floods", "Floods").articles.add(article)
    client.force_login(aziz)
    for query in (f"old={first.pk}&new={second.pk}", f"old={second.pk}&new={first.pk}"):
        page = seen(client.get(at(article, f"history/compare/?{query}")))
        assert "removed:  3 </del><ins>added:  4 </ins>" in page.replace("removed: 3", "removed:  3").replace(
            "added: 4", "added:  4"
        )
        assert "Floods" not in page
    page = seen(client.get(at(article, f"history/compare/?old={first.pk}")))
    assert "<ins>added: <bdi>Floods</bdi></ins>" in page
    assert "<bdi>Diaspora</bdi>" in page


@pytest.mark.parametrize("query", ["", "old=", "old=x", "old=999999999999999999999", "old=-1", "before=x"])
def test_odd_queries_are_no_fault(client, aziz, walt, query):
    article = make_ready_article()
    client.force_login(aziz)
    assert client.get(at(article, f"history/compare/?{query}")).status_code in (200, 400)
    assert client.get(at(article, f"history/?{query}")).status_code in (200, 400)


def test_a_draft_gets_an_earlier_text_back_and_nothing_is_lost(client, aziz, walt):
    article = make_ready_article(headline="First", body="<p>First.</p>")
    first = save(article, walt, summary="Old standfirst")
    save(article, walt, headline="Second", body="<p>Second.</p>", summary="")
    article.topics.set([make_topic("floods", "Floods")])
    client.force_login(walt)
    assert client.post(at(article, f"history/{first.pk}/restore/")).url == at(article, "change/")
    article.refresh_from_db()
    assert (article.headline, article.body, article.summary) == ("First", "<p>First.</p>", "Old standfirst")
    assert [topic.code for topic in article.topics.all()] == ["diaspora"]
    assert article.revisions.filter(content__headline="Second").exists()
    assert revisions.content(article) == article.revisions.first().content


def test_what_no_longer_exists_is_left_out_and_told(client, aziz, walt):
    article = make_ready_article()
    floods = make_topic("floods", "Floods")
    article.topics.add(floods)
    first = save(article, walt, headline="First")
    article.topics.remove(floods)
    floods.delete()
    save(article, walt, headline="Second")
    client.force_login(walt)
    page = client.post(at(article, f"history/{first.pk}/restore/"), follow=True).content.decode()
    assert "No longer there, and left out: Topics: floods." in page


def test_a_public_article_gets_a_working_copy_and_stays_as_it_is(client, aziz):
    article = live(aziz)
    first = article.revisions.get(edition=1)
    copy = move(article, "revise", aziz)
    copy.headline = "Second edition"
    copy.save()
    move(copy, "submit", aziz)
    move(copy, "publish", aziz)
    article.refresh_from_db()
    before = revisions.content(article)
    client.force_login(aziz)
    answer = client.post(at(article, f"history/{first.pk}/restore/"))
    copy = Article.objects.get(revises=article)
    assert answer.url == at(copy, "change/")
    assert copy.headline == first.content["headline"] != article.headline == "Second edition"
    article.refresh_from_db()
    assert revisions.content(article) == before
    assert chain_is_whole(article)
    assert client.post(at(article, f"history/{first.pk}/restore/")).status_code == 403  # there is a working copy
    assert client.get(at(copy, f"history/{first.pk}/")).status_code == 200  # of which this is the history, too


def test_an_article_in_review_is_a_draft_again_with_the_earlier_text(client, aziz, walt):
    article = make_ready_article()
    first = save(article, walt, headline="First")
    save(article, walt, headline="Second")
    move(article, "submit", walt)
    client.force_login(walt)
    client.post(at(article, f"history/{first.pk}/restore/"))
    article.refresh_from_db()
    assert (article.state, article.headline) == ("draft", "First")
    assert article.moves.first().name == "recall"


def test_only_those_who_see_the_article_see_its_history_and_only_writers_restore(client, aziz, walt):
    article = make_ready_article()
    kept = save(article, walt, headline="First")
    other = make_ready_article(office=make_office("nairobi", "Nairobi Office"))
    foreign = save(other, walt, headline="Secret")
    pages = ["history/", f"history/{kept.pk}/", f"history/compare/?old={kept.pk}"]
    client.force_login(make_user("nora", "writer", make_office("nairobi", "Nairobi Office")))
    assert [client.get(at(article, page)).status_code for page in pages] == [404] * 3
    assert client.post(at(article, f"history/{kept.pk}/restore/")).status_code == 404
    client.force_login(make_user("tara", "translator"))
    assert [client.get(at(article, page)).status_code for page in pages] == [200] * 3
    assert client.post(at(article, f"history/{kept.pk}/restore/")).status_code == 403
    assert client.get(at(article, f"history/{kept.pk}/restore/")).status_code == 405
    assert client.get(at(article, f"history/{foreign.pk}/")).status_code == 404  # of another article
    article.refresh_from_db()
    assert article.headline == "First"


def test_a_new_edition_in_review_is_compared_with_the_public_one(client, aziz, walt):
    article = live(aziz)
    copy = move(article, "revise", walt)
    save(copy, walt, headline="Another headline")
    move(copy, "submit", walt)
    client.force_login(aziz)
    page = client.get(at(copy, "change/")).content.decode()
    assert "What changed since the last edition" in page
    assert "1 field changed" in page


def test_a_deleted_draft_leaves_its_moves_and_texts(client, aziz, walt):
    article = make_ready_article(created_by=walt)
    save(article, walt, headline="Never published", body="<p>A draft.</p>")
    move(article, "submit", walt)
    move(article, "request_changes", aziz, reason="Not ours.")
    client.force_login(aziz)
    assert client.post(at(article, "delete/"), {"post": "yes"}).status_code == 302
    assert not Article.objects.filter(pk=article.pk).exists()
    row = DeletedArticle.objects.get()
    assert (row.headline, row.by, row.author) == ("Never published", aziz, "walt")
    assert [step["name"] for step in row.history["moves"]] == ["submit", "request_changes"]
    page = client.get(f"/admin/articles/deletedarticle/{row.pk}/change/").content.decode()
    for told in ("<p>A draft.</p>", "Not ours.", "Request changes", "Never published"):
        assert told in page
    assert "Never published" in client.get("/admin/articles/deletedarticle/").content.decode()


def test_deleted_articles_are_for_those_who_could_see_them(client, aziz, walt):
    article = make_ready_article()
    client.force_login(aziz)
    client.post(at(article, "delete/"), {"post": "yes"})
    row = DeletedArticle.objects.get()
    address = f"/admin/articles/deletedarticle/{row.pk}/change/"
    client.force_login(make_user("nora", "writer", make_office("nairobi", "Nairobi Office")))
    assert client.get(address).status_code == 302  # as for any row that is not there
    client.get("/admin/")  # shows the messages
    assert article.headline not in client.get("/admin/articles/deletedarticle/").content.decode()
    client.force_login(make_user("gina", "writer", make_office()))
    assert client.get(address).status_code == 200
    assert client.post(address, {"headline": "x"}).status_code == 403


def test_a_form_that_is_opened_in_review_and_saved_changes_nothing(client, aziz, walt):
    article = make_ready_article()
    move(article, "submit", walt)
    client.force_login(aziz)
    before = article.revisions.count()
    client.post(at(article, "change/"), filled(client.get(at(article, "change/"))))
    assert article.revisions.count() == before


def test_an_earlier_version_comes_back_with_its_links_and_quotes(aziz):
    article = make_ready_article(headline="One")
    article.related_links.create(url="https://example.org/a", title="A")
    article.quotes.create(speaker="Ann", text="Yes.", language="en", approved_by="Ben", approved_on="2026-11-02")
    first = revisions.record(article, aziz)
    article.related_links.all().delete()
    article.quotes.update(text="No.")
    save(article, aziz, headline="Two")
    restored, lost = restoring.restore(article, first.content, aziz)
    assert (restored.headline, lost) == ("One", [])
    assert revisions.content(restored)["related_links"] == first.content["related_links"]
    assert revisions.content(restored)["quotes"] == first.content["quotes"]


def test_a_quote_of_an_earlier_version_keeps_its_number_by_which_translations_find_it(aziz):
    article = make_ready_article()
    for speaker, text in (("Ann", "Rain."), ("Ben", "Hail."), ("Cleo", "Snow."), ("Ben", "Fog.")):
        article.quotes.create(speaker=speaker, text=text)
    article.quotes.get(number=1).delete()
    first = revisions.record(article, aziz)
    article.quotes.get(number=2).delete()
    article.quotes.filter(number=3).update(text="Sleet.")
    save(article, aziz, headline="Two")
    restored, _lost = restoring.restore(article, first.content, aziz)
    found = list(restored.quotes.values_list("number", "speaker", "text"))
    assert found == [(1, "Ben", "Hail."), (3, "Cleo", "Snow."), (4, "Ben", "Fog.")], (
        "whose number is free gets the first"
    )
    assert revisions.content(restored)["quotes"] == first.content["quotes"]


def test_an_earlier_version_comes_back_with_files_that_were_replaced_since(aziz, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lead, picture, shown = (create_image(files.picture(40 + size, 30), credit="Ann") for size in range(3))
    levels = create_attachment(b"a,b\n1,2\n", title="Levels", language="en", name="a.csv")
    body = f'<p>Wells.</p><img src="{shown.get_absolute_url()}" alt="A well">'
    article = make_ready_article(lead_image=lead, gallery=[picture], attachments=[levels], body=body)
    first = revisions.record(article, aziz)
    save(article, aziz, body="<p>Wells.</p>", lead_image=None)
    article.gallery.clear()
    article.attachments.clear()
    for file in (lead, picture, shown):
        replacing.replace(file, images.check(BytesIO(files.picture(60 + file.pk, 50))), images.fill, aziz, "Wrong.")
    replacing.replace(levels, attachments.check(BytesIO(b"a,b\n1,3\n"), "b.csv"), attachments.fill, aziz, "Wrong.")
    restored, lost = restoring.restore(article, first.content, aziz)
    assert lost == []
    assert (restored.lead_image, [*restored.gallery.all()]) == (lead, [picture])
    assert [*restored.attachments.all()] == [levels]
    assert [row.image for row in restored.body_image_rows.all()] == [shown], "its old address leads to the new file"
