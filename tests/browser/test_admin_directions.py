"""In the desk, texts have the direction and face of their own language; addresses and codes run from left to right."""

import pytest

from tests import files
from tests.browser.settled import settle
from tests.cast import create_image, make_contact, make_country, make_office, make_ready_article, make_user

# Where the text of an element begins, and on which side lists, quotations and tables keep their space.
SIDES = """area => {
  const side = (element) => {
    const range = document.createRange()
    range.selectNodeContents(element)
    const [text, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()]
    return text.left - box.left < box.right - text.right ? "ltr" : "rtl"
  }
  const space = (element, name) => {
    const style = getComputedStyle(element)
    return parseFloat(style[`${name[0]}Left${name[1]}`]) > parseFloat(style[`${name[0]}Right${name[1]}`]) ? "ltr" : "rtl"
  }
  const one = (name) => area.querySelector(name)
  return {
    h2: side(one("h2")), h3: side(one("h3")), p: side(one("p")), th: side(one("th p")), td: side(one("td p")),
    ul: space(one("ul"), ["padding", ""]), ol: space(one("ol"), ["padding", ""]),
    quotation: space(one("blockquote"), ["border", "Width"]), caption: side(one("figcaption p")),
  }
}"""
STARTS = """() => [...document.querySelectorAll("form .help")].filter((help) => help.parentElement.matches(".form-row"))
  .map((help) => {
    const field = help.parentElement.querySelector("textarea, select, input")
    return [help.getBoundingClientRect(), field.getBoundingClientRect()].map((box) => [box.left, box.right])
  })"""
WORDS = {"en": "Rain", "ar": "مطر"}
DIRECTIONS = {"en": "ltr", "ar": "rtl"}


def body(word):
    sea = create_image(files.picture(), "A. Otieno", alt={"en": "The sea"}).file.url
    return (
        f"<h2>{word}</h2><h3>{word}</h3><p>{word} <em>{word}</em></p><ul><li>{word}</li></ul><ol><li>{word}</li></ol>"
        f"<blockquote><p>{word}</p></blockquote><table><tbody><tr><th>{word}</th><td>{word}</td></tr>"
        f"<tr><td>{word * 9}</td><td>{word * 9}</td></tr></tbody></table>"
        f'<figure><img src="{sea}" alt="{word}"><figcaption>{word}</figcaption></figure>'
    )


@pytest.fixture
def desk(page, context, client, live_server, transactional_db):
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))

    def enter(language):
        cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": language}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        return page

    return enter


def direction(locator):
    return locator.evaluate("element => getComputedStyle(element).direction")


@pytest.mark.parametrize(("interface", "content"), [("en", "ar"), ("ar", "en")])
def test_a_text_has_its_own_direction_in_the_editor(desk, interface, content):
    page = desk(interface)
    article = make_ready_article(language=content, headline=WORDS[content], body=body(WORDS[content]))
    article.related_links.create(url="https://example.org/", title=WORDS[content], order=0)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    settle(page)
    area = page.get_by_role("textbox").and_(page.locator(".field-body .ProseMirror"))
    found = area.evaluate(SIDES)
    assert found == dict.fromkeys(found, DIRECTIONS[content])
    assert area.get_attribute("lang") == content
    assert direction(page.locator(".field-body .prose-menubar")) == DIRECTIONS[interface]
    for name in ("headline", "summary", "dateline_place", "related_links-0-title"):
        field = page.locator(f"#id_{name}")
        assert (name, direction(field), field.get_attribute("lang")) == (name, DIRECTIONS[content], content)
    assert direction(page.locator("label[for=id_headline]")) == DIRECTIONS[interface]


def test_arabic_and_chinese_have_their_own_face_and_leading_and_no_italics(desk):
    page = desk("en")
    style = "(element, name) => getComputedStyle(element)[name]"
    for language, face in (("ar", "Noto Naskh Arabic"), ("zh", "Noto Sans SC")):
        article = make_ready_article(language=language, headline="雨", body=body("مطر"))
        page.goto(f"/admin/articles/article/{article.pk}/change/")
        settle(page)
        for selector in (".field-body .ProseMirror p", "#id_headline", "#id_summary", "h1 bdi"):
            assert face in page.locator(selector).first.evaluate(style, "fontFamily"), selector
        area = page.locator(".field-body .ProseMirror")
        assert area.locator("em").evaluate(style, "fontStyle") == "normal"
        leading = "element => parseFloat(getComputedStyle(element).lineHeight) / parseFloat(getComputedStyle(element).fontSize)"
        assert area.locator("p").first.evaluate(leading) >= 1.7
        assert 1.25 <= area.locator("h2").evaluate(leading) <= 1.45


