"""The modules of the import depend on each other in one direction only."""

from graphlib import TopologicalSorter

from tests.newsroom.test_rooms import imported, modules


def test_no_modules_of_the_import_import_each_other_in_a_circle():
    known = {name: path for name, path in modules().items() if name.startswith("articles.importing.")}
    assert len(known) > 10
    TopologicalSorter({name: set(imported(name, path, known)) for name, path in known.items()}).prepare()
