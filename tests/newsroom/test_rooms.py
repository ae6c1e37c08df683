"""The order of rooms (CONTRIBUTING, "The house"): a module imports from its own room and from earlier ones."""

import ast

import pytest

from .test_house_rules import name, python_files

pytestmark = pytest.mark.one_database

# In the order of the table in CONTRIBUTING. "articles" is the root of the app without its views.
ROOMS = (
    "contacts",
    "articles/html",
    "articles",
    "articles/models",
    "articles/search",
    "articles/personal_links",
    "articles/media",
    "articles/mail",
    "articles/webhooks",
    "articles/checks",
    "articles/publishing",
    "articles/review",
    "articles/translating",
    "articles/listing",
    "articles/pages",
    "articles/old_addresses",
    "articles/alerts",
    "articles/press_lists",
    "articles/feeds",
    "articles/api",
    "articles/importing",
    "articles/reader_figures",
    "articles/desk",
    "articles/admin",
    "articles/templatetags",
    "articles/management",
    "newsroom",
)
ENTRANCES = {"articles.apps", "articles.urls", "articles.views"}  # at the root, but they open the whole app
MODULES = 12


def modules():
    """{dotted name: path} of every module outside the tests."""
    found = {}
    for path in python_files():
        parts = name(path).removesuffix(".py").split("/")
        if parts[0] != "tests":
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def room_of(module):
    """The place of a module's room in ROOMS."""
    if module in ENTRANCES:
        return len(ROOMS)
    parts = module.split(".")
    room = "/".join(parts[:2])
    return ROOMS.index(room if room in ROOMS else parts[0])


def imported(module, path, known):
    """The modules of the project that a module imports, at its top or within a function."""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            parents = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*parents, *filter(None, [node.module])])
            for alias in node.names:
                if (inner := f"{source}.{alias.name}") in known:
                    yield inner
                elif source in known:
                    yield source


def test_no_room_imports_from_a_later_one():
    known = {module: path for module, path in modules().items() if module.split(".")[0] in ("contacts", "articles")}
    wrong = [
        f"{module} imports {other}"
        for module, path in known.items()
        for other in imported(module, path, known)
        if room_of(other) > room_of(module)
    ]
    assert wrong == []


def test_no_room_has_more_modules_than_one_remembers():
    rooms = {}
    for module, path in modules().items():
        if path.name != "__init__.py":
            rooms.setdefault(path.parent, []).append(module)
    crowded = {name(folder): len(found) for folder, found in rooms.items() if len(found) > MODULES}
    assert crowded == {}


def test_models_know_no_search_engine():
    known = modules()
    for module, path in known.items():
        if module.startswith(("articles.models", "articles.querysets")):
            assert not [other for other in imported(module, path, known) if other.startswith("articles.search")], module
