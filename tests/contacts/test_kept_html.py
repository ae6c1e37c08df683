"""Pieces of HTML are kept up to a number of characters, for the values that they show and for nothing else."""

import tracemalloc

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test.utils import override_script_prefix
from django.utils.translation import override

from contacts.templatetags.kept_html import KeptHTML, kept_html

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept_html.clear()


def render(source, **context):
    return Template("{% load kept_html %}" + source).render(Context(context))


def test_the_content_is_rendered_once_for_the_same_values():
    source = '{% keep "piece" number %}{{ text }}{% endkeep %}'
    assert render(source, number=1, text="<first>") == "&lt;first&gt;"
    assert render(source, number=1, text="second") == "&lt;first&gt;"
    assert render(source, number=2, text="third") == "third"
    assert render(source.replace("piece", "other"), number=1, text="fourth") == "fourth"


def test_each_language_and_script_prefix_has_its_own():
    source = '{% keep "piece" %}{{ text }}{% endkeep %}'
    assert render(source, text="English") == "English"
    with override("fr"):
        assert render(source, text="français") == "français"
    with override_script_prefix("/press/"):
        assert render(source, text="below a path") == "below a path"
    assert render(source, text="unseen") == "English"


def test_values_that_cannot_be_hashed_are_compared_as_text():
    source = '{% keep "piece" values %}{{ values|length }}{% endkeep %}'
    assert render(source, values=[1]) == "1"
    assert render(source, values=[1, {"a": 2}]) == "2"


def test_a_piece_without_a_name_is_refused():
    with pytest.raises(TemplateSyntaxError, match="keep needs the name of the piece"):
        render("{% keep %}{% endkeep %}")


def test_the_least_recently_used_pieces_are_dropped():
    kept = KeptHTML(limit=2_500)
    for key in "abc":
        kept.put((key,), "x" * 600)
        assert kept.get(("a",))
    assert kept.get(("b",)) is None
    assert kept.get(("c",))
    assert len(kept) == 2
    before = kept.size
    kept.put(("a",), "x" * 500)
    assert (before - kept.size, len(kept)) == (100, 2)
    kept.put(("d",), "x" * 2_500)
    assert (kept.size, len(kept)) == (0, 0)


@pytest.mark.parametrize("letter", ["x", "ж", "新"])
def test_the_limit_is_what_the_pieces_and_their_keys_take_in_memory(letter):
    kept = KeptHTML(limit=500_000)
    tracemalloc.start()
    for number in range(2_000):
        kept.put(("card", f"key {number}", number, letter * 50), letter * 500)
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert 0.9 < used / kept.limit < 1.1


def test_nothing_is_kept_while_debug_is_on(settings):
    settings.DEBUG = True
    source = '{% keep "piece" %}{{ text }}{% endkeep %}'
    assert render(source, text="one") == "one"
    assert render(source, text="two") == "two"
