"""Whatever way HTML comes into the database, it comes clean."""

import pytest

from articles.models import Article
from tests.cast import make_article

pytestmark = pytest.mark.django_db
DIRTY = '<p>Text.</p><script>alert(1)</script><meta http-equiv="refresh" content="0;url=https://example.org">'


def test_saving_bulk_writes_and_updates_store_clean_html():
    saved = make_article(body=DIRTY, notes_to_editors=DIRTY)
    Article.objects.bulk_create([Article(language="en", slug="bulk", headline="Bulk", body=DIRTY)])
    updated = make_article()
    Article.objects.filter(pk=updated.pk).update(body=DIRTY)
    raw = Article(language="en", slug="raw", headline="Raw", body=DIRTY)
    raw.save_base(raw=True)
    for article in [saved, updated, raw, Article.objects.get(slug="bulk")]:
        article.refresh_from_db()
        assert article.body == "<p>Text.</p>"
    assert Article.objects.get(pk=saved.pk).notes_to_editors == "<p>Text.</p>"
