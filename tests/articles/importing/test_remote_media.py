"""Pictures of a fixture on other sites: listed, or fetched with --fetch-media, checked, credited and remembered."""

from pathlib import Path

import pytest

from articles.importing.remote_media import SOURCE
from articles.media.fetch import FetchError
from articles.models import Article, ArticleBodyImage, Attachment, Image, ImportRun
from tests import files
from tests.articles.importing.fixture_records import article, counts, newsroom, record, run, write
from tests.articles.importing.test_media import stored
from tests.articles.media.test_embedded import XMP

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "https://old.example/files/a.jpg?itok=1"
BODY = f'<p>Text.</p><figure><img src="{URL}" alt="The sea"><figcaption>Sea</figcaption></figure>'


@pytest.fixture
def web(monkeypatch):
    """{address: bytes} of the other sites; `asked` lists what was fetched."""
    pages = {URL: files.picture(60, 40)}

    def fetch(address):
        pages.setdefault("asked", []).append(address)
        if address not in pages:
            raise FetchError("the site answers 404")
        return pages[address]

    monkeypatch.setattr("articles.management.commands.import_fixture.fetch", fetch)
    return pages


def fixture(tmp_path, *records, **fields):
    return write(tmp_path / "news.json", [*newsroom(article(**({"body": BODY} | fields))), *records])


def test_without_the_flag_nothing_is_fetched_and_all_are_listed(tmp_path, web):
    code, out, _err = run(fixture(tmp_path))
    assert code == 0
    assert "1 picture is on another site and left out; --fetch-media fetches it:" in out
    assert f"  {URL} (" in out
    assert "asked" not in web
    assert "<img" not in Article.objects.get().body


def test_a_picture_in_a_text_comes_into_the_library(tmp_path, web):
    code, out, err = run(fixture(tmp_path), fetch_media=True)
    assert (code, err) == (0, "")
    image, found = Image.objects.get(), Article.objects.get()
    assert f'<img src="/media/{image.file.name}" alt="The sea">' in found.body
    assert (image.source_url, image.credit, image.alt) == (URL, "old.example", "The sea")
    assert ArticleBodyImage.objects.get().image == image
    assert "names no credit" in out
    assert stored() == [image.file.name]


def test_a_second_run_changes_nothing_and_fetches_nothing(tmp_path, web):
    source = fixture(tmp_path)
    _code, out, _err = run(source, fetch_media=True)
    first = counts(out)["create"]
    for flags in ({"fetch_media": True}, {}):
        code, out, _err = run(source, **flags)
        assert code == 0
        assert counts(out) == {"unchanged": first - 2}  # the picture and its text were no records of the file
    assert web["asked"] == [URL]


def test_an_address_that_nobody_can_read_is_told(tmp_path, web):
    odd = "https://[old.example/a.jpg"
    code, _out, err = run(fixture(tmp_path, record("articles.image", file=odd, alt="x")), fetch_media=True)
    assert (code, odd in err, "Traceback" in err) == (1, True, False)
    code, _out, err = run(fixture(tmp_path, body=BODY.replace(URL, odd)), fetch_media=True)
    assert (code, err) == (0, "")
    assert "<img" not in Article.objects.get().body


def test_one_address_in_many_texts_is_fetched_once(tmp_path, web):
    texts = [article(slug=f"story-{number}", body=BODY) for number in range(3)]
    run(write(tmp_path / "news.json", newsroom(*texts)), fetch_media=True)
    assert web["asked"] == [URL]
    assert Image.objects.count() == 1


def test_the_credit_of_the_file_is_taken(tmp_path, web):
    web[URL] = files.picture(60, 40, xmp=XMP)
    run(fixture(tmp_path), fetch_media=True)
    assert Image.objects.get().credit == "محمد علي, Ada Ek / UNICEF"


def test_other_spellings_of_the_tag_are_found(tmp_path, web):
    web["https://old.example/b.jpg"] = files.picture(50, 40)
    body = f"<p><IMG class=x SRC='{URL}'></p><p><img alt=b src=//old.example/b.jpg width=5></p>"
    run(fixture(tmp_path, body=body), fetch_media=True)
    assert Article.objects.get().body.count('src="/media/images/') == 2


@pytest.mark.parametrize(
    "content",
    [None, b"<html>", b"<svg/>", files.picture(60, 40)[:300], files.bomb(13_000), files.heic(20, 20)],
    ids=["missing", "page", "drawing", "cut", "bomb", "telephone"],
)
def test_what_fails_is_listed_with_record_address_and_reason(tmp_path, web, content):
    if content is None:
        del web[URL]
    else:
        web[URL] = content
    code, out, _err = run(fixture(tmp_path), fetch_media=True)
    assert code == 0
    assert "1 pictures on other sites could not be fetched:" in out
    line = next(line for line in out.splitlines() if URL in line)
    assert "record" in line
    assert len(line.rpartition("record")[2]) > 10
    assert not Image.objects.exists()
    assert stored() == []


