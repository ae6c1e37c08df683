"""What journalists take away: the plain text and the press kit hold all that is public of a story, and nothing else."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.html import clean, plain
from articles.models import Boilerplate, SlugHistory
from articles.pages.kit.plain_text import readable
from articles.pages.kit.zip_file import Kit
from articles.publishing import revisions
from contacts.models import Phone
from tests import files
from tests.cast import NOW, create_attachment, create_image, make_article, make_contact

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
BODY = (
    "<p>A <strong>well</strong> was <s>closed</s> opened.<br>It is <a href='https://example.org/deep'>deep</a>.</p>"
    "<h2>Figures</h2><ul><li>One<ol start='3'><li>Three</li><li>Four</li></ol></li><li>Two</li></ul>"
    "<table><caption>Wells</caption><tr><th>Place</th><th>Depth</th></tr><tr><td>North</td><td>30 m</td></tr></table>"
    "<blockquote><p>“Water.”</p></blockquote><hr><p>Ask <a href='mailto:a@example.org'>a@example.org</a>.</p>"
)
READ = """A well was opened.
It is deep (https://example.org/deep).

Figures

• One
  3. Three
  4. Four
• Two

Wells

Place | Depth
North | 30 m

“Water.”

* * *

Ask a@example.org."""


@pytest.fixture
def story():
    contact = make_contact(languages=["en"])
    Phone.objects.create(contact=contact, kind="mobile", display="+41 79 717 93 89")
    image = create_image(
        files.picture(), "Ada Ek", alt={"en": "A well: the north/south", "ar": "بئر"}, terms="News only"
    )
    document = create_attachment(b"a,b\n1,2\n", "Wells of the north", "en", "wells.csv")
    body = clean(f"{BODY}<figure><img src='/media/{image.file.name}' alt='A well'></figure>")
    article = make_article(
        slug="wells", headline="Wells", summary="All of them.", body=body, notes_to_editors="<p>Note this.</p>",
        dateline_place="Geneva", reference="2026-00007", contacts=[contact], attachments=[document], lead_image=image,
    )  # fmt: skip
    revisions.publish_edition(article)
    make_article(language="fr", slug="puits", headline="Puits", body="<p>Texte.</p>", translation_of=article)
    return article


def kit(client, path="/en/news/wells/kit.zip", **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def opened(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return {name.removeprefix("2026-00007/"): archive.read(name) for name in archive.namelist()}


def test_html_becomes_a_text_that_can_be_printed():
    assert readable(clean(BODY)) == READ
    own = clean("<p>See <a href='/en/news/x/'>this</a>.</p>")
    assert readable(own, lambda path: f"https://example.org{path}") == "See this (https://example.org/en/news/x/)."


letters = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
tags = st.sampled_from("p h2 ul ol li table tr td th blockquote strong a figure figcaption br hr s div".split())
pieces = st.lists(st.one_of(letters, tags.map("<{}>".format), tags.map("</{}>".format)), max_size=25).map("".join)


@given(pieces)
@example("<ul><li></li></ul><p></p>")
@example("<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>")
@settings(max_examples=settings().max_examples * 2)
def test_no_word_of_any_html_is_lost(html):
    html = clean(html)
    if "<figure" in html or "<s>" in html:
        return
    shown = [
        word for word in readable(html).split() if word not in ("•", "|", "*") and not word.rstrip(".").isdecimal()
    ]
    expected = [
        word for word in plain(html).split() if word not in ("•", "|", "*") and not word.rstrip(".").isdecimal()
    ]
    assert "".join(shown) == "".join(expected)


def test_the_plain_text_has_dateline_notes_contacts_and_evidence(client, story):
    response = client.get("/en/news/wells/text.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    text = response.content.decode()
    for part in (
        "News · ",
        "\n\nWells\n\nAll of them.\n\nGeneva – A well was opened.\n",
        "\n\nNotes to editors\n\nNote this.\n\n",
        "\n\nMedia contacts\n\nMedia Unit\nGeneva Office\nMobile: +41 79 717 93 89\nE-mail: media@example.org\nSpeaks: English\n",
        "\nDocuments\nWells of the north: http",
        "\nReference 2026-00007\nhttp://testserver/r/2026-00007/\nEdition 1, SHA-256 ",
    ):
        assert part in text, part
    assert "closed" not in text


def test_the_kit_holds_every_file_and_its_digest(client, story):
    found = opened(kit(client))
    assert list(found) == [
        "text-en.txt", "text-en.html", "text-fr.txt", "text-fr.html", "pictures/01-a-well-the-northsouth.jpg",
        "pictures/captions.txt", "documents/01-wells-of-the-north-en.csv", "contacts/contact-media-unit.vcf",
        "manifest.json",
    ]  # fmt: skip
    manifest = json.loads(found["manifest.json"])
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in found.items() if name != "manifest.json"
    }
    assert [one["language"] for one in manifest["versions"]] == ["en", "fr"]
    assert manifest["versions"][0]["edition_sha256"] == story.revisions.get(edition=1).sha256
    assert b"Ada Ek" in found["pictures/01-a-well-the-northsouth.jpg"]
    captions = found["pictures/captions.txt"].decode()
    assert "[ar] بئر\n[en] A well: the north/south\nCredit: Ada Ek\nTerms of use: News only" in captions
    assert found["contacts/contact-media-unit.vcf"].startswith(b"BEGIN:VCARD")
    page = found["text-en.html"].decode()
    assert page.count('src="pictures/01-a-well-the-northsouth.jpg"') == 2
    assert "/media/" not in page
    assert "<script" not in page


def test_the_same_texts_are_the_same_bytes(client, story):
    first = client.get("/en/news/wells/kit.zip")
    data = b"".join(first.streaming_content)
    assert kit(client, "/fr/news/puits/kit.zip") != data  # named after the French slug's own story, in its words
    assert kit(client) == data
    assert client.get("/en/news/wells/kit.zip", headers={"If-None-Match": first["ETag"]}).status_code == 304
    story.lead_image.translations.filter(language="en").update(caption="New")
    again = client.get("/en/news/wells/kit.zip", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"] != first["ETag"]) == (200, True)


def test_names_are_safe_everywhere(client, story):
    story.lead_image.translations.all().delete()
    story.gallery.set([create_image(files.picture(40, 30), "Ada", alt={"en": "con. aux?<*>|\"' " + "x" * 200})])
    for name in opened(kit(client)):
        assert name.isascii()
        assert len(name) < 100
        assert not set('<>:"\\|?*') & set(name)
        assert not any(
            part.endswith((".", " ")) or part.split(".")[0] in ("con", "aux", "nul") for part in name.split("/")
        )


def test_a_missing_file_is_left_out_of_list_and_kit(client, story):
    default_storage.delete(story.lead_image.file.name)
    found = opened(kit(client))
    assert not any(name.startswith("pictures/") for name in found)
    assert "manifest.json" in found


def test_it_is_sent_in_small_pieces(rf, story):
    large = create_image(files.picture(900, 700, kind="PNG", compress_level=0), "Ada")
    story.gallery.set([large])
    pieces = [len(piece) for piece in Kit(rf.get("/"), story).stream()]
    assert sum(pieces) > 1_500_000
    assert max(pieces) < 200_000


@pytest.mark.parametrize("name", ["kit.zip", "text.txt"])
def test_only_what_is_live_is_given(client, name):
    later = NOW() + timedelta(days=1)
    make_article(slug="draft", state="draft")
    make_article(slug="embargo", publish_at=later, press_from=NOW() - timedelta(hours=1))
    make_article(slug="withdrawn", state="withdrawn", withdrawal_note="Wrong.")
    make_article(slug="gone", state="gone")
    live = make_article(slug="live")
    make_article(language="fr", slug="futur", translation_of=live, publish_at=later, headline="SECRET")
    SlugHistory.objects.create(language="en", slug="old", article=live)
    status = {
        slug: client.get(f"/en/news/{slug}/{name}").status_code for slug in ("draft", "embargo", "withdrawn", "gone")
    }
    assert status == {"draft": 404, "embargo": 404, "withdrawn": 404, "gone": 410}
    assert client.get(f"/en/news/old/{name}").headers["Location"] == f"/en/news/live/{name}"
    response = client.get(f"/en/news/live/{name}")
    assert response.status_code == 200
    given = b"".join(response)
    assert b"SECRET" not in given
    assert b"futur" not in given
    assert client.post(f"/en/news/live/{name}").status_code == 405


def test_the_article_leads_to_both_while_it_is_live(client, story):
    page = client.get("/en/news/wells/").content.decode()
    assert 'href="/en/news/wells/kit.zip"' in page
    assert 'href="/en/news/wells/text.txt"' in page
    make_article(slug="gone-wrong", state="withdrawn", withdrawal_note="Wrong.")
    assert "kit.zip" not in client.get("/en/news/gone-wrong/").content.decode()


def test_corrections_and_boilerplate_are_in_both(client, story):
    story.boilerplate_title, story.boilerplate = "About us", "<p>We dig.</p>"
    story.change_kind, story.was_wrong, story.change_note = "correction", "Two wells.", "Three wells."
    story.save()
    revisions.publish_edition(story, is_told=True, takes_boilerplate=False)
    found = opened(kit(client))
    text = found["text-en.txt"].decode()
    assert "What was wrong: Two wells.\nWhat it says now: Three wells." in text
    assert "\n\nAbout us\n\nWe dig.\n\n" in text
    assert "Two wells." in found["text-en.html"].decode()
    assert not Boilerplate.objects.exists()


def test_the_time_of_files_is_that_of_the_last_change(client, story):
    type(story).objects.filter(pk=story.pk).update(updated_at=datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC))
    type(story).objects.filter(pk=story.pk).update(publish_at=datetime(1970, 1, 2, tzinfo=UTC))
    type(story).objects.exclude(pk=story.pk).delete()
    archive = zipfile.ZipFile(io.BytesIO(kit(client)))
    assert {info.date_time for info in archive.infolist()} == {(2026, 1, 2, 3, 4, 6)}


def test_terms_in_another_language_have_a_direction_of_their_own(client):
    article = make_article(language="ar", slug="wells")
    article.gallery.set([create_image(files.picture(), "Ada Ek", terms="Free with credit")])
    html = opened(kit(client, "/ar/news/wells/kit.zip"))["wells/text-ar.html"].decode()
    for part in ("Ada Ek", "Free with credit"):
        assert f"<bdi>{part}</bdi>" in html
