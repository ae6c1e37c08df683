"""The import, the forms of the admin and `save()` apply the same rules, because each rule is written once."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from articles.models import Article, Topic
from contacts.models import Country
from newsroom.models import Page, PageTranslation, Theme
from tests import files
from tests.articles.importing.fixture_records import article, newsroom, record, run, translation, write
from tests.cast import make_region, make_topic
from tests.forms import filled

pytestmark = pytest.mark.django_db


def message_of(instance):
    with pytest.raises(ValidationError) as error:
        instance.clean()
    return error.value.messages[0].rstrip(".").lower()


def test_a_headline_has_no_lines(tmp_path, client, chief):
    headline = "Harbour\n  opens\u2028today"
    assert run(write(tmp_path / "news.json", newsroom(article(headline=headline))))[0] == 0
    found = Article.objects.get()
    assert found.headline == "Harbour opens today"
    at = reverse("admin:articles_article_change", args=[found.pk])
    assert client.post(at, filled(client.get(at), headline=headline.replace("today", "soon"))).status_code == 302
    found.refresh_from_db()
    assert found.headline == "Harbour opens soon"


def test_the_html_of_a_page_is_cleaned_whoever_saves_it(tmp_path):
    page = Page.objects.create(code="about")
    PageTranslation.objects.create(page=page, language="en", title="About", body="<p>Us<script>x</script></p>")
    assert PageTranslation.objects.get().body == "<p>Us</p>"


def test_rules_about_translations_are_those_of_the_model(tmp_path):
    of_translation = translation("el-puerto", "es", translation_of=["fr", "le-port-ouvre"])
    same_language = translation("again", "en")
    err = run(write(tmp_path / "a.json", newsroom(article(), translation(), of_translation, same_language)))[2]
    source = Article(language="en")
    first = Article(language="fr", translation_of=source)
    source.pk, first.pk = 1, 2
    first.translation_of_id = 1
    assert f"translation_of: {message_of(Article(language='es', translation_of=first))}" in err.lower()
    assert f"language: {message_of(Article(language='en', translation_of=source))}" in err.lower()


def test_rules_about_places_and_topics_are_those_of_the_models():
    assert message_of(Country(region=make_region("world", kind="global"))) == str(Country.IN_GLOBAL_REGION)[:-1].lower()
    parent = make_topic("trade")
    child = make_topic("ports", parent=parent)
    assert message_of(Topic(code="quays", parent=child)) == str(Topic.TOO_DEEP)[:-1].lower()


@pytest.mark.parametrize("options", [[], ["--plan"]])
def test_rules_of_a_single_row_are_those_of_the_models(tmp_path, options):
    picture = files.picture(400, 400, kind="PNG", compress_level=0)
    assert len(picture) > Theme.EMBLEM_BYTES
    (tmp_path / "emblem.png").write_bytes(picture)
    path = write(tmp_path / "a.json", [
        *newsroom(),
        record("articles.image", file="emblem.png", credit="A"),
        record("newsroom.theme", code="pale", brand="#88CCFF", link="#FFFFFF", social_links="javascript:alert(1)"),
        record("newsroom.theme", code="heavy", emblem=["emblem.png"]),
        record("articles.quote", article=["en", "harbour-opens"], number=1, speaker="A", text="B", approved_by="C"),
        record("articles.boilerplate", code="about", office=["oslo"]),
        record("articles.boilerplatetranslation", boilerplate=["about"], language="en", title="T",
               body=f'<p>Us</p><figure><img src="/media/images/00/{"0" * 64}.png" alt="x"></figure>'),
        record("articles.oldaddress", address="/old/*", path="/en/news/{slug}/"),
        record("articles.oldaddress", address="/Former", path="/former/?utm_source=x"),
        record("articles.oldaddress", address="/en/news/{slug}", path="/en/news/{slug}/"),
    ])  # fmt: skip
    code, _out, err = run(path, *options)
    assert code == 1
    for place, text in (
        ("record 15 ", 'newsroom.theme["pale"] brand: contrast with'),
        ("record 15 ", 'newsroom.theme["pale"] link: contrast with'),
        ("record 15 ", "social_links: “javascript:alert(1)” is no web address"),
        ("record 16 ", 'newsroom.theme["heavy"] emblem: the emblem is on every page'),
        ("", "approved_on: say both who approved the words and when"),
        ("", "body: a boilerplate has no pictures"),
        ("", "path: the old address has no {slug}"),
        ("", 'articles.oldaddress["/former"] path: this is an old address itself'),
        ("", 'articles.oldaddress["/en/news/{slug}"] path: this is an old address itself'),
    ):
        assert any(place in line and text in line for line in err.splitlines()), (text, err)
