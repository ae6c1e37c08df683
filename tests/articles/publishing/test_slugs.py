"""Slugs from headlines in the site's languages, their one spelling, and numbers for those that are taken."""

import json
import unicodedata

import pytest
from django.core import serializers
from django.core.management import call_command
from django.core.validators import validate_unicode_slug
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from articles.fields import normal_slug
from articles.models import Article, SlugHistory
from articles.publishing import slugs
from tests.articles.importing.fixture_records import article as record
from tests.articles.importing.fixture_records import newsroom, run, translation, write
from tests.cast import make_article
from tests.forms import filled


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("L'eau d'œuvre", "l-eau-d-oeuvre"),
        ("Journée de l’eau : l’ŒUVRE d’aujourd’hui", "journée-de-l-eau-l-oeuvre-d-aujourd-hui"),
        ("Women's rights aren’t optional, we'll say", "womens-rights-arent-optional-well-say"),
        ("Côte d’Ivoire: O'Brien's visit", "côte-d-ivoire-o-briens-visit"),
        ("Ægir, Straße, ĳs, ﬁnance, Ǆ, ＡＢＣ １２", "aegir-strasse-ijs-finance-dž-abc-12"),
        ("3,000 homes — 5.7 million people; 12 000 tents", "3000-homes-5-7-million-people-12-000-tents"),
        ("« Citation » et “quotes” „und“ ‹mehr›…", "citation-et-quotes-und-mehr"),
        ("¿Qué pasó? ¡Nada!", "qué-pasó-nada"),
        ("تقريـــر الميَاهُ، الأوَّل؟", "تقرير-المياه-الأول"),
        ("مؤتمر آسيا: ٢٠٢٦", "مؤتمر-آسيا-٢٠٢٦"),
        ("Ежего́дный йод — «ёлка»", "ежегодный-йод-ёлка"),
        ("尼泊尔洪水：“三千人”无家可归！（更新）", "尼泊尔洪水-三千人-无家可归-更新"),
        ("İstanbul’da toplantı", "istanbul-da-toplantı"),
        ("snake_case – a/b & c", "snake-case-a-b-c"),
        ("CO₂ & H2O", "co2-h2o"),
        ("🌍🌊 …", ""),
    ],
)
def test_a_slug_from_a_headline(headline, slug):
    assert slugs.from_headline(headline) == slug
    assert slugs.from_headline(unicodedata.normalize("NFD", headline)) == slug


def test_a_long_one_ends_with_a_word():
    slug = slugs.from_headline("word and more " * 20)
    assert len(slug) <= 100
    assert slug.rpartition("-")[2] in ("word", "and", "more")
    assert slugs.from_headline("字" * 300) == "字" * 100


@given(st.text(max_size=250))
@example("İ" * 30)
@example("ŉ ǰ ΐ ﬓ")
def test_a_slug_is_valid_and_its_own_spelling(headline):
    slug = slugs.from_headline(headline)
    if slug:
        validate_unicode_slug(slug)
        assert len(slug) <= 100
        assert normal_slug(slug) == slug
        assert not slug.startswith("-")
        assert not slug.endswith("-")
        assert "--" not in slug


@given(st.text(max_size=50))
def test_a_spelling_stays(slug):
    assert normal_slug(normal_slug(slug)) == normal_slug(slug)


@pytest.mark.django_db
def test_taken_slugs_get_numbers():
    article = make_article(slug="floods")
    make_article(slug="floods-3", state="gone")
    make_article(slug="floods", language="fr")
    SlugHistory.objects.create(article=article, language="en", slug="floods-2")
    assert slugs.free("floods", "en") == "floods-4"
    assert slugs.free("floods-2", "en") == "floods-2-2"
    assert slugs.free("floods-2", "en", article) == "floods-2"  # its own earlier one
    assert slugs.free("floods", "en", Article(revises=article)) == "floods"
    assert slugs.free("floods", "es") == "floods"
    make_article(slug="x" * 200)
    assert slugs.free("x" * 200, "en") == "x" * 198 + "-2"


