"""Reading: any spelling of JSON and YAML gives the same records; what is no fixture gives one sentence."""

import contextlib
import gzip
import io
import json
import string
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.read import json_reader
from articles.importing.read.json_reader import Text, json_lines, json_values
from articles.importing.read.sources import opened
from articles.importing.report import FixtureError, InvalidValue
from tests.articles.importing.fixture_records import is_empty, newsroom, run, write

pytestmark = pytest.mark.one_database

scalars = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(max_size=20)
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
)


class Slow(io.BytesIO):
    """A stream that gives a few bytes at a time."""

    step = 3

    def read(self, size=-1):
        return super().read(self.step)


@given(st.lists(trees, min_size=1, max_size=6), st.booleans(), st.sampled_from([None, 1, 4]), st.integers(1, 40))
def test_any_list_splits_into_the_values_that_json_reads(values, ascii_only, indent, step):
    data = json.dumps(values, ensure_ascii=ascii_only, indent=indent).encode("utf-8", "surrogatepass")
    stream = Slow(data)
    stream.step = step
    assert [value for _, value in json_values(Text(stream, "x"))] == json.loads(data)


@given(st.lists(trees.filter(lambda tree: isinstance(tree, dict)), min_size=1, max_size=6), st.integers(1, 40))
def test_any_lines_give_the_values_that_json_reads(values, step):
    stream = Slow("".join(json.dumps(value) + "\r\n" for value in values).encode())
    stream.step = step
    assert [value for _, value in json_lines(Text(stream, "x"))] == values


@given(st.binary(max_size=200) | st.text(alphabet=string.printable, max_size=200).map(str.encode))
@pytest.mark.parametrize("kind", ["json", "jsonl", "yaml"])
def test_no_bytes_make_the_reader_fail_otherwise_than_with_a_sentence(kind, data):
    from articles.importing.read.sources import NoFiles, Source, records

    source = Source("x", kind, lambda: io.BytesIO(data), NoFiles())
    with contextlib.suppress(FixtureError):
        assert all(record.place.number for record in records(source))


def test_lines_are_counted_where_records_begin():
    text = '[\n\n {"a":\n 1},\n\n {"b": "x\\ny"}]'
    assert [line for line, _ in json_values(Text(io.BytesIO(text.encode()), "x"))] == [3, 6]


@pytest.mark.django_db
class TestSpellings:
    def expect(self, path, *, code=0):
        assert run(path)[0] == code
        assert is_empty() is bool(code)

    def test_byte_order_mark_and_crlf(self, tmp_path):
        text = json.dumps(newsroom(), indent=1).replace("\n", "\r\n")
        (tmp_path / "news.json").write_bytes(b"\xef\xbb\xbf" + text.encode())
        self.expect(tmp_path / "news.json")

    def test_gzip(self, tmp_path):
        (tmp_path / "news.json.gz").write_bytes(gzip.compress(json.dumps(newsroom()).encode()))
        self.expect(tmp_path / "news.json.gz")

    def test_yaml_as_dumpdata_writes_it(self, tmp_path):
        import yaml

        text = yaml.safe_dump(newsroom(), allow_unicode=True).replace(
            "'2025-03-01T09:00:00Z'", "2025-03-01 09:00:00+00:00"
        )
        (tmp_path / "news.yaml").write_text(text, encoding="utf-8")
        self.expect(tmp_path / "news.yaml")

    @pytest.mark.parametrize("packed", [False, True])
    @pytest.mark.parametrize("spelling", ["json", "jsonl", "yaml"])
    def test_standard_input(self, monkeypatch, spelling, packed):
        import yaml

        text = {
            "json": json.dumps(newsroom(), indent=1),
            "jsonl": "\n".join(map(json.dumps, newsroom())),
            "yaml": yaml.safe_dump(newsroom()),
        }[spelling].encode()
        data = gzip.compress(text) if packed else text
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        self.expect("-")

    def test_a_folder_in_the_order_of_names(self, tmp_path):
        write(tmp_path / "demo" / "2-news.json", newsroom()[11:])
        write(tmp_path / "demo" / "1-places.jsonl", newsroom()[:11])
        self.expect(tmp_path / "demo")


def good(**changes):
    return json.dumps([{"model": "contacts.region", "fields": {"code": "a"} | changes}])


def archive_with_a_name_twice():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("news.json", good())
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr("news.json", good())
    return packed.getvalue()


def damaged_archive():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.json", good() + " " * 1000)
    data = bytearray(packed.getvalue())
    data[56:66] = b"\xff" * 10
    return bytes(data)


