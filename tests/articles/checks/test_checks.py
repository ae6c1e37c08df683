"""Each check: what it finds, and what it leaves in peace."""

import pytest

from articles import checks
from articles.checks import BLOCK, WARNING, Draft
from articles.models import Article, Image
from tests import files
from tests.cast import (
    create_image,
    create_recording,
    make_article,
    make_contact,
    make_ready_article,
    make_region,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ENGLISH = "<p>The people of the valley had no water for many days, and the wells were dry in all of the villages.</p>"
FRENCH = (
    "<p>Les habitants de la vallée n'ont pas eu d'eau pendant des jours et les puits sont à sec dans la région.</p>"
)
RUSSIAN = "<p>Жители долины несколько дней оставались без воды, а колодцы во всех деревнях пересохли.</p>"
ARABIC = "<p>بقي سكان الوادي من دون ماء أيامًا عدة، وجفت الآبار في جميع القرى المجاورة للنهر.</p>"
CHINESE = "<p>山谷居民数日无水可用，所有村庄的水井都已干涸，河水也停止了流动。</p>"


def found(level=WARNING, **changes):
    """{field: [sentence, …]} of an article that is ready but for these changes."""
    article = make_ready_article(**{"body": ENGLISH} | changes)
    told = {}
    for finding in checks.run(Draft(article)):
        if finding.level == level:
            told.setdefault(finding.field, []).append(finding.sentence)
    return told


def test_in_a_ready_article_nothing_is_found():
    assert found() == {}
    assert found(BLOCK) == {}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"headline": "x" * 111}, "headline", "The headline has 111 characters. More than 110 are cut off elsewhere."),
        ({"headline": "WATER COMES BACK"}, "headline", "The headline is all in capitals."),
        ({"headline": "ВОДА ВЕРНУЛАСЬ"}, "headline", "The headline is all in capitals."),
        ({"summary": " "}, "summary", "Write a standfirst: one or two sentences that say what it is about."),
        ({"headline": "Water for 3,000"}, "headline", "The text does not have these figures: 3,000."),
        ({"summary": "In 12 villages."}, "summary", "The text does not have these figures: 12."),
        ({"body": "<h3>Wells</h3>" + ENGLISH}, "body", "A level of headings is left out before “Wells”."),
        (
            {"body": "<table><tbody><tr><td>1</td></tr></tbody></table>"},
            "body",
            "A table has no heading cells, so screen readers cannot say what its cells mean.",
        ),
        (
            {"body": '<p><a href="https://x.example/">Click here!</a></p>'},
            "body",
            "A link says only “Click here!”. Let it say where it leads.",
        ),
        (
            {"notes_to_editors": '<p><a href="https://x.example/">https://x.example/</a></p>'},
            "notes_to_editors",
            "A link shows only its address: https://x.example/. Let it say where it leads.",
        ),
    ],
)
def test_a_warning_names_its_field(changes, field, sentence):
    assert found(**changes) == {field: [sentence]}


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": "x" * 110},
        {"headline": "COP30", "body": "<p>At COP30 nobody was thirsty.</p>"},
        {"headline": "水回来了"},
        {"body": "<h2>Wells</h2><h3>Old ones</h3><h2>Rivers</h2>" + ENGLISH},
        {"body": "<table><tbody><tr><th>Year</th><td>2025</td></tr></tbody></table>"},
        {"body": '<p><a href="https://x.example/">The report on wells</a> <a href="mailto:a@x.org">a@x.org</a></p>'},
    ],
)
def test_what_is_right_is_left_in_peace(changes):
    assert found(**changes) == {}


@pytest.mark.parametrize(
    ("text", "own", "is_wrong"),
    [
        (ENGLISH, "en", False), (FRENCH, "fr", False), (RUSSIAN, "ru", False), (ARABIC, "ar", False),
        (CHINESE, "zh", False), (ENGLISH, "fr", True), (FRENCH, "en", True), (FRENCH, "es", True), (ENGLISH, "ru", True),
        (RUSSIAN, "en", True), (ENGLISH, "zh", True), (CHINESE, "ar", True), (ARABIC, "en", True),
        ("<p>Text.</p>", "ru", False),
    ],
)  # fmt: skip
def test_the_language_is_known_by_its_script_or_its_common_words(text, own, is_wrong):
    told = found(body=text, language=own, summary="–").get("body", [])
    assert [sentence.startswith("The text seems to be in another language") for sentence in told] == [True] * is_wrong