@pytest.mark.django_db
def test_many_with_one_headline_take_few_queries(django_assert_num_queries):
    for number in range(1, 25):
        make_article(slug=slugs.numbered("statement", number))
    with django_assert_num_queries(4):
        assert slugs.free("statement", "en") == "statement-25"


@pytest.mark.parametrize(
    ("slug", "named"),
    [
        ("हिन्दी-में", "U+093F DEVANAGARI VOWEL SIGN I"),
        ("slug with space", "U+0020 SPACE"),
        ("a/b", "U+002F SOLIDUS"),
        ("a.b", "U+002E FULL STOP"),
        ("slug%20enc", "U+0025 PERCENT SIGN"),
    ],
)
@pytest.mark.django_db
def test_an_import_names_what_no_slug_can_hold(tmp_path, slug, named):
    code, output, complaints = run(write(tmp_path / "news.jsonl", newsroom(record(slug=slug))))
    assert code != 0
    assert f"slug: holds {named};" in output + complaints


@pytest.mark.django_db
def test_an_import_writes_slugs_in_their_one_spelling(tmp_path):
    composed = "café-تقرير-йод"
    typed = unicodedata.normalize("NFD", composed).upper().replace("-", "\u200f-", 1)
    records = newsroom(
        record(slug=typed),
        translation(translation_of=["en", typed]),
        {
            "model": "articles.relatedlink",
            "fields": {"article": ["en", typed], "url": "https://example.org/", "title": "T"},
        },
    )
    code, output, complaints = run(write(tmp_path / "news.jsonl", records))
    assert code == 0, complaints
    assert "1 × slug was changed to its one spelling" in output + complaints
    source = Article.objects.get(language="en")
    assert source.slug == composed
    assert source.translations.count() == source.related_links.count() == 1
    code, output, _ = run(write(tmp_path / "news.jsonl", newsroom(record(slug=composed))))
    assert code == 0
    assert Article.objects.filter(language="en").count() == 1


TYPED = unicodedata.normalize("NFD", "Étude-\u200fA")


@pytest.mark.django_db
def test_scripts_store_slugs_in_their_one_spelling():
    saved = make_article(slug=TYPED)
    (bulk,) = Article.objects.bulk_create([Article(language="fr", slug=TYPED, headline="Étude")])
    updated = make_article(language="es")
    Article.objects.filter(pk=updated.pk).update(slug=TYPED)
    for article in (saved, bulk, updated):
        article.refresh_from_db()
        assert article.slug == "étude-a"
    assert Article.objects.get_by_natural_key("en", TYPED) == saved


@pytest.mark.django_db
def test_what_loaddata_stores_is_found_at_its_address_and_by_an_import(tmp_path, client):
    make_article(slug="étude-a")
    (stored,) = json.loads(serializers.serialize("json", Article.objects.all(), use_natural_primary_keys=True))
    Article.objects.all().delete()
    stored["fields"]["slug"] = TYPED
    translated = {"model": "articles.article", "fields": stored["fields"] | {"language": "fr"}}
    translated["fields"]["translation_of"] = ["en", TYPED]
    (tmp_path / "loaded.json").write_text(json.dumps([stored, translated]))
    for _time in range(2):
        call_command("loaddata", tmp_path / "loaded.json", verbosity=0)
    assert Article.objects.count() == 2
    assert client.get("/en/news/étude-a/").status_code == 200
    code, _output, complaints = run(write(tmp_path / "news.jsonl", newsroom(record(slug=TYPED))))
    assert code == 0, complaints
    assert Article.objects.filter(language="en").count() == 1


@pytest.mark.django_db
def test_a_form_that_is_saved_without_changes_keeps_the_address(admin_client):
    article = make_article(slug="Foo", first_published_at=timezone.now())
    change = reverse("admin:articles_article_change", args=[article.pk])
    response = admin_client.post(change, filled(admin_client.get(change)), follow=True)
    assert "Nothing was changed." in response.content.decode()
    assert Article.objects.get().slug == "foo"
    assert not SlugHistory.objects.exists()
