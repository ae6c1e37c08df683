"""Publishing one language never changes the pages of the others, except their links to each other and their notice."""

import re

import pytest

from articles.publishing.workflow import move
from articles.translating import source_states
from articles.translating.begin import begin_translation
from tests.cast import make_user

from .test_source_states import FRENCH, confirm, corrected, edit, published, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def edna():
    return make_user("edna", "approver")


def page(client, article):
    """The public bytes, without the links to other languages and the notice that the version is behind."""
    html = client.get(article.get_absolute_url()).content.decode()
    html = re.sub(r'<link rel="alternate" hreflang.*?>|<meta property="og:locale:alternate"[^>]*>', "", html)
    html = re.sub(r', "translationOfWork": \{[^}]*\}, "isBasedOn": "[^"]*"', "", html)
    html = re.sub(r'(?s)<(nav|form|ul|details)[^>]*class="[^"]*language.*?</\1>', "", html)
    html = re.sub(r'(?s)<section class="versions-list">.*?</section>', "", html)
    html = re.sub(r'(?s)<div class="withdrawn newer" role="note">.*?</div>', "", html)
    html = re.sub(r', "translationOfWork": \{[^}]*\}, "isBasedOn": "[^"]*"', "", html)
    html = re.sub(r'<a[^>]* hreflang="[^"]*"[^>]*>', "<a>", html)
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())


def test_one_language_changes_no_other(edna, client):
    """Whatever happens to the English and the Spanish text, the French page stays the same, letter by letter."""
    source = published(edna)
    french = translated(source, edna)
    before = page(client, french)
    assert FRENCH.split("</p>")[0] in before
    spanish = begin_translation(source, "es", edna)
    edit(spanish, headline="Un puente", slug="un-puente", body="<p>Un puente.</p>")
    for step in ("submit", "publish"):
        move(spanish, step, edna)
        assert page(client, french) == before, step
    source = corrected(source, edna)
    assert page(client, french) == before, "corrected"
    copy = move(spanish, "revise", edna)
    edit(copy, body="<p>Otro puente.</p>")
    move(copy, "submit", edna)
    move(copy, "publish", edna)
    assert page(client, french) == before, "edition in Spanish"
    spanish.refresh_from_db()
    move(spanish, "withdraw", edna, reason="Equivocado.")
    assert page(client, french) == before, "withdrawn in Spanish"
    source.refresh_from_db()
    move(source, "withdraw", edna, reason="Wrong.")
    assert page(client, french) == before, "source withdrawn"
    move(source, "reinstate", edna, reason="It was right.")
    assert page(client, french) == before, "source public again"


def notice(client, article):
    html = client.get(article.get_absolute_url()).content.decode()
    return re.search(r'(?s)<div class="withdrawn newer".*?</div>', html)


def test_the_page_of_an_outdated_version_says_so_and_leads_to_the_newer_one(edna, client):
    source = published(edna)
    french = translated(source, edna)
    assert notice(client, french) is None
    source = corrected(source, edna)
    told = notice(client, french)[0]
    assert "corrected" in told or "corrig" in told
    assert f'href="{source.get_absolute_url()}"' in told
    confirm(french, edna)
    assert notice(client, french) is None


def test_readers_are_not_told_of_a_minor_change(edna, client):
    source = published(edna)
    french = translated(source, edna)
    corrected(source, edna, kind="minor")
    assert source_states.state_of(french).behind == 1
    assert notice(client, french) is None


def test_nothing_leads_to_a_source_that_is_not_public(edna, client):
    source = published(edna)
    french = translated(source, edna)
    source = corrected(source, edna)
    move(source, "withdraw", edna, reason="All of it was wrong.")
    assert notice(client, french) is None


def test_the_page_cache_does_not_keep_an_old_notice(edna, client, settings, django_capture_on_commit_callbacks):
    source = published(edna)
    french = translated(source, edna)
    with django_capture_on_commit_callbacks(execute=True):
        source = corrected(source, edna)
    assert notice(client, french)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(french, edna)
    assert notice(client, french) is None
