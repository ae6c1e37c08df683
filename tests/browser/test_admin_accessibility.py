"""axe finds no violation of WCAG 2.2 A and AA on the desk's pages: wide and narrow, light and dark, three scripts."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from PIL import Image as Picture

from contacts.models import Phone
from tests.browser.settled import settle
from tests.cast import create_image, make_article, make_contact, make_country, make_ready_article, make_user

FAST = {"resultTypes": ["violations"]}  # axe prepares no report of what is right
RULES = FAST | {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = FAST | {"runOnly": ["color-contrast"]}


@pytest.fixture
def newsroom(transactional_db):
    """A row of everything that the pages show, and somebody who may do all."""
    content = io.BytesIO()
    Picture.new("RGB", (900, 600), "teal").save(content, "JPEG")
    image = create_image(ContentFile(content.getvalue(), "sea.jpg"), "A. Otieno", alt={"en": "The sea"})
    source = make_ready_article(lead_image=image, countries=[make_country()], gallery=[image])
    make_article(translation_of=source, language="ar", headline="أمطار", state="draft")
    Phone.objects.create(contact=make_contact(), display="ask for extension 44")
    for state in ("in_review", "approved", "draft"):
        make_article(state=state, lead_image=image)
    return make_user("ada", is_staff=True, is_superuser=True)


PAGES = {
    "desk": "/admin/",
    "articles": "/admin/articles/article/",
    "source": "/admin/articles/article/{source}/change/",
    "translation": "/admin/articles/article/{translation}/change/",
    "new article": "/admin/articles/article/add/",
    "library": "/admin/articles/image/",
    "picture": "/admin/articles/image/{image}/change/",
    "picker": "/admin/articles/image/pick/?CKEditorFuncNum=-1",
    "office": "/admin/contacts/office/{office}/change/",
    "contact": "/admin/contacts/contact/{contact}/change/",
    "contacts": "/admin/contacts/contact/",
    "topic": "/admin/articles/topic/{topic}/change/",
    "topics": "/admin/articles/topic/",
    "region": "/admin/contacts/region/{region}/change/",
    "remove": "/admin/articles/article/{source}/move/emergency/",
    "person": "/admin/auth/user/{user}/change/",
}
# Wide all pages; narrow and from right to left those of each make; axe_admin.py looks at more.
NARROW = ("desk", "articles", "source", "library", "picture", "picker", "contact", "topics", "remove")
VIEWS = [("en", 1280, PAGES), ("ar", 390, NARROW), ("zh", 390, ("source",))]


@pytest.mark.parametrize(("language", "width", "names"), VIEWS, ids=[language for language, _, _ in VIEWS])
def test_the_desks_pages(context, page, newsroom, client, live_server, settings, language, width, names):
    enter(context, client, newsroom, live_server, language, settings)
    # So high that the bar at the foot covers nothing that axe measures.
    page.set_viewport_size({"width": width, "height": 6000})
    found = {name: look(page, PAGES[name].format(**keys())) for name in names}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_log_in(page, transactional_db):
    assert look(page, "/admin/login/") == []


def look(page, address):
    """What axe finds, in light and in dark colours, and whether the page is wider than the window (WCAG 1.4.10)."""
    page.emulate_media(color_scheme="light")
    assert page.goto(address).status == 200
    settle(page)
    errors = list(page.errors)
    faults = faults_of(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")  # colours change slowly
    faults += told(page.evaluate("options => axe.run(options)", CONTRAST)["violations"])
    page.errors.clear()  # axe sets styles of its own, which the policy refuses aloud
    return errors + faults


def faults_of(page):
    """What axe finds on an open page as it is, and whether it is wider than the window."""
    faults = told(Axe().run(page, options=RULES).response["violations"])
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append("wider than the window")
    page.errors.clear()
    return faults


def told(found):
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]


def enter(context, client, user, live_server, language, settings):
    client.force_login(user)
    cookies = {"sessionid": client.cookies["sessionid"].value, settings.LANGUAGE_COOKIE_NAME: language}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])


def keys():
    from django.contrib.auth import get_user_model

    from articles.models import Article, Image, Topic
    from contacts.models import Contact, Office, Region

    return {
        "source": Article.objects.filter(translations__isnull=False).first().pk,
        "translation": Article.objects.filter(translation_of__isnull=False).first().pk,
        "image": Image.objects.first().pk,
        "office": Office.objects.first().pk,
        "topic": Topic.objects.first().pk,
        "region": Region.objects.first().pk,
        "contact": Contact.objects.first().pk,
        "user": get_user_model().objects.first().pk,
    }
