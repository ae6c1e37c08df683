"""What must never be, the database itself refuses: also to bulk writes that pass no form."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article
from tests.cast import make_article

pytestmark = pytest.mark.django_db


def refused(**values):
    row = {"language": "en", "slug": "other", "headline": "Other"} | values
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.bulk_create([Article(**row)])


def test_two_articles_with_one_address():
    make_article(slug="flood")
    refused(slug="flood")
    make_article(slug="flood", language="fr")


def test_two_working_copies_of_one_article():
    article = make_article()
    make_article(revises=article, slug=article.slug, state="draft")
    refused(revises=article, slug=article.slug)


def test_a_public_article_without_a_date():
    refused(state="approved", publish_at=None)
    refused(state="withdrawn", publish_at=None, withdrawal_note="Wrong.")


def test_a_withdrawn_article_without_an_explanation():
    refused(state="withdrawn", publish_at=timezone.now(), withdrawal_note="")


def test_a_translation_in_the_language_of_its_source():
    refused(translation_of=make_article())


def test_a_translation_of_a_translation():
    french = make_article(language="fr", translation_of=make_article())
    refused(language="es", translation_of=french)


def test_two_translations_into_one_language():
    source = make_article()
    make_article(language="fr", translation_of=source)
    refused(language="fr", translation_of=source)


def test_a_source_with_translations_stays_a_source_in_another_language():
    source, other = make_article(), make_article()
    make_article(language="fr", translation_of=source)
    for change in ({"language": "fr", "slug": "x"}, {"translation_of": other, "language": "es", "slug": "y"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=source.pk).update(**change)


def test_an_embargo_that_ends_before_it_starts():
    now = timezone.now()
    refused(state="approved", publish_at=now, press_from=now + timedelta(hours=1))


def test_an_unknown_state():
    refused(state="published", publish_at=timezone.now())


def test_the_database_computes_the_listed_date():
    now = timezone.now()
    live = make_article(publish_at=now)
    copy = make_article(publish_at=now, revises=live, slug="copy")
    draft = make_article(publish_at=now, state="draft")
    dates = dict(Article.objects.values_list("pk", "listed_at"))
    assert dates == {live.pk: now, copy.pk: None, draft.pk: None}
