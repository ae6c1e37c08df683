"""The messages of the interface: those that code and templates say, and those of the catalogues."""

import ast
import re
from functools import cache
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import to_locale

ROOT = Path(__file__).parents[2]
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
GETTEXT = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
CONTEXT = {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 2, "npgettext_lazy": 2}
IN_FILTERS = re.compile(r"""_\("([^"]+)"\)""")


def catalogue(language, suffix="po"):
    path = settings.LOCALE_PATHS[0] / to_locale(language) / "LC_MESSAGES" / f"django.{suffix}"
    return (polib.pofile if suffix == "po" else polib.mofile)(str(path))


def forms(entry):
    """The translations of a message: one, or one for each plural form."""
    return [text for _, text in sorted(entry.msgstr_plural.items())] if entry.msgid_plural else [entry.msgstr]


@cache
def said():
    """(context, message, plural or "") of every message of our code and templates."""
    code = [path for app in ("articles", "contacts", "newsroom") for path in (ROOT / app).rglob("*.py")]
    found = {message for path in code if "migrations" not in path.parts for message in _python_messages(path)}
    found |= {message for path in (ROOT / "templates").rglob("*.*") for message in _template_messages(path)}
    return {message for message in found if message[1]}


@cache
def of_packages():
    """(context, message) of everything that Django and other packages have in a catalogue of theirs."""
    import django

    others = [app.path for app in apps.get_app_configs() if app.name not in ("articles", "contacts", "newsroom")]
    folders = [Path(django.__file__).parent, *map(Path, others)]
    paths = {path for folder in folders for path in folder.rglob("locale/*/*/*.po")}
    return {(entry.msgctxt or "", entry.msgid) for path in paths for entry in polib.pofile(str(path))}


def _python_messages(path):
    """Every call of gettext with plain text."""
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


def _template_messages(path):
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
