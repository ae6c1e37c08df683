"""The documents are true where a machine can tell: paths exist, tables are complete, every module says what it does."""

import ast
import re

import pytest

from articles.publishing.workflow import MOVES
from tests import environment

from .test_house_rules import ROOT, name, python_files, tracked
from .test_rooms import ROOMS

pytestmark = pytest.mark.one_database

TABLE_OF_ROOMS = re.compile(r"^\| room \| .*?\n\n", re.MULTILINE | re.DOTALL)
PATH = re.compile(r"`((?:[\w-]+/)*[\w.-]+/?)`")
IS_FILE = re.compile(r".+\.(?:py|html|css|js|md|txt|tsv|json|toml|po|lock|ini|conf|vcl|yaml|yml|env|service|timer)")
OWN = re.compile(
    r"(?<![\w./{-])(?:articles|contacts|newsroom|templates|tests|deploy)/[\w./-]+\.(?:py|html|css|js|md|tsv)\b"
)
# Files and folders that the commands make, or that are somebody else's.
NOT_OURS = set("mail/ media/ staticfiles/ snapshot.txt robots.txt security.txt postgresql.conf".split())
# Packages that hold nothing but what Django looks for in them.
EMPTY = re.compile(r"(?:management|commands|templatetags|newsroom/formats/\w+)/__init__\.py$")


def files():
    return {name(path) for path in tracked()}


def test_the_table_of_rooms_has_the_order_of_the_rooms():
    table = TABLE_OF_ROOMS.search((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))[0]
    cells = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    assert [room for cell in cells for room in re.findall(r"`([\w/]+)/`", cell)] == list(ROOMS)


def documents():
    return [path for path in tracked("*.md") if "tests" not in path.parts]


@pytest.mark.parametrize("path", [pytest.param(path, id=name(path)) for path in documents()])
def test_paths_in_documents_exist(path):
    known = files()
    endings = {"/".join(one.split("/")[start:]) for one in known for start in range(one.count("/") + 1)}
    folders = {one.rsplit("/", depth)[0] for one in endings for depth in range(1, one.count("/") + 1)}
    named = {
        one for one in PATH.findall(path.read_text(encoding="utf-8")) if one.endswith("/") or IS_FILE.fullmatch(one)
    }
    assert {one for one in named - NOT_OURS if one.rstrip("/") not in endings | folders} == set()


def test_paths_in_comments_exist():
    known = files()
    wrong = [
        (name(path), found)
        for path in python_files()
        for found in OWN.findall(path.read_text(encoding="utf-8"))
        if not any(one == found or one.endswith(f"/{found}") for one in known)
    ]
    assert wrong == []


EDGE = re.compile(r"^ {4}(\w+) --> (\w+): (.+)$", re.MULTILINE)


def test_the_picture_of_the_states_has_the_moves_of_the_table():
    drawn = {
        (origin, move.split()[0], target)
        for origin, target, moves in EDGE.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
        for move in moves.split(", ")
    }
    stored = {"scheduled": "approved", "live": "approved"}
    expected = {
        (stored.get(origin, origin), step.name, step.target)
        for step in MOVES.values()
        for origin in step.origins
        if step.action and step.target
    }
    expected = {edge for edge in expected if edge[0] != edge[2]}
    assert drawn == expected | {("gone", "take_back", "withdrawn")}  # to the state before the removal


def test_every_module_says_what_it_does_in_its_first_line():
    wrong = {}
    for path in python_files():
        if name(path).startswith("tests/") or EMPTY.search(name(path)):
            continue
        first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
        if not first.endswith((".", "!", "?")):
            wrong[name(path)] = first
    assert wrong == {}


def test_a_setting_is_in_the_handbook_and_taken_from_the_tests():
    settings = (ROOT / "newsroom" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", settings)) | {"HOST", "PORT", "WORKERS", "THREADS"}
    assert len(read) > 40
    handbook = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    assert read - set(re.findall(r"`([A-Z_]+)`", handbook)) == set()
    assert read - {*environment.SETTINGS, "DATABASE_URL", "DEBUG", "NEWSROOM_NAME"} == set()
