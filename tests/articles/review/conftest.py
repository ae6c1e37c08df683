"""A text in review, its writer and its approver."""

import pytest

from articles.publishing.workflow import move
from tests.cast import make_ready_article, make_user

BODY = "<p>The river rose by three metres in May.</p><p>Schools are closed until Monday.</p>"


@pytest.fixture
def walt():
    return make_user("walt", "writer")


@pytest.fixture
def aziz():
    return make_user("aziz", "approver")


@pytest.fixture
def article(walt):
    article = make_ready_article(headline="Floods", summary="", body=BODY, created_by=walt)
    move(article, "submit", walt)
    return article
