"""Related links and "leads to" are words of an article, too: revisions and editions say them."""

import pytest
from django.urls import reverse

from articles.models import Article, ImportRun
from articles.publishing import revisions
from articles.publishing.four_eyes import writers_and_submitter
from articles.publishing.workflow import move
from tests.articles.importing.fixture_records import article, newsroom, record, run, write
from tests.cast import chain_is_whole, make_article, make_ready_article, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db
MORE, LESS = ["https://example.org/more", "More"], ["https://example.org/less", "Less"]


def save(client, found, **changes):
    at = reverse("admin:articles_article_change", args=[found.pk])
    assert client.post(at, filled(client.get(at), **changes)).status_code == 302


def link(url, title, key=("en", "harbour-opens")):
    return record("articles.relatedlink", article=list(key), url=url, title=title)


def bring(tmp_path, *records):
    assert run(write(tmp_path / "news.json", newsroom(*records)))[0] == 0
    return Article.objects.get(slug="harbour-opens")


def told(found):
    return [(one.edition, one.content["related_links"]) for one in found.revisions.order_by("id")]


def test_a_save_keeps_them(client, chief):
    found, other = make_ready_article(), make_article(slug="instead")
    Article.objects.filter(pk=found.pk).update(redirect_to=other)
    save(client, found, **{"related_links-0-url": MORE[0], "related_links-0-title": MORE[1]})
    said = found.revisions.first().content
    assert (said["related_links"], said["redirect_to"]) == ([MORE], ["en", "instead"])


def test_a_link_alone_is_a_new_edition_of_what_is_public(client, chief):
    found = make_article()
    revisions.publish_edition(found, chief)
    save(client, found, **{"related_links-0-url": MORE[0], "related_links-0-title": MORE[1]})
    assert told(found) == [(1, []), (2, [MORE])]
    assert chain_is_whole(found)


def test_a_new_edition_brings_them_and_a_discarded_one_does_not(client, chief):
    found = make_ready_article(state="approved")
    found.related_links.create(url=MORE[0], title=MORE[1])
    copy = move(found, "revise", chief)
    copy.related_links.create(url=LESS[0], title=LESS[1], order=1)
    move(copy, "discard", chief)
    assert revisions.content(found)["related_links"] == [MORE]
    copy = move(found, "revise", chief)
    copy.related_links.create(url=LESS[0], title=LESS[1], order=1)
    move(move(copy, "submit", chief), "publish", chief)
    assert told(found)[-1][1] == [MORE, LESS]


def test_who_added_a_link_wrote_some_of_it(client, chief):
    found = make_ready_article()
    revisions.record(found, make_user("walt", "writer"))
    save(client, found, **{"related_links-0-url": MORE[0], "related_links-0-title": MORE[1]})
    assert chief in writers_and_submitter(found)


def test_a_revision_of_before_says_nothing_of_them(client, chief):
    found = make_ready_article()
    found.related_links.create(url=MORE[0], title=MORE[1])
    old = revisions.record(found, make_user("walt", "writer"))
    for name in ("related_links", "redirect_to"):
        del old.content[name]
    old.save()
    save(client, found)
    assert chief not in writers_and_submitter(found)
    save(client, found, headline="Edna's")
    assert chief in writers_and_submitter(found)
    assert client.get(reverse("admin:articles_article_change", args=[found.pk])).status_code == 200


def test_an_import_that_changes_words_says_links_and_redirect(tmp_path):
    bring(tmp_path, article("instead"), article(redirect_to=["en", "instead"]), link(*MORE))
    found = bring(tmp_path, article("instead"), article(headline="Newer"), link(*MORE), link(*LESS))
    assert told(found) == [(1, [MORE]), (2, [MORE, LESS])]
    assert found.revisions.last().content["redirect_to"] == ["en", "instead"]
    assert found.revisions.first().content == revisions.content(found)
    assert chain_is_whole(found)


def test_an_import_that_changes_links_alone_adds_to_the_history_and_so_does_its_undo(tmp_path, chief):
    found = bring(tmp_path, article(), link(*MORE))
    assert not found.revisions.exists()
    revisions.publish_edition(found, chief)
    bring(tmp_path, article(), link(*MORE), link(*LESS))
    assert told(found) == [(1, [MORE]), (2, [MORE, LESS])]
    assert run(undo=ImportRun.objects.latest("pk").pk)[0] == 0
    assert told(found)[2:] == [(3, [MORE])]
    assert chain_is_whole(found)
    bring(tmp_path, article(), link(*MORE))
    assert len(told(found)) == 3