def test_a_heading_without_text_is_found():
    told = checks.run(Draft(Article(language="en", body="<h2><br></h2>"), {"topics": [1]}))
    assert "A heading has no text." in [finding.sentence for finding in told]


def test_what_is_missing_for_approval_is_a_block():
    article = make_article(state="draft", publish_at=None)
    assert set(checks.blocks(article)) == {"publish_at", "regions", "topics", "contacts"}


def test_a_contact_who_cannot_be_reached_is_none():
    nobody = make_contact(code="nobody", email="")
    assert list(found(BLOCK, contacts=[nobody])) == ["contacts"]
    nobody.phones.create(display="+41 22 717 93 89")
    assert found(BLOCK, contacts=[nobody]) == {}


def picture(**fields):
    return create_image(files.picture(60, 40), "A. Photographer", "a.jpg", **({"terms": "Free to use."} | fields))


def test_a_picture_without_any_alternative_text_is_a_block():
    image = picture()
    assert list(found(BLOCK, lead_image=image)) == ["lead_image"]
    assert list(found(BLOCK, gallery=[image])) == ["gallery"]
    assert list(found(BLOCK, body=f'{ENGLISH}<p><img src="{image.get_absolute_url()}" alt=""></p>')) == ["body"]
    assert found(BLOCK, body=f'{ENGLISH}<p><img src="{image.get_absolute_url()}" alt="A well"></p>') == {}
    Image.objects.update(decorative=True)
    assert found(BLOCK, lead_image=Image.objects.get()) == {}


def test_an_alternative_text_in_another_language_alone_is_a_warning():
    image = picture(alt={"en": "A well"})
    assert found(lead_image=image) == {}
    told = found(lead_image=image, language="fr", body=FRENCH)
    assert told == {"lead_image": ["A picture has no alternative text in the language of the article: A well"]}
    assert found(BLOCK, lead_image=image, language="fr", body=FRENCH) == {}


def test_a_picture_without_rights_is_a_warning():
    image = picture(alt={"en": "A well"}, terms="")
    assert found(lead_image=image) == {
        "lead_image": ["A picture has neither a copyright holder nor terms of use: A well"]
    }


def test_a_form_can_choose_otherwise_than_what_is_stored():
    article = make_article(state="draft")
    told = {finding.field for finding in checks.run(Draft(article, {"regions": [make_region().pk], "topics": []}))}
    assert "topics" in told
    assert "regions" not in told


def test_no_html_breaks_the_checks():
    deep = "<blockquote>" * 200
    for html in (deep, "<", "<a>", "<a href>", "<table>", '<img src="/media/x.jpg">', "\0", '<a href="//[">x</a>'):
        checks.run(Draft(Article(body=html, notes_to_editors=html, headline="1", language="en"), {"topics": [1]}))


def test_the_checks_cost_the_same_for_few_and_for_many(django_assert_max_num_queries):
    article = make_ready_article(topics=[make_topic(str(number)) for number in range(9)])
    with django_assert_max_num_queries(12):
        checks.run(Draft(article))


@pytest.mark.parametrize(
    ("file", "texts", "fields", "told"),
    [
        (
            "tiny.mp4",
            {"en": {"title": "A"}},
            {},
            ["neither captions nor a transcript", "no poster", "neither a copyright"],
        ),
        ("tiny.mp4", {"en": {"title": "A", "transcript": "x"}}, {"terms": "Free"}, ["but no captions", "no poster"]),
        (
            "tiny.ogg",
            {"fr": {"title": "A", "transcript": "x"}},
            {"copyright": "SWO"},
            ["captions or transcript in the language", "no title in the language"],
        ),
        ("tiny.ogg", {"en": {"title": "A", "transcript": "x"}}, {"copyright": "SWO"}, []),
    ],
)
def test_what_a_recording_lacks(settings, tmp_path, file, texts, fields, told):
    settings.MEDIA_ROOT = tmp_path
    article = make_ready_article(body=ENGLISH)
    article.recordings.set([create_recording(file, texts=texts, **fields)])
    sentences = [finding.sentence for finding in checks.run(Draft(article)) if finding.field == "recordings"]
    assert len(sentences) == len(told)
    for sentence, part in zip(sentences, told, strict=True):
        assert part in sentence