def test_damaged_gzip_on_standard_input_is_told(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\x1f\x8b no gzip")))
    with pytest.raises(FixtureError, match="standard input cannot be read"), opened(["-"]):
        pass


def test_names_given_twice_are_found_in_one_step():
    names = [f"n{number}" for number in range(300)]
    asked = []

    class Name(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other):
            asked.append(other)
            return str.__eq__(self, other)

    found = json_reader.pairs([(Name(name), 1) for name in [*names, "n7"]])
    assert [name for name, value in found.items() if value != 1] == ["n7"]
    assert len(asked) < 10 * len(names)


NO_FIXTURES = {
    "a.xml": (b'<?xml version="1.0"?><rss/>', "is not a newsroom fixture"),
    "a.csv": (b"a,b\n1,2\n", "is not a newsroom fixture"),
    "a.jpg": (b"\xff\xd8\xff", "is not a newsroom fixture"),
    "a.json": (b'{"main": {}}', "is not a newsroom fixture"),
    "b.json": (b"[]", "holds no record"),
    "c.json": (b"", "is not a newsroom fixture"),
    "d.json": (good().encode("utf-16"), "is UTF-16"),
    "n.json": (good().encode("utf-16-le"), "is UTF-16"),
    "e.json": (good(kind="r\u00e9gion").encode("latin-1") + b"\xe9", "is not UTF-8: the byte 0xe9"),
    "f.json": (good()[:-8].encode(), "ends in the middle of the record that begins at line 1"),
    "g.json": (good()[:-1].encode(), "ends in the middle of the list"),
    "h.json": (good().encode() + b" x", "goes on after the end of the list"),
    "i.json": (b"[" * 100_000, "is nested too deeply"),
    "j.json": (b'[{"model": "blog.entry", "pk": 1, "fields": {}}]', "not a newsroom fixture"),
    "k.json": (b'[{"model": "auth.user", "fields": {}}]', "holds nothing that a newsroom fixture brings"),
    "l.json": (b"[1, {]", "is not JSON"),
    "m.json": (b"[1\xff]", "is not UTF-8"),
    "a.jsonl": (b"name,code\n", "in .jsonl every line is a record"),
    "b.jsonl": (b"[1]", "name it .json"),
    "a.yaml": (b"just: a mapping", "is not a newsroom fixture"),
    "b.yaml": (b"- &a [x]\n- *a\n- [\n", "is not YAML"),
    "c.yaml": (b"- " + b"[" * 1000, "is nested too deeply"),
    "d.yaml": (b"- a\n---\n- b\n", "more than one YAML document"),
    "a.json.gz": (b"no gzip", "cannot be read: Not a gzipped file"),
    "b.json.gz": (gzip.compress(good().encode())[:-12], "cannot be read: "),
    "a.zip": (b"PK no zip", "is not a zip archive"),
    "b.zip": (damaged_archive(), "cannot be read: Corrupt input data"),
    "c.zip": (archive_with_a_name_twice(), "holds two files named 'news.json'"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", NO_FIXTURES)
def test_what_is_no_fixture_gets_one_sentence(tmp_path, name):
    data, message = NO_FIXTURES[name]
    (tmp_path / name).write_bytes(data)
    code, _, err = run(tmp_path / name)
    assert message in err
    assert f"{name}: is not" not in err
    assert (code, is_empty()) == (1, True)
    assert len(err.strip().splitlines()) == 1 or err.startswith("error: ")


ODD = {
    '{"code": "a\\u0000"}': "code: holds a NUL character",
    '{"code": "a\\ud800"}': "code: holds half a surrogate pair",
    '{"code": "a", "order": NaN}': "order: is NaN, which is no number",
    '{"code": "a", "order": -Infinity}': "order: is -Infinity, which is no number",
    '{"code": "a", "order": ' + "9" * 5000 + "}": "order: is a number of 5,000 digits",
    '{"code": "a", "code": "b"}': "code: is given twice",
    '{"code": "a", "parent": [["b"]]}': "parent: must be a text",
    '{"code": ["a"]}': "code: must be a text",
}


@pytest.mark.django_db
@pytest.mark.parametrize("fields", ODD)
def test_what_json_allows_and_a_fixture_does_not_is_named_by_line_and_field(tmp_path, fields):
    path = tmp_path / "news.json"
    path.write_text('[\n{"model": "contacts.region", "fields": %s}]' % fields, encoding="utf-8")  # noqa: UP031
    code, _, err = run(path)
    assert f"error: {path}:2 record 1 contacts.region" in err
    assert ODD[fields] in err
    assert (code, is_empty()) == (1, True)


@pytest.mark.django_db
def test_yaml_aliases_and_tags_are_refused(tmp_path):
    path = tmp_path / "news.yaml"
    path.write_text("- &a {model: contacts.region, fields: {code: a}}\n- *a\n- !!python/object:os.system {}\n")
    err = run(path)[2]
    assert ":2 record 2 uses a YAML alias" in err
    assert ":3 record 3 uses a YAML tag" in err


def test_a_record_of_many_megabytes_is_refused_early(tmp_path, monkeypatch):
    monkeypatch.setattr(json_reader, "RECORD_MAX", 1000)
    monkeypatch.setattr(json_reader, "CHUNK", 500)
    for values, data in ((json_values, b'["' + b"x" * 9000), (json_lines, b'{"' + b"x" * 9000)):
        with pytest.raises(FixtureError, match="of more than 1,000 characters"):
            list(values(Text(io.BytesIO(data), "x")))


def test_a_broken_line_is_one_bad_record_among_good_ones():
    lines = list(json_lines(Text(io.BytesIO(b'{"a": 1}\n{"b": \n{"c": 3}\n'), "x")))
    assert isinstance(lines[1][1], InvalidValue)
    assert lines[2] == (3, {"c": 3})
