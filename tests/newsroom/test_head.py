"""The head of every public page says what search engines, messengers and social networks show of it, in its language."""

from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils.translation import override

from articles.models import Image
from newsroom.models import Page
from tests.cast import (
    make_article,
    make_contact,
    make_country,
    make_office,
    make_region,
    make_topic,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
ONCE = {
    "description",
    "og:title",
    "og:description",
    "og:type",
    "og:url",
    "og:site_name",
    "og:locale",
    "og:image",
    "og:image:alt",
    "og:image:width",
    "og:image:height",
    "twitter:card",
}
OF_ARTICLES = {"article:published_time", "article:modified_time", "article:section", "author"}


class Head(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.meta, self.links, self.title, self._in_title = {}, {}, "", False
        self.feed(markup.partition("</head>")[0])

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self._in_title = tag == "title"
        if tag == "meta" and (name := given.get("property") or given.get("name")):
            self.meta.setdefault(name, []).append(given["content"])
        if tag == "link" and not (given["rel"] == "alternate" and "type" in given):  # those are for programs
            self.links.setdefault(given["rel"], []).append(given["href"])

    def handle_data(self, text):
        if self._in_title and not self.title:
            self.title = text


def head(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return Head(response.content.decode())


def picture(**fields):
    return Image.objects.create(
        file="images/aa/" + "a" * 64 + ".jpg",
        sha256="a" * 64,
        width=1600,
        height=900,
        credit="A. Photographer",
        **fields,
    )


@pytest.fixture
def places():
    """The paths of one page of each kind, without their language."""
    make_region("asia", "Asia & Pacific")
    make_topic("floods", "Floods")
    make_country()
    office = make_office("geneva", "Office in Geneva")
    make_contact("desk", "Desk", office=office)
    Page.objects.create(code="us").translations.create(language="en", title="Who we are", body="<p>We &amp; you.</p>")
    return [
        *("", "news/", "news/?region=asia", "news/?q=water", "regions/asia/", "topics/floods/"),
        *("offices/", "offices/geneva/", "media-contacts/", "about/us/"),
        make_country().get_absolute_url().removeprefix("/en/"),
    ]


def check(found, language, expected):
    assert {name for name in found.meta if found.meta[name] == [""]} == set(), "empty"
    assert {name for name in expected if len(found.meta.get(name, [])) != 1} == set(), "missing or twice"
    assert found.meta["og:url"] == found.links["canonical"]
    assert found.meta["og:locale"][0].startswith(language)
    assert found.meta["og:image"][0].startswith("http://testserver/")
    assert found.meta["description"] == found.meta["og:description"]
    assert len(found.meta["description"][0]) <= 301
    assert not {"<", "&amp;"} & set(found.meta["description"][0].split())
    assert found.title.startswith(found.meta["og:title"][0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_has_its_head_in_every_language(client, places, language):
    for path in places:
        found = head(client, f"/{language}/{path}")
        check(found, language, ONCE)
        assert found.meta["og:type"] == ["website"]
        assert not OF_ARTICLES & found.meta.keys()
        others = [link for link in found.links.get("alternate", []) if f"/{language}/" not in link]
        assert len(found.meta.get("og:locale:alternate", [])) == len(set(others)), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_has_its_own_in_every_language(client, language):
    image = picture()
    image.translations.create(language=language, alt='A "bridge" & a river')
    article = make_article(language=language, headline='"Ministers" & others meet', lead_image=image, summary="")
    article.body = "<p>Over 500 delegates <b>came</b> &amp; went.</p>" + "<p>More words.</p>" * 50
    article.save()
    with override(language):
        found = head(client, article.get_absolute_url())
    check(found, language, ONCE | OF_ARTICLES)
    assert found.meta["og:type"] == ["article"]
    assert found.meta["author"] == found.meta["og:site_name"]
    assert found.meta["og:title"] == ['"Ministers" & others meet']
    assert found.meta["description"][0].startswith("Over 500 delegates came & went.")
    assert found.meta["og:image"] == [f"http://testserver/media/{image.file.name}"]
    assert (found.meta["og:image:width"], found.meta["og:image:height"]) == (["1600"], ["900"])
    assert found.meta["og:image:alt"] == ['A "bridge" & a river']
    assert "og:locale:alternate" not in found.meta


def test_the_picture_is_the_largest_copy(client):
    image = picture(renditions={"webp": [320, 640, 1600], "avif": [320, 640, 1600]}, copies="made")
    found = head(client, make_article(lead_image=image).get_absolute_url())
    assert found.meta["og:image"] == [f"http://testserver/media/renditions/{image.sha256}/1600.webp"]
    assert (found.meta["og:image:width"], found.meta["og:image:height"]) == (["1600"], ["900"])


def test_a_decorative_picture_has_no_text(client):
    found = head(client, make_article(lead_image=picture(decorative=True)).get_absolute_url())
    check(found, "en", ONCE - {"og:image:alt"} | OF_ARTICLES)


def test_the_other_versions_are_named(client):
    article = make_article(slug="one")
    make_article(slug="une", language="fr", translation_of=article)
    assert head(client, article.get_absolute_url()).meta["og:locale:alternate"] == ["fr_FR"]


def test_the_locales_are_those_of_the_networks(client):
    found = {code: head(client, f"/{code}/").meta["og:locale"][0] for code in LANGUAGES}
    assert found == {"en": "en_US", "fr": "fr_FR", "es": "es_ES", "ar": "ar_AR", "ru": "ru_RU", "zh": "zh_CN"}


def test_a_text_in_another_language_does_not_describe_the_page(client):
    region = make_region("asia", "Asia")
    region.translations.filter(language="en").update(intro="All of Asia.")
    assert head(client, "/en/regions/asia/").meta["description"] == ["All of Asia."]
    assert "All of Asia" not in head(client, "/ar/regions/asia/").meta["description"][0]


def test_the_shared_picture_exists():
    from django.contrib.staticfiles import finders
    from PIL import Image as Picture

    from newsroom.templatetags.site_frame import SHARED_PICTURE

    path, width, height = SHARED_PICTURE
    with Picture.open(finders.find(path)) as shared:
        assert shared.size == (width, height)


def test_what_is_not_there_says_nothing_of_itself(client):
    found = Head(client.get("/en/nothing-here/").content.decode())
    assert found.title
    assert {name for name in found.meta if ":" in name or name == "description"} == set()


def test_a_preview_has_a_head_too(client):
    client.force_login(make_user("edna", "editor"))
    draft = make_article(state="draft", publish_at=None)
    response = client.get(f"/admin/articles/article/{draft.pk}/preview/")
    found = Head(response.content.decode())
    assert response.status_code == 200
    assert "article:published_time" not in found.meta
