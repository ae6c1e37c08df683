"""Sources that are broken, hostile or something else: one sentence with file and line, and nothing is written."""

import gzip
from io import StringIO

import pytest
from django.core.management import call_command

from articles.importing.converting import catalogue

from .exports import WXR, convert, item

pytestmark = pytest.mark.one_database

EXPORT = WXR.format("\n".join(item(number) for number in range(1, 9)))
BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
WAGTAIL = '{"items": [{"id": 1, "meta": {"detail_url": "/pages/1/", "locale": "en"}, "title": "A", "body": ["x", %s]}]}'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def with_doctype(doctype):
    return EXPORT.replace("<rss", f"{doctype}\n<rss", 1).replace("Story 1]]>", "]]>&a;", 1)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("cut.xml", EXPORT[:-700], "cut.xml:{line}: is cut off or damaged"),
        ("cut.xml.gz", gzip.compress(EXPORT.encode())[:-90], "cut.xml.gz cannot be read: "),
        ("bytes.xml", EXPORT.replace("Old site", "Old s\udce9te"), "bytes.xml:6: holds bytes that are not in the encoding"),
        ("bomb.xml", with_doctype(BOMB), "bomb.xml:1: has a DOCTYPE"),
        ("outside.xml", with_doctype(OUTSIDE), "outside.xml:1: has a DOCTYPE"),
        ("deep.xml", EXPORT.replace("<dc:creator>", "<b>" * 300 + "<dc:creator>"), "deep.xml:"),
        ("login.xml", "<!DOCTYPE html><html><p>Log in</p></html>", "login.xml:1: is an HTML page, not a WordPress export"),
        ("empty.xml", " \n", "empty.xml is empty"),
        ("picture.xml", "\udcff\udcd8\udcff\udce0 JFIF", "picture.xml:1: is no WordPress export, no feed and no HTML page"),
        ("pages.xml", WXR.format(item(1, post_type="page")), "nothing was written; 1 × page left out: not one of the types"),
        ("cut-feed.xml", "<rss><channel><item><title>A</title>", "cut-feed.xml:1: is cut off or damaged"),
        ("none.xml", "<rss><channel><title>A</title></channel></rss>", "none.xml:1: holds no entry of a feed"),
        ("feed.json", '{"version": "https://jsonfeed.org/version/1.1",\n"items": [{]', "feed.json:2: is no readable JSON"),
        ("deep.json", '{"items": ' + "[" * 100_000, "deep.json:1: is no readable JSON"),
        ("codec.xml", '<?xml version="1.0" encoding="undefined"?><rss><channel/></rss>', "codec.xml:1: names an encoding that"),
        ("nested.json", WAGTAIL % ("[" * 450 + "]" * 450), "nested.json page 1: its text is nested too deeply"),
        ("koi8.xml", "<rss><channel><item><title>\udceb\udcc1</title></item></channel></rss>", "koi8.xml:1: names no encoding"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith((".xml", ".gz", ".json")) else "",
)  # fmt: skip
def test_a_broken_source_is_told_in_one_sentence(tmp_path, name, content, told):
    source = tmp_path / name
    source.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape"))
    found = convert(tmp_path, source)
    told = told.format(line=content.count("\n") + 1 if isinstance(content, str) else 0)
    assert found.code == 1
    assert told in found.err
    assert "Traceback" not in found.err
    assert found.err.count("\n") == 0
    assert [path.name for path in tmp_path.iterdir()] == [name]


