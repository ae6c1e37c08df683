"""Beside an article its documents stand with type, language and size, so that readers know what they will get."""

import re

import pytest

from tests import files
from tests.cast import create_attachment, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "PDF · French · "), ("fr", "PDF · français · "), ("zh", "PDF · 法语 · ")]
)
def test_a_document_has_its_type_language_and_size(client, language, shown):
    article = make_article(
        language=language, attachments=[create_attachment(files.PDF, "Rapport annuel", "fr", name="x.pdf")]
    )
    page = client.get(article.get_absolute_url()).content.decode()
    line = re.sub(r"<[^>]+>", "", re.search(r'Rapport annuel.*?<span class="number">(.*?)</span></li>', page)[1])
    assert line.startswith(shown)
    assert re.search(r"\d", line)
