"""Each language is set in its own script's letters, heights and habits; the masthead is low in all of them."""

import pytest

from newsroom.models import Page
from tests.cast import make_article, make_office, make_region

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = {
    "en": "Organization for Shared Waters and Rivers",
    "fr": "Organisation des eaux et des rivières partagées",
    "es": "Organización de Aguas y Ríos Compartidos",
    "ar": "منظمة المياه والأنهار المشتركة",
    "ru": "Организация общих вод и рек",
    "zh": "共享水域与河流组织",
}
HEADING_LINES = {"ar": (1.3, 1.4), "zh": (1.25, 1.35)}  # of headings, times their size; all others: 1.1 to 1.25
TEXT_LINES = {"ar": (1.75, 1.9), "zh": (1.65, 1.8)}  # of the text of an article; all others: 1.5 to 1.65
QUOTES = {"en": "“", "fr": "«\xa0", "es": "«", "ar": "«", "ru": "«", "zh": "“"}
SET = """() => {
    const of = selector => getComputedStyle(document.querySelector(selector));
    const lines = style => parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    const em = of('.prose em');
    return {
        h1: lines(of('h1')), h2: lines(of('.prose h2')), text: lines(of('.prose p')),
        face: of('h1').fontFamily.split(',')[0], emphasis: em.fontStyle, weight: em.fontWeight,
        dots: em.textEmphasisStyle, spacing: of('.label').letterSpacing, hyphens: of('.prose p').hyphens,
        quote: of('h1').quotes.split('"')[1], english: lines(of('.prose h2[lang=en]')),
    };
}"""


@pytest.fixture(autouse=True)
def newsroom(settings):
    """The same story in six languages, with a heading, emphasis and a heading in English."""
    settings.NEWSROOM_NAMES = NAMES
    body = '<h2>{name}</h2><p>{name} <em>{name}</em></p><h2 lang="en" dir="ltr">English</h2>'
    for number in range(6):
        page = Page.objects.create(code=f"page-{number}", order=number)
        page.translations.create(language="en", title=f"A page of the site, number {number}")
    facets = {"regions": [make_region()], "office": make_office()}
    source = None
    for language, name in NAMES.items():
        row = make_article(
            slug="story", language=language, headline=name, body=body.format(name=name), translation_of=source, **facets
        )
        source = source or row


def test_every_script_has_its_own_faces_heights_and_habits(page):
    faces = {}
    for language in NAMES:
        page.goto(f"/{language}/news/story/")
        found = page.evaluate(SET)
        least, most = HEADING_LINES.get(language, (1.1, 1.25))
        assert least <= found["h1"] <= most, language
        assert least <= found["h2"] <= most, language
        least, most = TEXT_LINES.get(language, (1.5, 1.65))
        assert least <= found["text"] <= most, language
        assert found["english"] < 1.25, language  # also within a page in Arabic
        assert found["quote"] == QUOTES[language]
        joined = language in ("ar", "zh")
        assert found["emphasis"] == ("normal" if joined else "italic"), language
        assert (found["weight"] == "700", "dot" in found["dots"]) == (language == "ar", language == "zh")
        assert (found["spacing"] in ("normal", "0px")) == joined, language
        assert found["hyphens"] == ("manual" if joined else "auto"), language
        faces[language] = found["face"]
    assert faces["ar"] == '"Noto Naskh Arabic"'
    assert "CJK" in faces["zh"]
    assert faces["en"] not in (faces["ar"], faces["zh"])


def test_on_a_phone_the_masthead_is_low_and_its_menus_open_without_a_script(browser, live_server):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    for language in NAMES:
        page.goto(f"/{language}/")
        assert page.locator(".masthead").bounding_box()["height"] < 120, language
        for tool in (".find", ".languages > button", ".sections > button"):
            box = page.locator(tool).bounding_box()
            assert min(box["width"], box["height"]) >= 44, (language, tool)
        assert not page.locator(".sections li").first.is_visible()
        sides = "links => [...new Set(links.map(link => getComputedStyle(link).textAlign))]"
        assert page.locator(".languages li a").evaluate_all(sides) == ["right" if language == "ar" else "left"]
    page.locator(".sections > button").click()
    assert page.locator(".sections li").first.is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".sections li").first.is_visible()
    page.locator(".languages > button").click()
    page.locator(".languages [lang=fr]").click()
    page.wait_for_url("**/fr/")
    context.close()


def test_at_a_desk_the_article_has_a_column_to_read_and_one_with_contacts(page):
    page.goto("/en/news/story/")
    text, side = (page.locator(part).bounding_box() for part in (".prose p", ".press-contacts"))
    assert side["x"] > text["x"] + text["width"]
    assert side["y"] < text["y"] + text["height"] + 100
    assert side["width"] >= 300
    assert side["x"] + side["width"] > 1280 * 0.9
    assert 560 <= text["width"] <= 680  # some 66 letters
    page.goto("/ar/news/story/")
    text, side = (page.locator(part).bounding_box() for part in (".prose p", ".press-contacts"))
    assert side["x"] + side["width"] < text["x"]
