"""The groups of pages of the admin of articles: all are listed, and each gives the form names of its own."""

from collections import Counter

import pytest
from django.contrib import admin

from articles.admin.article.pages import ArticlePages
from articles.models import Article
from tests.cast import make_ready_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_every_group_is_listed():
    assert set(ArticlePages.__subclasses__()) == set(admin.site.get_model_admin(Article).pages)


def test_no_two_groups_give_the_form_the_same_name(rf, settings):
    settings.READER_FIGURES = True
    articles, request = admin.site.get_model_admin(Article), rf.get("/")
    request.user = make_user("aziz", "approver")
    for state in Article.State.values:
        row = {"state": state, "withdrawal_note": "Wrong."}
        source = make_ready_article(**row)
        for article in (source, make_ready_article(**row, language="fr", translation_of=source)):
            names = Counter(name for group in articles.pages for name in group(articles).context(request, article))
            assert names["checks"] == 1
            assert [name for name, times in names.items() if times > 1] == [], state
