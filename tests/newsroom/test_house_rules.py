"""The rules of the house (CONTRIBUTING, "The house"), held for every tracked file."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).parents[2]
APPS = ("contacts", "articles", "newsroom")
FILE_LINES, FUNCTION_LINES = 300, 50

MAY_IMPORT = {"contacts": {"contacts"}, "articles": {"articles", "contacts"}, "newsroom": set(APPS)}

# Where markup is declared safe by hand, and why that holds. Everything else is escaped by Django.
TRUSTED = {
    "articles/templatetags/article_tags.py": "joins cards that templates rendered and options that it escapes itself",
    "articles/pages/texts/text_html.py": "puts a dateline, which it escapes, and bdi into texts that were cleaned",
    "articles/pages/verifying/comparing.py": "puts ins and del around passages that it escapes itself",
    "articles/pages/kit/versions.py": "puts other addresses of files and pages into texts that were cleaned",
    "articles/pages/editions.py": "takes the pictures out of texts that it has cleaned",
    "articles/pages/texts/tables.py": "puts regions around the tables of texts that were cleaned",
    "articles/pages/texts/pictures.py": "puts pictures and credits, which it escapes, into texts that were cleaned",
    "articles/review/html_changes.py": "puts ins and del around words of texts that it cleans and escapes itself",
    "articles/review/content_changes.py": "puts ins and del around values that it escapes itself",
    "templates/admin/mail/digest.txt": "the part of a mail that is plain text",
    "templates/admin/mail/account.txt": "the part of a mail that is plain text",
    "templates/articles/alerts/mail/items.txt": "the part of a mail that is plain text",
    "templates/articles/alerts/mail/confirm.txt": "the part of a mail that is plain text",
    "templates/articles/alerts/mail/known.txt": "the part of a mail that is plain text",
    "templates/articles/press_lists/mail/sending.txt": "the part of a mail that is plain text",
    "articles/admin/display.py": "cleans what a user typed, to show it to this user",
    "articles/pages/json_ld.py": "JSON that Django's json_script has escaped",
}


def tracked(pattern=""):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *([pattern] if pattern else [])],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return sorted(
        path for path in (ROOT / name for name in listed.stdout.decode().split("\0") if name) if path.is_file()
    )


def name(path):
    return path.relative_to(ROOT).as_posix()


def python_files():
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def imported_apps(path):
    """The apps of ours that a file imports, relative imports included."""
    own = name(path).split("/")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = own[: len(own) - node.level + 1] if node.level else []
            yield [*package, *(node.module or "").split(".")][0]


def unsaid(found):
    return [f"{where}: {what}" for where, what in found]


def test_contacts_know_no_articles_and_neither_knows_the_site():
    wrong = [
        (name(path), f"imports {app}")
        for path in python_files()
        for app in set(imported_apps(path)) & set(APPS)
        if path.relative_to(ROOT).parts[0] in APPS and app not in MAY_IMPORT[path.relative_to(ROOT).parts[0]]
    ]
    assert unsaid(wrong) == []


def test_files_fit_in_one_sitting():
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {path: lines for path, lines in lengths.items() if lines > FILE_LINES} == {}


def test_functions_fit_on_one_screen():
    functions = [
        (f"{name(path)}:{node.lineno}", f"{node.name} has {node.end_lineno - node.lineno + 1} lines")
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]
    assert unsaid(functions) == []


# Put together here, so that this file does not hold what it forbids.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:" + "|".join(["work", "farm", "root"]) + ")/|/home/" + r"\w+/")
REGISTRIES = re.compile("|".join(re.escape(host) for host in ("files.python" + "hosted.org", "py" + "pi.org/simple")))


def test_nothing_names_a_machine_or_a_package_registry():
    wrong = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a compiled catalogue
        wrong += [(name(path), found.group()) for rule in (MACHINE_PATHS, REGISTRIES) for found in rule.finditer(text)]
    assert unsaid(wrong) == []


def test_no_database_is_committed():
    endings = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database
    assert not [name(path) for path in tracked() if path.name.endswith(endings)]
    assert not [name(path) for path in tracked() if path.read_bytes().startswith(b"SQLite format 3")]


def test_markup_is_declared_safe_only_where_a_reason_is_written_down():
    declared = re.compile(r"\|\s*safe\b|\bmark_safe\(|\bSafeString\(|\bautoescape off\b|format_html\(f[\"']")
    files = [
        path for path in tracked() if path.suffix in (".py", ".html", ".txt") and not name(path).startswith("tests/")
    ]
    found = {name(path) for path in files if declared.search(path.read_text(encoding="utf-8"))}
    assert found == set(TRUSTED)


def test_a_template_that_is_included_starts_with_an_underscore():
    included = re.compile(r"""\{%\s*include\s+["']([^"']+)["']""")
    wrong = [
        (name(path), part)
        for path in tracked("templates/*.html")
        for part in included.findall(path.read_text(encoding="utf-8"))
        if not part.startswith("admin/") and not part.rsplit("/", 1)[-1].startswith("_")
    ]
    assert unsaid(wrong) == []


def test_moments_in_templates_are_written_for_programs_as_iso_8601():
    """Django's format has other letters than PHP's: its P is "3:08 p.m." and no offset."""
    attribute = re.compile(r'datetime="\{\{ [\w.]+\|(.*?) \}\}"')
    wrong = [
        (name(path), written)
        for path in tracked("templates/*.html")
        for written in attribute.findall(path.read_text(encoding="utf-8"))
        if written not in {"iso_moment", 'date:"c"', 'date:"Y-m-d"'}
    ]
    assert unsaid(wrong) == []


# A property or value of one side of the page; its logical twin turns round with the language.
SIDES = re.compile(
    r"(?:^|[;{\s])((?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right)\s*:"
    r"|(?:float|clear|text-align)\s*:\s*(?:left|right)\b|border-(?:top|bottom)-(?:left|right)-radius\s*:)"
)


def test_style_sheets_know_start_and_end_but_not_left_and_right():
    wrong = [
        (f"{name(path)}:{number}", found.group(1))
        for path in tracked("*.css")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for found in SIDES.finditer(line)
    ]
    assert unsaid(wrong) == []


@pytest.mark.parametrize(
    "css", ["a { margin-left: 1rem }", "left: 0;", "a{float:right}", "border-top-left-radius: 2px"]
)
def test_the_rule_of_style_sheets_sees_a_side(css):
    assert SIDES.search(css)


@pytest.mark.parametrize("css", ["margin-inline-start: 1rem;", "inset-inline-end: 0;", ".left-out { color: red }"])
def test_the_rule_of_style_sheets_lets_logical_properties_pass(css):
    assert not SIDES.search(css)


def test_no_test_is_skipped():
    skip = re.compile("|".join([r"pytest\.mark\.(?:skip|xfail)", r"pytest\.skip" + r"\(", r"@(?:unittest\.)?skip"]))
    tests = [path for path in tracked("tests/*.py") if path != Path(__file__)]
    assert [name(path) for path in tests if skip.search(path.read_text(encoding="utf-8"))] == []
