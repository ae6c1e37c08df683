"""Terms of the glossary: found in the source in any form, and missed in a translation that says them otherwise."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import checks
from articles.models import GlossaryTerm
from articles.translating import glossary
from articles.translating.begin import begin_translation
from articles.translating.paragraphs import of_html
from tests.cast import make_article, make_ready_article, make_user
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def make_term(code, note="", **wordings):
    """`wordings`: {language: the agreed wording, with others below it}"""
    term = GlossaryTerm.objects.create(code=code, note=note)
    for language, text in wordings.items():
        wording, _line, others = text.partition("\n")
        term.translations.create(language=language, wording=wording, others=others)
    return term


def found(source, translation, language):
    """[(term, whether the translation has it)]"""
    terms = glossary.agreed(of_html(f"<p>{source}</p>"), "en", of_html(f"<p>{translation}</p>"), language)
    return [(one.term, one.is_used) for one in terms]


@pytest.mark.parametrize(
    ("language", "wording", "right", "wrong"),
    [
        ("fr", "personne déplacée", "Des personnes déplacées reviennent.", "Des réfugiés reviennent."),
        ("es", "persona desplazada", "Vuelven las personas desplazadas.", "Vuelven los refugiados."),
        ("ru", "перемещённое лицо", "О перемещенных лицах.", "О беженцах."),
        ("ar", "شخص نازح", "عاد الأشخاص النازحون.", "عاد اللاجئون."),
        ("zh", "流离失所者", "数千名流离失所者返回。", "数千名难民返回。"),
    ],
)
def test_inflected_forms_are_the_agreed_wording_and_other_words_are_not(language, wording, right, wrong):
    make_term("idp", en="displaced person", **{language: wording})
    source = "Displaced persons return."
    assert found(source, right, language) == [("displaced person", True)]
    assert found(source, wrong, language) == [("displaced person", False)]


def test_words_apart_and_part_of_a_longer_term_are_no_term():
    make_term("un", en="United Nations", fr="Nations Unies")
    make_term("unicef", en="United Nations Children's Fund", fr="UNICEF")
    assert found("The nations are united.", "", "fr") == []
    assert found("The United Nations Children’s Fund", "L’UNICEF", "fr") == [("United Nations Children's Fund", True)]


def test_an_abbreviation_is_found_in_capitals_only_and_a_short_form_counts():
    make_term("who", en="WHO", fr="Organisation mondiale de la santé\nOMS")
    assert found("Those who know", "", "fr") == []
    assert found("WHO knows", "L’OMS sait", "fr") == [("WHO", True)]
    assert found("WHO knows", "L’Organisation mondiale de la Santé sait", "fr") == [("WHO", True)]


def test_a_term_without_a_wording_in_either_language_is_not_told():
    make_term("a", en="river basin", es="cuenca")
    make_term("b", fr="bassin")
    assert found("The river basin", "", "fr") == []


def test_any_wording_can_be_looked_for():
    for number, text in enumerate(["…", "3,000", "US$", "COVID-19", "l’eau", "-", "١٢", "U.S."]):
        make_term(f"t{number}", en=text, fr=text)
        assert all(used for _term, used in found(text, text, "fr"))


def test_the_parity_check_warns_and_the_panel_suggests(client):
    make_term("crest", note="Not the banner.", en="flood crest", fr="pointe de crue")
    edna = make_user("edna", "approver")
    source = make_ready_article(body="<p>The flood crests came early this year to all of us.</p>")
    french = begin_translation(source, "fr", edna)
    client.force_login(edna)
    page = client.get(f"/admin/articles/article/{french.pk}/change/")
    html = page.content.decode()
    assert '<dt lang="en" dir="ltr">flood crest</dt>' in html
    assert '<span lang="fr" dir="ltr">pointe de crue</span>' in html
    assert "Not the banner." in html
    told = "The source has “flood crest”. The agreed wording, “pointe de crue”, is not in the translation."
    for body, is_told in (("<p>Le pic est venu tôt.</p>", True), ("<p>Les pointes de crue sont tôt.</p>", False)):
        french.body = body
        assert (told in [one.sentence for one in checks.warnings(french)]) is is_told


def test_terms_cost_the_same_number_of_queries(django_assert_num_queries):
    paragraphs = of_html("<p>river basin, flood crest</p>")
    for number in range(20):
        make_term(f"t{number}", en=f"river {number}", fr=f"fleuve {number}")
    with django_assert_num_queries(1):
        glossary.agreed(paragraphs, "en", paragraphs, "fr")


def test_the_list_shows_all_wordings_in_the_same_number_of_queries(client, django_assert_num_queries):
    client.force_login(make_user("tara", "translator"))
    for number in range(10):
        make_term(f"t{number}", en=f"river {number}", fr=f"fleuve {number}")
    client.get("/admin/articles/glossaryterm/")
    with CaptureQueriesContext(connection) as ten:
        client.get("/admin/articles/glossaryterm/")
    for number in range(10, 20):
        make_term(f"t{number}", en=f"river {number}", fr=f"fleuve {number}")
    with django_assert_num_queries(len(ten)):
        html = client.get("/admin/articles/glossaryterm/?q=fleuve").content.decode()
    assert '<bdi lang="fr" dir="ltr">fleuve 19</bdi> <span class="quiet">French</span>' in html


def test_an_editor_adds_a_term_and_a_translator_only_reads(client):
    client.force_login(make_user("aziz", "approver"))
    page = client.get("/admin/articles/glossaryterm/add/")
    typed = {"code": "crest", "translations-0-language": "en", "translations-0-wording": "flood crest"}
    assert client.post("/admin/articles/glossaryterm/add/", filled(page, **typed)).status_code == 302
    term = GlossaryTerm.objects.get()
    assert term.name == "flood crest"
    client.force_login(make_user("tara", "translator"))
    address = f"/admin/articles/glossaryterm/{term.pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"code": "x"}).status_code == 403


def test_a_source_has_no_terms_to_keep_to():
    make_term("crest", en="flood crest", fr="pointe de crue")
    assert not any("agreed wording" in one.sentence for one in checks.warnings(make_article(body="<p>flood crest</p>")))
