"""Whatever way HTML comes into the database, it comes clean."""

import pytest
from django.db import connection
from django.utils.html import escape

from articles.html.tree import DEPTH
from articles.models import Article
from newsroom.models import Page
from tests.cast import make_article, make_user

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


TOO_DEEP = "<blockquote>" * (DEPTH + 1) + "Older than the limit."


def store(row, field, html):
    """Past the field, as an older version of the software may have stored it."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {field} = %s WHERE id = %s", [html, row.pk])


def test_what_is_too_complex_by_the_rules_of_today_is_shown_as_text(client):
    article, page = make_article(), Page.objects.create(code="us")
    words = page.translations.create(language="en", title="Who we are", body="<p>x</p>")
    make_article(language="fr", slug="un", translation_of=article, state="draft", publish_at=None)
    for row, field in ((article, "body"), (article, "notes_to_editors"), (words, "body")):
        store(row, field, TOO_DEEP)
    assert escape(TOO_DEEP) in client.get("/en/about/us/").content.decode()
    client.force_login(make_user("tara", "translator"))
    for one in Article.objects.all():  # the French one shows its source beside it
        shown = client.get(f"/admin/articles/article/{one.pk}/change/").content.decode()
        assert shown.count(escape(TOO_DEEP)) == 2, one.language