YEAR_1 = "0001-01-01T00:00:00+01:00"  # how some systems write that there is no date


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "page.html",
            f"<html lang=en><meta name=date content={YEAR_1}><title>A</title><main><p>Text</p></main></html>",
        ),
        ("page.html", "<html lang=en><meta charset=undefined><title>A</title><main><p>Text</p></main></html>"),
        ("wagtail.json", WAGTAIL.replace('"title"', f'"tags": 5, "date": "{YEAR_1}", "title"') % '"y"'),
        (
            "feed.json",
            '{"items": [{"id": "1", "title": "A", "language": "en", "content_text": "Text", "tags": 5, "attachments": 5,'
            f' "authors": 5, "date_published": "{YEAR_1}"}}]}}',
        ),
        (
            "export.xml",
            WXR.format(
                item(1, title="A", post_date_gmt="").replace(
                    "<link>", f"<pubDate>Mon, {9**30} Jan 2020 09:00:00 +0000</pubDate><link>"
                )
            ),
        ),
    ],
    ids=["page", "charset", "wagtail", "feed", "wordpress"],
)
def test_dates_and_values_that_are_none_cost_no_article(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    found = convert(tmp_path, tmp_path / name)
    assert [fields["headline"] for fields in found.of("article")] == ["A"], found.err
    assert "publish_at" not in found.of("article")[0]


def test_long_titles_are_cut_and_same_titles_are_numbered_in_one_step(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        catalogue, "numbered", lambda slug, number: asked.append(number) or f"{slug[:9]}{number if number > 1 else ''}"
    )
    long = "汉" * 300
    items = [item(number, title=long if number < 3 else "Rain", post_name="") for number in range(1, 41)]
    (tmp_path / "export.xml").write_text(WXR.format("\n".join(items)))
    found = convert(tmp_path, tmp_path / "export.xml").of("article")
    assert found[0]["headline"] == "汉" * 249 + "…"
    assert len({fields["slug"] for fields in found}) == 40
    assert len(asked) < 4 * 40


def test_an_address_of_a_site_that_nobody_can_read_costs_no_article(tmp_path):
    source = tmp_path / "site.xml"
    source.write_text(EXPORT.replace("https://old.example</link><language>", "https://[old.example</link><language>"))
    assert convert(tmp_path, source).code == 0


def test_control_characters_that_plugins_write_are_dropped(tmp_path):
    source = tmp_path / "export.xml"
    source.write_text(WXR.format(item(1, title="St\x0bory\x00 1")))
    assert convert(tmp_path, source).article("story-1")["headline"] == "Story 1"


def test_a_packed_export_is_read_and_a_packed_fixture_is_written(tmp_path):
    source = tmp_path / "export.xml.gz"
    source.write_bytes(gzip.compress(EXPORT.encode()))
    assert convert(tmp_path, source, output="news.jsonl.gz").code == 0
    assert gzip.decompress((tmp_path / "news.jsonl.gz").read_bytes()).count(b'articles.article"') == 8


def test_an_element_that_never_ends_is_not_read_into_memory(tmp_path, monkeypatch):
    monkeypatch.setattr("articles.importing.converting.readers.wxr.MOST_OF_ELEMENT", 100_000)
    source = tmp_path / "endless.xml"
    source.write_text(WXR.format(item(1, more="<a>x</a>" * 20_000)))
    assert "has an element of more than" in convert(tmp_path, source).err


def test_without_an_output_nothing_is_written_but_the_list(tmp_path):
    source = tmp_path / "export.xml"
    source.write_text(WXR.format(item(1, status="private")))
    err = StringIO()
    call_command("convert", str(source), office="oslo", region="north", stderr=err)
    assert "1 × state: private article comes as a draft" in err.getvalue()
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize("output", ["news.csv", "news.yaml"])
def test_other_outputs_are_refused(tmp_path, output):
    source = tmp_path / "export.xml"
    source.write_text(EXPORT)
    assert "a conversion is written as" in (err := convert(tmp_path, source, output=output).err) or "give a name" in err


def test_a_folder_may_hold_several_kinds_and_other_files_are_told(tmp_path):
    folder = tmp_path / "old"
    (folder / "deeper").mkdir(parents=True)
    (folder / "export.xml").write_text(WXR.format(item(1)))
    (folder / "deeper" / "page.html").write_text("<html lang=en><title>Page</title><main><p>Text</p></main></html>")
    (folder / "notes.xml").write_text("<notes/>")
    found = convert(tmp_path, folder)
    assert {fields["headline"] for fields in found.of("article")} == {"Story 1", "Page"}
    kind = "file left out: it is no WordPress export, no feed and no HTML page"
    assert ("", kind, "") in found.lost()


def test_a_list_for_spreadsheets_holds_no_formula(tmp_path):
    source = tmp_path / "export.xml"
    source.write_text(WXR.format(item(1, meta=[("x", "1")]).replace("<wp:meta_key>x", "<wp:meta_key>=2+3")))
    assert convert(tmp_path, source).lost() == [("", "custom field left out", "'=2+3: 1")]


def test_a_text_of_brackets_takes_no_longer_than_others(tmp_path):
    opened = (
        "[a ",
        "<!-- wp:gallery ",
        "<pre",
        "<pre>",
        "\n   \n  ",
        '<figure class="wp-block-embed" ',
        "[gallery ",
        " " * 9,
    )
    source = tmp_path / "export.xml"
    source.write_text(WXR.format(item(1, "".join(each * 2_000 for each in opened))))
    assert convert(tmp_path, source).code == 0


def test_a_page_with_an_endless_tag_is_refused(tmp_path):
    source = tmp_path / "page.html"
    source.write_text(f"<html lang=en><main><p {' '.join(f'a{number}=1' for number in range(20_000))}>Text</p></main>")
    assert "page.html: has a tag of more than 60,000 characters" in convert(tmp_path, source).err