def test_the_language_of_a_row_is_that_of_its_texts_before_it_is_saved(desk):
    page = desk("en")
    office = make_office()
    for address, texts in (
        (f"/admin/contacts/office/{office.pk}/change/", ["#id_translations-1-name", "#id_translations-1-address"]),
        ("/admin/newsroom/page/add/", ["#id_translations-0-title", "#translations-0 .ProseMirror"]),
        ("/admin/articles/attachment/add/", ["#id_title"]),
        ("/admin/articles/article/add/", ["#id_headline", ".field-body .ProseMirror", "#id_related_links-0-title"]),
    ):
        page.goto(address)
        settle(page)
        choice = page.locator(f"{texts[0].rpartition('-')[0] or '#id'}-language, #id_language").first
        for language in ("ar", "fr", "ar"):
            choice.select_option(language)
            found = [(text, page.locator(text).get_attribute("lang"), direction(page.locator(text))) for text in texts]
            assert found == [(text, language, DIRECTIONS.get(language, "ltr")) for text in texts]
        page.evaluate("window.onbeforeunload = null")


def test_addresses_and_codes_run_from_left_to_right_in_the_arabic_desk(desk):
    page = desk("ar")
    office = make_office(email="press@example.org", website="https://example.org/")
    contact, country = make_contact(office=office), make_country()
    contact.phones.create(display="+41 22 555 01 50", order=0)
    article = make_ready_article(slug="a-slug")
    article.related_links.create(url="https://example.org/a/", title="Elsewhere", order=0)
    forms = {
        f"office/{office.pk}": [
            "#id_email",
            "#id_website",
            "#id_timezone",
            "#id_languages",
            "#id_latitude",
            ".field-code bdi",
        ],
        "office/add": ["#id_code"],
        f"contact/{contact.pk}": ["#id_email", "#id_phones-0-display", "#phones-0 .field-recognised bdi"],
        f"country/{country.pk}": [".field-iso3 bdi", ".field-m49 bdi"],
    }
    for form, fields in forms.items():
        page.goto(f"/admin/contacts/{form}{'' if form.endswith('add') else '/change'}/")
        assert {field: direction(page.locator(field).first) for field in fields} == dict.fromkeys(fields, "ltr")
        headings = page.locator(".inline-heading").evaluate_all(
            "all => all.map(one => getComputedStyle(one).letterSpacing)"
        )
        assert set(headings) <= {"normal", "0px"}  # Arabic letters join
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    settle(page)
    for field in ("#id_slug", "#id_related_links-0-url", ".field-reference bdi"):
        assert direction(page.locator(field).first) == "ltr"
    for model, cell in (("office", "timezone"), ("country", "iso3"), ("country", "m49"), ("region", "code")):
        page.goto(f"/admin/contacts/{model}/")
        found = page.locator(f"#result_list tbody .field-{cell}").first
        assert direction(found) == "ltr"
        assert found.evaluate("cell => getComputedStyle(cell).textAlign") == "end"


def test_a_choice_is_shown_in_its_own_direction(desk):
    page = desk("ar")
    contact = make_contact(office=make_office(name="Regional Office (Nairobi)"))
    page.goto(f"/admin/contacts/contact/{contact.pk}/change/")
    shown = page.locator(".field-office .select2-selection__rendered")
    assert shown.evaluate("shown => getComputedStyle(shown).unicodeBidi") == "plaintext"


@pytest.mark.parametrize(("interface", "side"), [("en", 0), ("ar", 1)])
def test_the_help_of_a_field_begins_below_it(desk, interface, side):
    page = desk(interface)
    page.goto("/admin/articles/article/from-text/?sample=1")
    for button in ("#text_form input[type=submit]", None):
        starts = page.evaluate(STARTS)
        assert starts
        assert all(abs(help[side] - field[side]) < 2 for help, field in starts), starts
        if button:
            page.click(button)
            page.wait_for_selector("#reading_form")
