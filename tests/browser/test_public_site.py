"""The public site in a real browser: accessible, without JavaScript, on a phone, in both directions."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from contacts.models import OpeningHours, Phone
from newsroom.models import Page
from tests.cast import create_image, make_article, make_contact, make_country, make_office, make_region, make_topic
from tests.files import picture

pytestmark = pytest.mark.django_db(transaction=True)
# axe prepares no report of what is right.
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PATHS = {
    "home": "/en/",
    "list": "/en/news/?region=europe",
    "search": "/en/news/?q=text",
    "empty": "/en/news/?year=1999",
    "article": "/en/news/floods/",
    "withdrawn": "/en/news/withdrawn/",
    "region": "/en/regions/europe/",
    "country": "/en/countries/che/",
    "topic": "/en/topics/floods/",
    "offices": "/en/offices/",
    "office": "/en/offices/geneva/",
    "contacts": "/en/media-contacts/",
    "page": "/en/about/our-work/",
    "archive": "/en/news/archive/",
    "privacy": "/en/privacy/",
    "lost": "/en/nope/",
}


@pytest.fixture(autouse=True)
def newsroom():
    """A small newsroom with every part that pages show; the story is there in English and in Arabic."""
    image = create_image(picture(), "A. Lens", alt={"en": "A river."})
    world, europe = make_region("global", "Global", kind="global"), make_region()
    floods = make_topic("floods", "Floods")
    office = make_office(latitude=46.2, longitude=6.1, email="geneva@example.org", languages=["fr"])
    bern = make_office("bern", "Bern Office", latitude=46.9, longitude=7.4)
    OpeningHours.objects.create(office=office, weekday=0, opens="08:00", closes="16:00")
    contact = make_contact(languages=["en", "ar"])
    Phone.objects.create(contact=contact, display="+41 22 717 93 89/ 59")
    page = Page.objects.create(code="our-work")
    page.translations.create(language="en", title="Our work", intro="What we are for.", body="<p>Long.</p>")
    facets = {"topics": [floods], "office": office, "contacts": [contact], "countries": [make_country()]}
    source = make_article(
        slug="floods",
        headline="Floods recede",
        summary="Slowly.",
        body='<p>Text with <a href="https://example.org/">a link</a>.</p><blockquote><p>“Well.”</p></blockquote>',
        notes_to_editors="<p>A note.</p>",
        lead_image=image,
        gallery=[image],
        regions=[europe],
        reference="2026-00001",
        dateline_place="Geneva",
        **facets,
    )
    make_article(
        slug="الفيضانات", headline="انحسار الفيضانات", language="ar", translation_of=source, regions=[europe], **facets
    )
    make_article(headline="Second story", regions=[world, europe], kind="speech", **(facets | {"office": bern}))
    make_article(slug="withdrawn", state="withdrawn", withdrawal_note="The figures were wrong.", **facets)


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 1280), ("ar", "dark", 320)])
def test_no_page_breaks_the_accessibility_guidelines(page, language, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    broken = {}
    for name, path in PATHS.items():
        address = path.replace("/en/", f"/{language}/", 1)
        address = "/ar/news/الفيضانات/" if (name, language) == ("article", "ar") else address
        page.goto(address)
        assert page.evaluate(WIDER) <= 0, address
        found = Axe().run(page, options=RULES).response["violations"]
        broken |= {f"{name}: {rule['id']}": [node["html"] for node in rule["nodes"][:3]] for rule in found}
    page.errors.clear()  # the pages that are meant to be missing say so in the console
    assert broken == {}


def test_the_page_of_the_api_keeps_to_them_when_its_document_is_shown(page):
    page.emulate_media(color_scheme="dark")
    page.goto("/api/v1/")
    page.wait_for_selector("#servers[aria-label]")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def test_nothing_is_wider_than_a_phone(page):
    """In English; Arabic pages are measured while axe looks at them."""
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PATHS.values():
        page.goto(path)
        assert page.evaluate(WIDER) <= 0, path
    page.errors.clear()


def test_every_link_to_share_is_large_enough_for_a_finger(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(PATHS["article"])
    links = page.locator(".share a")
    boxes = links.evaluate_all("links => links.map((link) => link.getBoundingClientRect().toJSON())")
    assert len(boxes) >= 5
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24


def test_names_are_suggested_while_somebody_types(page):
    page.goto("/en/")
    page.locator("#q").press_sequentially("flo")
    expect(page.locator("datalist option")).to_have_attribute("value", "Floods")
    page.locator("#q").fill("Floods")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("navigation", name="Pages that fit").get_by_role("link", name="Floods").click()
    page.wait_for_url("/en/topics/floods/")


def test_a_reader_without_javascript_filters_and_takes_a_filter_back(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/news/")
    page.get_by_role("link", name="Global 1").click()
    page.wait_for_url("/en/news/?region=global")
    expect(page.locator(".card-title")).to_have_text(["Second story"])
    page.get_by_role("searchbox").fill("nothing of the kind")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("No news matches")).to_be_visible()
    page.get_by_role("link", name="Remove the words").click()
    page.get_by_role("link", name="Remove filter Region").click()
    expect(page.locator(".card-title")).to_have_count(2)
    context.close()


def test_on_a_phone_the_filters_wait_behind_one_button(page):
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto("/en/news/")
    assert not page.get_by_label("Office").is_visible()
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Office").select_option("geneva")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**office=geneva**")
    expect(page.locator(".card-title")).to_have_text(["Floods recede"])


def test_on_a_phone_a_search_shows_where_its_words_are(page):
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto("/en/news/?q=text")
    card = page.locator("article", has_text="Floods recede")
    assert card.locator("mark").is_visible()
    assert card.locator(".card-excerpt").bounding_box()["width"] > 320  # below the picture, not beside it
    heights = "mark => (style => [style.backgroundSize.split(' ')[1], style.lineHeight])(getComputedStyle(mark))"
    colour, line = (float(size.removesuffix("px")) for size in card.locator("mark").evaluate(heights))
    assert colour < line  # else it hides what hangs below the line above, as Arabic does


def test_the_keyboard_skips_to_the_content(page):
    page.goto("/en/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_language_switch_stays_with_the_story_or_says_that_it_cannot(page):
    page.goto("/en/news/floods/")
    page.get_by_role("navigation", name="Language").get_by_text("العربيّة").click()
    expect(page.locator("h1")).to_have_text("انحسار الفيضانات")
    expect(page.locator("body")).to_have_css("direction", "rtl")
    page.locator(".languages [lang=fr]").click()
    expect(page.get_by_role("status").get_by_role("link")).to_have_text("انحسار الفيضانات")


def test_a_point_on_the_map_leads_to_its_office(page):
    page.goto("/en/offices/")
    page.locator(".map-pin[href='/en/offices/geneva/']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/offices/geneva/")


def test_cards_of_the_front_page_have_one_size(page):
    for number in range(3):
        make_article(headline=f"Story {number}", summary="A standfirst. " * 9, regions=[make_region()])
    page.goto("/en/")
    sizes = page.evaluate("""() => [...document.querySelectorAll('.tile')].map(tile => [
        tile.offsetWidth, tile.offsetHeight, getComputedStyle(tile.querySelector('h3')).fontSize
    ].join())""")
    assert len(sizes) == 4
    assert len(set(sizes)) == 1


def test_a_list_of_twenty_weighs_less_than_60_kilobytes(page):
    regions, topics = (
        [make_region(f"region-{n}", f"Region {n}") for n in range(8)],
        [make_topic(f"t{n}") for n in range(12)],
    )
    image = create_image(picture(), "A. Lens")
    image.renditions = {"avif": [480], "webp": [480], "thumb": [360, 720], "focal": "50-50"}
    image.save()
    for number in range(30):
        make_article(
            headline=f"Twelve words of a headline that says what happened where, number {number}",
            summary="A standfirst of usual length says in one or two sentences what the reader learns below. " * 2,
            regions=[regions[number % 8]],
            topics=[topics[number % 12]],
            lead_image=image,
        )
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/en/news/")
    page.wait_for_load_state("networkidle")
    page.errors.clear()  # the renditions exist in name only
    assert page.locator(".card").count() == 20
    kinds = [answer.request.resource_type for answer in answers]
    assert {"document", "stylesheet"} <= set(kinds)
    texts = [
        answer for answer, kind in zip(answers, kinds, strict=True)
        if kind in ("document", "stylesheet") and "/print." not in answer.url  # that one comes after the page
    ]  # fmt: skip
    assert sum(len(answer.body()) for answer in texts) < 60_000


def test_print_does_not_repeat_an_address_that_is_the_text_of_its_link(page):
    page.goto("/en/news/floods/")
    page.emulate_media(media="print")
    after = page.evaluate(
        """() => {
          const prose = document.querySelector(".prose")
          prose.insertAdjacentHTML("beforeend", '<small class="credits"><bdi><a rel="license" href="https://a.example/">'
            + "https://a.example/</a></bdi></small><p><a href='https://b.example/'>words</a></p>")
          return [...prose.querySelectorAll("[href*=example]")].map((link) => getComputedStyle(link, "::after").content)
        }"""
    )
    assert after[-2] in ("none", "normal")
    assert "https://b.example/" in after[-1]


def test_print_keeps_dateline_contacts_and_reference_and_drops_the_frame(page):
    page.goto("/en/news/floods/")
    page.emulate_media(media="print")
    for shown in (".dateline", ".contact", ".issued", "h1"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in (".find", ".languages", ".sections", ".footer", ".related"):
        assert not page.locator(hidden).first.is_visible(), hidden
