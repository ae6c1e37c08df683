"""The interface in every language: all of it translated, placeholders kept, compiled as committed."""

import ast
import re
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import to_locale

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).parents[2]
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
GETTEXT = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2}
CONTEXT = {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 2, "npgettext_lazy": 2}
IN_FILTERS = re.compile(r"""_\("([^"]+)"\)""")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def catalogue(language, suffix="po"):
    path = settings.LOCALE_PATHS[0] / to_locale(language) / "LC_MESSAGES" / f"django.{suffix}"
    return (polib.pofile if suffix == "po" else polib.mofile)(str(path))


def python_messages(path):
    """(context, message, plural or "") of every call of gettext with plain text."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in GETTEXT | CONTEXT:
            continue
        words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        context = words.pop(0) if name in CONTEXT and words else ""
        number = (GETTEXT | CONTEXT)[name]
        if len(words) >= number and all(isinstance(word, str) for word in words[:number]):
            yield context, words[0], words[1] if number == 2 else ""


def template_messages(path):
    text = path.read_text(encoding="utf-8")
    yield from (("", message, "") for message in IN_FILTERS.findall(text))
    template = engines["django"].from_string(text).template
    for node in template.nodelist.get_nodes_by_type(TranslateNode):
        if isinstance(node.filter_expression.var.literal, str):
            yield _plain(node.message_context), node.filter_expression.var.literal, ""
    for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        plural = node.render_token_list(node.plural)[0] if node.plural else ""
        singular = node.render_token_list(node.singular)[0]
        if node.trimmed:
            singular, plural = (" ".join(part.split()) for part in (singular, plural))
        yield _plain(node.message_context), singular, plural


def _plain(expression):
    return str(expression.var) if expression else ""


@pytest.fixture(scope="module")
def said():
    """Every message of code and templates."""
    code = [path for app in ("articles", "contacts", "newsroom") for path in (ROOT / app).rglob("*.py")]
    found = {message for path in code if "migrations" not in path.parts for message in python_messages(path)}
    found |= {message for path in (ROOT / "templates").rglob("*.*") for message in template_messages(path)}
    return {message for message in found if message[1]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(said, language):
    # Admin templates that start from Django's keep its messages, and Django has their translation.
    djangos = Path(django.__file__).parent.rglob(f"locale/{to_locale(language)}/LC_MESSAGES/django.mo")
    catalogues = [catalogue(language).translated_entries(), *(polib.mofile(str(path)) for path in djangos)]
    known = {(entry.msgctxt or "", entry.msgid) for entries in catalogues for entry in entries}
    assert sorted({message for context, message, _ in said if (context, message) not in known}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess_or_loses_a_placeholder(language):
    wrong = []
    for entry in catalogue(language):
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        # A plural form may say "one" in words.
        forms = list(entry.msgstr_plural.values())[-1:] if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy or any(sorted(PLACEHOLDER.findall(form)) != wanted for form in forms):
            wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_text(language):
    def words(entries):
        return {(entry.msgctxt or "", entry.msgid): (entry.msgstr, entry.msgstr_plural) for entry in entries}

    text = [entry for entry in catalogue(language) if entry.translated()]
    assert words(catalogue(language, "mo")) == words(text)
