"""Telephone numbers, dates and references keep their order wherever a text in a right-to-left language is shown."""

import io
import zipfile

import pytest
from django.template.loader import render_to_string

from articles.alerts.stories import Stories, item_of
from articles.models import Article
from articles.publishing.workflow import move
from contacts.languages import direction
from contacts.models import Phone
from newsroom.models import Page
from tests.articles.publishing.test_corrections import new_edition
from tests.cast import make_ready_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# One number for each place in which it is written; all begin with the same digits.
PLACES = [
    "headline",
    "summary",
    "body",
    "notes_to_editors",
    "boilerplate_title",
    "boilerplate",
    "was_wrong",
    "change_note",
]
NUMBERS = {name: f"+41 22 555 01 {index}0" for index, name in enumerate(PLACES, 1)}
HTML = ("body", "notes_to_editors", "boilerplate")


@pytest.fixture
def story():
    """Its second edition is a correction."""
    aziz = make_user("aziz", "approver")
    texts = {name: f"<p>رقم {number}</p>" if name in HTML else f"رقم {number}" for name, number in NUMBERS.items()}
    told = {name: texts.pop(name) for name in ("was_wrong", "change_note")}
    made = make_ready_article(language="ar", slug="x", state="in_review", reference="2026-00012", **texts)
    Phone.objects.create(contact=made.contacts.get(), kind="mobile", display="+41 22 555 01 99")
    live = move(made, "publish", aziz)
    move(new_edition(live, aziz, change_kind="correction", **told), "publish", aziz)
    Article.objects.filter(pk=live.pk).update(**{name: texts[name] for name in ("boilerplate", "boilerplate_title")})
    return live


def bare(page):
    """The numbers in the texts of a page that are not isolated."""
    main = page[page.index("<h1>") : page.index("</article>") if "</article>" in page else page.index("</main>")]
    parts = main.replace("<", "\0<").split("\0")
    return [part for part in parts if "+41 22" in part.partition(">")[2] and not part.startswith('<bdi dir="ltr">')]


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("news/x/", PLACES),
        ("news/x/editions/", ["headline", "change_note"]),
        ("news/x/editions/1/", ["headline", "summary", "body", "notes_to_editors"]),
        ("news/x/editions/2/changes/", ["headline", "change_note"]),
        ("corrections/", ["headline", "was_wrong", "change_note"]),
    ],
)
def test_on_every_page(client, story, path, places):
    page = client.get(f"/ar/{path}").content.decode()
    assert bare(page) == []
    for name in places:
        assert f'<bdi dir="ltr">{NUMBERS[name]}</bdi>' in page, name


def test_in_the_press_kit(client, story):
    kit = zipfile.ZipFile(io.BytesIO(b"".join(client.get("/ar/news/x/kit.zip").streaming_content)))
    [name] = [name for name in kit.namelist() if name.endswith("text-ar.html")]
    page = kit.read(name).decode()
    assert bare(page) == []
    for number in [*NUMBERS.values(), "+41 22 555 01 99", "2026-00012"]:
        assert f'<bdi dir="ltr">{number}</bdi>' in page, number


def test_in_mails(story):
    item = item_of(Stories().live([story.pk])[story.pk], "corrected", [2])
    context = {"item": item, "is_one": True, "direction": direction("ar")}
    mail = render_to_string("articles/alerts/mail/_item.html", context)
    for name in ("headline", "summary", "was_wrong", "change_note"):
        assert f'<bdi dir="ltr">{NUMBERS[name]}</bdi>' in mail, name


def test_on_a_page_of_the_site(client):
    page = Page.objects.create(code="about-us")
    page.translations.create(language="ar", title="من نحن", body="<p>رقم +41 22 555 01 50</p>")
    page.translations.create(language="en", title="Who we are", body="<p>Call +41 22 555 01 50</p>")
    assert '<p>رقم <bdi dir="ltr">+41 22 555 01 50</bdi></p>' in client.get("/ar/about/about-us/").content.decode()
    assert "<p>Call +41 22 555 01 50</p>" in client.get("/en/about/about-us/").content.decode()
