"""Facets keep their order, follow their source, and carry the language and date that lists use."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from articles.publishing import after_save, revisions
from articles.publishing.afterwards import verification
from tests.cast import make_article, make_contact, make_office, make_region, make_topic, make_user

pytestmark = pytest.mark.django_db


def codes(article):
    return [row.region.code for row in article.region_rows.all()]


def test_the_order_is_the_order_given():
    regions = [make_region(code) for code in ("europe", "africa", "asia-pacific")]
    article = make_article(regions=[regions[2], regions[0], regions[1]])
    assert codes(article) == ["asia-pacific", "europe", "africa"]
    article.regions.set([regions[1], regions[2]])
    assert codes(article) == ["africa", "asia-pacific"]


def test_a_translation_follows_its_source():
    source = make_article(regions=[make_region()], topics=[make_topic()], contacts=[make_contact()])
    french = make_article(language="fr", translation_of=source, kind="speech")
    Article.objects.filter(pk=source.pk).update(kind="statement", office=make_office())
    source.refresh_from_db()
    after_save.sync(source)
    french.refresh_from_db()
    assert codes(french) == ["europe"]
    assert [row.contact.code for row in french.contact_rows.all()] == ["media-unit"]
    assert (french.kind, french.office.code) == ("statement", "geneva")
    assert french.region_rows.get().language == "fr"


def test_the_history_of_a_translation_tells_what_it_took_from_its_source():
    """It is no edition, as its text stays; and who changed the source has written nothing of it."""
    edna = make_user("edna", "approver")
    source = make_article(regions=[make_region()], updated_by=edna)
    french = make_article(language="fr", translation_of=source, regions=[make_region()], updated_by=edna)
    first = revisions.publish_edition(french)
    after_save.sync(source)
    assert not french.moves.exists()
    source.regions.set([make_region("africa")])
    after_save.sync(source)
    after_save.sync(source)
    last, before = french.revisions.all()
    assert (before, last.edition, last.by, last.content["regions"]) == (first, None, None, ["africa"])
    assert [(move.name, move.by, move.to_state) for move in french.moves.all()] == [("follow", edna, "approved")]
    assert revisions.authors_since_last_edition(french) == set()
    assert [faults for _number, faults in verification.verify()] == [[]]
    second = revisions.publish_edition(french)
    assert (second.edition, second.content["regions"], second.previous_sha256) == (2, ["africa"], first.sha256)


def test_the_first_edition_of_an_imported_translation_has_its_own_facets():
    source = make_article(regions=[make_region("africa")])
    french = make_article(language="fr", translation_of=source, regions=[make_region()])
    after_save.sync(source)
    assert french.revisions.get(edition=1).content["regions"] == ["europe"]


def test_the_listed_date_beside_a_facet_follows_the_article():
    article = make_article(regions=[make_region()])
    later = timezone.now() + timedelta(days=2)
    Article.objects.filter(pk=article.pk).update(publish_at=later)
    after_save.refresh_listed([article.pk])
    assert article.region_rows.get().listed_at == later
    Article.objects.filter(pk=article.pk).update(state="draft")
    after_save.refresh_listed([article.pk])
    assert article.region_rows.get().listed_at is None


def test_syncing_costs_the_same_for_one_facet_and_for_many(django_assert_num_queries):
    article = make_article(regions=[make_region()])
    many = make_article(regions=[make_region(code) for code in ("a", "b", "c", "d")])
    with CaptureQueriesContext(connection) as few:
        after_save.sync(article)
    with django_assert_num_queries(len(few)):
        after_save.sync(many)


def test_a_draft_of_the_source_changes_nothing_that_was_approved():
    """Its writers could else move a public translation to other topics without anybody's approval."""
    source = make_article(state="draft", regions=[make_region("africa")], kind="statement")
    live = make_article(language="fr", translation_of=source, regions=[make_region()])
    drafted = make_article(language="es", translation_of=source, regions=[make_region()], state="draft")
    after_save.sync(source)
    live.refresh_from_db()
    assert (codes(live), live.kind, codes(drafted)) == (["europe"], "news", ["africa"])
    Article.objects.filter(pk=source.pk).update(state="approved")
    source.refresh_from_db()
    after_save.sync(source)
    live.refresh_from_db()
    assert (codes(live), live.kind) == (["africa"], "statement")