def test_half_of_a_file_on_a_full_disk_is_not_taken_for_the_file(tmp_path, web, monkeypatch):
    page = b"A text of a file, and more of it"
    web["https://old.example/a.txt"] = page
    write_bytes = Path.write_bytes

    def half(path, content):
        write_bytes(path, content[: len(content) // 2] if content == page else content)
        if content == page:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    attachment = record("articles.attachment", file="https://old.example/a.txt", language="en", title="A")
    _code, out, err = run(fixture(tmp_path, attachment), fetch_media=True)
    assert "cannot be kept until it is stored: No space left on device" in out + err
    assert not Attachment.objects.exists()


def test_a_record_may_name_its_file_by_address(tmp_path, web):
    records = [record("articles.image", file=URL, credit="Ada Ek", terms="No sale")]
    code, out, err = run(fixture(tmp_path, *records, lead_image=[URL], gallery=[[URL]]), fetch_media=True)
    assert (code, err) == (0, "")
    image, found = Image.objects.get(), Article.objects.get()
    assert (image.credit, image.source_url, found.lead_image) == ("Ada Ek", URL, image)
    assert [row.image for row in found.image_rows.all()] == [image]
    again = run(fixture(tmp_path, *records, lead_image=[URL], gallery=[[URL]]))
    assert again[0] == 0
    assert counts(again[1]) == {"unchanged": counts(out)["create"]}
    assert web["asked"] == [URL]


def test_an_article_may_refer_to_a_picture_by_address_alone(tmp_path, web):
    run(fixture(tmp_path, body="<p>Text.</p>", lead_image=[URL]), fetch_media=True)
    assert Article.objects.get().lead_image == Image.objects.get()


DEAD = "https://old.example/dead.jpg"


def test_an_article_does_without_the_pictures_that_are_gone(tmp_path, web):
    code, out, err = run(fixture(tmp_path, lead_image=[DEAD], gallery=[[DEAD], [URL]]), fetch_media=True)
    assert (code, err) == (0, "")
    found = Article.objects.get()
    assert (found.lead_image, found.gallery.get()) == (None, Image.objects.get())
    assert f"  {DEAD} (" in out


def test_of_a_record_whose_document_is_gone_only_the_document_is_refused(tmp_path, web):
    address = "https://old.example/report.pdf"
    records = [record("articles.attachment", file=address, title="Report", language="en")]
    code, out, _err = run(fixture(tmp_path, *records, attachments=[[address]]), fetch_media=True, keep_going=True)
    assert (code, counts(out)["refused"]) == (1, 1)
    assert not Article.objects.get().attachments.exists()


def test_of_a_record_whose_picture_is_gone_only_the_picture_is_refused(tmp_path, web):
    records = [
        record("articles.image", file=DEAD, credit="Ada Ek"),
        record("articles.imagetranslation", image=[DEAD], language="en", alt="The sea"),
    ]
    source = fixture(tmp_path, *records, body="<p>Text.</p>", lead_image=[DEAD], gallery=[[DEAD]])
    code, out, err = run(source, fetch_media=True, keep_going=True)
    assert (code, counts(out)["refused"]) == (1, 2)
    assert "the site answers 404" in err
    assert Article.objects.get().lead_image is None


def test_a_record_on_another_site_is_refused_without_the_flag_with_the_remedy(tmp_path, web):
    code, _out, err = run(fixture(tmp_path, record("articles.image", file=URL, credit="Ada Ek")))
    assert code == 1
    assert "--fetch-media" in err


def test_an_attachment_may_be_on_another_site(tmp_path, web):
    address = "https://old.example/report.pdf?x=1"
    web[address] = files.PDF
    records = [record("articles.attachment", file=address, title="Report", language="en")]
    code, _out, err = run(fixture(tmp_path, *records, attachments=[[address]]), fetch_media=True)
    assert (code, err) == (0, "")
    assert Article.objects.get().attachments.get().title == "Report"


def test_a_plan_lists_what_would_be_fetched_and_fetches_nothing(tmp_path, web):
    records = [record("articles.image", file="https://old.example/c.jpg")]
    code, out, _err = run(fixture(tmp_path, *records), plan=True, fetch_media=True)
    assert code == 0
    assert "2 files on other sites would be fetched:" in out
    assert URL in out
    assert "https://old.example/c.jpg" in out
    assert "asked" not in web
    assert not Image.objects.exists()


def test_undo_takes_fetched_pictures_back(tmp_path, web):
    run(fixture(tmp_path), fetch_media=True)
    assert run(undo=ImportRun.objects.get().pk)[0] == 0
    assert stored() == []
    assert not Image.objects.exists()


def test_a_site_that_does_not_answer_is_not_asked_for_ever(tmp_path, web, monkeypatch):
    def fetch(address):
        web.setdefault("asked", []).append(address)
        raise FetchError("the site cannot be reached", is_unreachable=True)

    monkeypatch.setattr("articles.management.commands.import_fixture.fetch", fetch)
    monkeypatch.setattr("articles.importing.remote_media.AT_A_TIME", 1)
    body = "".join(f'<p><img src="https://dead.example/{number}.jpg"></p>' for number in range(9))
    _code, out, _err = run(fixture(tmp_path, body=body), fetch_media=True)
    assert "9 pictures on other sites could not be fetched:" in out
    assert len(web["asked"]) == 3


@pytest.mark.parametrize(
    ("size", "is_one"), [('width="1" height=1', False), ('height="1" width="100"', True), ("", True)]
)
def test_a_pixel_that_counts_readers_is_not_fetched(size, is_one):
    assert bool(SOURCE.search(f'<p>A</p><img {size} src="https://example.org/a.gif">')) is is_one
