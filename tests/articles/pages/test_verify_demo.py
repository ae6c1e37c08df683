"""Each article of the demo, copied in each way that the site offers, is genuine; with a word changed it never is."""

import re
from io import StringIO

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from articles.models import Article
from articles.pages.kit.versions import KitVersion
from articles.pages.verifying import verdicts
from articles.pages.verifying.comparing import Pasted
from newsroom.demo import content

from .asking import answer, answers
from .test_verify_files import opened_kit

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BLOCKS = "p h1 h2 h3 ul ol li div section header article figure figcaption blockquote table tr caption summary details".split()
NOT_COPIED = ("script", "style", "svg", "video", "audio")
NO_WORD = "qzxv"
WORDS_CHANGED = 3  # of each block


@pytest.fixture
def demo(settings):
    settings.NEWSROOM_NAME, settings.NEWSROOM_NAMES = content.NAME, content.NAMES
    with content.dated_copy(timezone.localdate()) as folder:
        call_command("import_fixture", "places", str(folder), stdout=StringIO(), stderr=StringIO())
    return Article.objects.live().order_by("pk")


def copied(element):
    """What a browser copies of an element: a line for each block, and what is in it in one line."""
    parts = []

    def read(node):
        classes = (node.get("class") or "").split() if isinstance(node.tag, str) else []
        if isinstance(node.tag, str) and node.tag not in NOT_COPIED and not {"visually-hidden", "printed"} & {*classes}:
            edge = "\n" if node.tag in (*BLOCKS, "br") else "\t" if node.tag in ("td", "th") else ""
            parts.extend([edge, re.sub(r"\s+", " ", node.text or "")])
            for child in node:
                read(child)
            parts.append(edge)
        parts.append(re.sub(r"\s+", " ", node.tail or ""))

    read(element)
    return "\n\n".join(filter(None, (line.strip() for line in "".join(parts).split("\n"))))


def page_text(client, article):
    """From the headline to what stands beside the text."""
    page = lxml.html.fromstring(client.get(article.get_absolute_url()).content.decode())
    parts = [*page.find_class("article-head"), *page.find_class("changes"), *page.find_class("lead")]
    return "\n\n".join(map(copied, [*parts, *page.find_class("article-text")]))


def test_every_copy_of_every_article_is_genuine_until_a_word_is_changed(client, demo):
    request = RequestFactory().get("/en/verify/")
    assert {article.language for article in demo} == {"en", "fr", "es", "ar", "ru", "zh"}
    for article in demo:
        version = KitVersion(request, article)
        ours = verdicts._ours(version, verdicts._present(article), verdicts._around(version))
        plain = client.get(f"{article.get_absolute_url()}text.txt").content.decode()
        assert plain == version.text()  # that of the press kit
        for text in (plain, plain.replace("\n", "\r\n> "), page_text(client, article)):
            pasted = Pasted(text)
            found = ours.compared(pasted)
            assert verdicts._is_found(found, pasted), (article, found.other, found.in_order)
            for number in range(WORDS_CHANGED):
                changed = Pasted("\n\n".join(with_another_word(block.text, number) for block in pasted.blocks))
                missed = {block.text for block in changed.blocks} - {one.text for one in ours.compared(changed).other}
                assert not missed, article


def with_another_word(text, number):
    places = list(re.finditer(r"[一-鿿]|[^\W一-鿿]+", text))
    place = places[number * len(places) // WORDS_CHANGED]
    return f"{text[: place.start()]}{NO_WORD}{text[place.end() :]}"


def test_the_page_says_so_in_every_language(client, demo, monkeypatch):
    monkeypatch.setattr(verdicts, "SECONDS", 60)
    for language in ("en", "fr", "es", "ar", "ru", "zh"):
        article = demo.filter(language=language).first()
        plain = client.get(f"{article.get_absolute_url()}text.txt").content.decode()
        path = f"/{language}/verify/"
        verdict = answer(client, plain, path=path)
        assert (verdict.code, verdict.article) == ("current", article)
        assert answer(client, page_text(client, article), path=path).code == "current"
        word = re.search(r"\w{3,}|[一-鿿]", article.headline)[0]
        assert answer(client, plain.replace(word, NO_WORD), path=path).code == "altered"


def test_each_text_of_a_press_kit_is_read_as_a_file_of_its_own(client, demo, monkeypatch):
    monkeypatch.setattr(verdicts, "SECONDS", 60)
    article = demo.filter(language="ar", lead_image__isnull=False).first()
    for name, data in opened_kit(client, article.get_absolute_url()).items():
        if name.startswith("text-"):
            [verdict] = answers(client, file=SimpleUploadedFile(name, data))
            assert (verdict.code, verdict.name) == ("current", name), verdict.differences
            text = data.decode()
            in_caption = r"<figcaption>(?:\W|<[^>]*>)*(\w+)"
            word = re.search(in_caption if name.endswith("html") else r"(\w{5,})\W*$", text)[1]
            altered = SimpleUploadedFile(name, text.replace(word, NO_WORD).encode())
            assert answer(client, file=altered).code == "altered", word


def test_paragraphs_in_another_order_are_no_copy(client, demo):
    article = demo.filter(language="en").first()
    blocks = page_text(client, article).split("\n\n")
    at = next(at for at, block in enumerate(blocks) if len(block) > 200 and len(blocks[at + 1]) > 200)
    blocks[at : at + 2] = reversed(blocks[at : at + 2])
    assert answer(client, "\n\n".join(blocks)).moved
