"""Whatever is typed into any field, no public page is wider than its window, at twice the size of text, too."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, RelatedLink, Topic
from contacts.models import Contact, Country, Office, OpeningHours, Phone, Region
from newsroom.models import Page
from tests.cast import (
    create_attachment,
    create_image,
    make_article,
    make_contact,
    make_country,
    make_office,
    make_region,
    make_topic,
)
from tests.files import picture

pytestmark = pytest.mark.django_db(transaction=True)
WORD = {"en": "Rindfleischetikettierung" * 4, "ar": "المستشفيات" * 9}
ADDRESS = "https://example.org/" + "a-very-long-address-without-a-break/" * 4
FILE = "Report_on_the_state_of_shared_waters_" * 3 + "FINAL.xlsx"
PATHS = (
    "",
    "news/",
    "news/?q={word}&region=long&topic=long&office=long&country=che&year=1999",
    "news/?missing=en/long",
    "news/long/",
    "news/withdrawn/",
    "regions/long/",
    "countries/che/",
    "topics/long/",
    "offices/",
    "offices/long/",
    "media-contacts/",
    "about/long/",
    "about/part/",
    "nope/",
)
TABLE = (
    "<table><caption>{word}</caption>" + "<tr><th>{word}</th><td>{word}</td><td>{address}</td></tr>" * 2 + "</table>"
)
BODY = (
    '<p>{word} {address} <a href="{address}">{address}</a></p><h2>{word}</h2><h3>{word}</h3>'
    "<blockquote><p>{word}</p><p>{word}</p></blockquote><ul><li>{word}</li></ul><ol><li>{address}</li></ol>"
    f'<p><a href="tel:+41225550150">{{word}}</a></p>{TABLE}<p lang="ar" dir="rtl">{{word}}</p>'
)


def build(language, settings):
    """A newsroom with a word of 75 letters or more in every field that a page shows."""
    word = WORD[language]
    settings.NEWSROOM_NAME = word
    texts = {"word": word, "address": ADDRESS}
    body, site = BODY.format(**texts), {"language": language}
    image = create_image(picture(), word, copyright=word, terms=f"{word} {ADDRESS}")
    image.translations.create(**site, alt=word, caption=f"{word} {ADDRESS}")
    region = make_region("long", word, kind="region")
    country = make_country("CHE", word, region=region)
    topic = make_topic("long", word)
    office = make_office("long", word, host_country=country, latitude=46.2, longitude=6.1, website=ADDRESS)
    Office.objects.update(email=f"{'a' * 60}@{'b' * 60}.example.org", languages=["fr", "ru"])
    contact = make_contact("long", word, office=office, email=f"{'a' * 60}@{'b' * 60}.example.org", languages=["en"])
    OpeningHours.objects.create(office=office, weekday=0, opens="08:00", closes="16:00")
    Phone.objects.create(contact=contact, display="+41 22 717 93 89/ 59/ 61 " + "or 60" * 11)
    Phone.objects.create(office=office, display="+41 22 717 93 89")
    for model in (Region, Country, Topic):
        model.objects.get().translations.update(name=word)
    Region.objects.get().translations.update(intro=f"{word}\n{ADDRESS}")
    Topic.objects.get().translations.update(description=f"{word}\n{ADDRESS}")
    office.translations.update(city=word, address=f"{word}\n{word}", intro=f"{word}\n{ADDRESS}")
    Contact.objects.get().translations.update(job_title=word)
    page = Page.objects.create(code="long")
    page.translations.create(language="en", title=word, intro=f"{word}\n{ADDRESS}", body=body)
    Page.objects.create(code="part", parent=page).translations.create(language="en", title=word, body=body)
    facets = {"regions": [region], "topics": [topic], "countries": [country], "contacts": [contact], "office": office}
    files = [create_attachment(b"%PDF-1.4\n%%EOF\n", FILE, language, "a.pdf")]
    told = {"headline": word, "summary": f"{word} {ADDRESS}", "body": body, "notes_to_editors": body}
    for slug, more in {
        "long": {"gallery": [image], "attachments": files, "reference": "2026-00001"},
        "plain": {"lead_image": None},
        "withdrawn": {"state": "withdrawn", "withdrawal_note": f"{word} {ADDRESS}"},
    }.items():
        more = {"lead_image": image} | more
        make_article(slug=slug, language=language, **told, **facets, **more, change_note=word, dateline_place=word)
    RelatedLink.objects.create(article=Article.objects.get(slug="long"), url=ADDRESS, title=word)
    return [path.format(word=word) for path in PATHS]


WIDER = """size => {
    document.documentElement.style.fontSize = size;
    document.querySelectorAll('details:not([name])').forEach(fold => fold.open = true);
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;
}"""

SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
        p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
    const root = document.documentElement;
    const cut = [...document.querySelectorAll('body *')].filter(node => getComputedStyle(node).overflowY === 'hidden'
        && node.clientHeight > 1 && node.scrollHeight > node.clientHeight + 1);
    return Math.max(root.scrollWidth - root.clientWidth, cut.length);
}"""


@pytest.mark.parametrize("language", WORD)
def test_no_page_scrolls_sideways_on_the_narrowest_phone(page, settings, language):
    wide = {}
    paths = build(language, settings)
    page.set_viewport_size({"width": 320, "height": 640})
    for path in paths:
        page.goto(f"/{language}/{path}")
        found = {size: pixels for size in ("100%", "200%") if (pixels := page.evaluate(WIDER, size)) > 0}
        wide |= {path: found} if found else {}
    page.errors.clear()  # the page that is missing, and the one of another language, say so in the console
    assert wide == {}


def test_nor_does_it_in_the_words_of_the_other_languages(page, settings):
    build("en", settings)
    page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    for language in ("fr", "es", "ru", "zh"):
        for path in ("", "news/?region=long&topic=long", "topics/long/", "offices/long/", "media-contacts/", "nope/"):
            page.goto(f"/{language}/{path}")
            found = page.evaluate(WIDER, "100%"), page.evaluate(SPACED)  # WCAG 2.2, 1.4.12
            if max(found) > 0:
                wide[f"{language}/{path}"] = found
    page.errors.clear()
    assert wide == {}


def test_a_wide_table_scrolls_in_a_region_that_the_keyboard_reaches(page, settings):
    build("en", settings)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/en/news/long/")
    table = page.get_by_role("region", name=WORD["en"]).first
    assert table.evaluate("box => box.scrollWidth > box.clientWidth && box.clientWidth < 320")
    table.evaluate("box => box.addEventListener('scroll', () => box.dataset.scrolled = 'yes')")
    table.focus()
    page.keyboard.press("ArrowRight")
    expect(table).to_have_attribute("data-scrolled", "yes")
