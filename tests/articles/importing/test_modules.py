"""The modules of the import: they depend on each other in one direction, and the command loads no more than it needs."""

import os
import subprocess
import sys
from graphlib import TopologicalSorter

import pytest

from tests.newsroom.test_rooms import imported, modules

pytestmark = pytest.mark.one_database

LOADED = """
import sys
from django.core.management import execute_from_command_line
try:
    execute_from_command_line(["manage.py", "import_fixture", "no-such-file.json"])
except SystemExit:
    print(*sys.modules)
"""


def test_no_modules_of_the_import_import_each_other_in_a_circle():
    known = {name: path for name, path in modules().items() if name.startswith("articles.importing.")}
    assert len(known) > 10
    TopologicalSorter({name: set(imported(name, path, known)) for name, path in known.items()}).prepare()


def test_the_command_loads_neither_the_pages_nor_the_field_reference(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
    }
    command = [sys.executable, "-c", LOADED]
    loaded = subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout.split()
    assert "articles.management.commands.import_fixture" in loaded
    assert {"articles.views", "newsroom.urls", "articles.importing.reference"} & set(loaded) == set()
