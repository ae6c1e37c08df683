"""Scripts of the admin share a page: a name that two of them declare at their top would stop the second one."""

import re

import pytest
from django.conf import settings

SCRIPTS = settings.BASE_DIR / "newsroom/static/newsroom/js"
DECLARED = re.compile(r"^(?:const|let|function|class)\s+(\{[^}]*\}|\[[^\]]*\]|\w+)", re.MULTILINE)
TAG = re.compile(r"<script[^>]*>")
EVERYWHERE = ("admin.js", "admin-editor.js")  # templates/admin/base_site.html


def names(path):
    return {name for found in DECLARED.findall(path.read_text()) for name in re.findall(r"\w+", found)}


def modules():
    """The scripts whose names are their own."""
    pages = [page.read_text() for page in (settings.BASE_DIR / "templates").rglob("*.html")]
    tags = [tag for page in pages for tag in TAG.findall(page) if 'type="module"' in tag]
    return {path for path in SCRIPTS.glob("*.js") if any(f"/{path.name}" in tag for tag in tags)}


@pytest.mark.parametrize("everywhere", EVERYWHERE)
def test_no_script_declares_what_every_page_has(everywhere):
    taken = names(SCRIPTS / everywhere)
    assert taken
    scripts = {path for path in SCRIPTS.glob("*.js") if not path.read_text().startswith("import ")} - modules()
    found = {path.name: names(path) & taken for path in scripts if path.name != everywhere}
    assert {name: both for name, both in found.items() if both} == {}
