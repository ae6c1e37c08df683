"""The interface speaks six languages: nothing untranslated, nothing stale, every placeholder kept."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation.trans_real import to_locale

LOCALE = Path(settings.LOCALE_PATHS[0])
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|<[^>]+>")


def catalogue(language):
    folder = "zh_Hans" if language == "zh" else to_locale(language)
    return LOCALE / folder / "LC_MESSAGES" / "django.po"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language):
    messages = polib.pofile(catalogue(language))
    assert [entry.msgid for entry in messages if not entry.translated() or entry.obsolete or entry.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language):
    path = catalogue(language)
    compiled = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.mofile(path.with_suffix(".mo"))}
    written = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.pofile(path) if e.translated()}
    assert compiled == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_is_lost(language):
    for entry in polib.pofile(catalogue(language)):
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert sorted(PLACEHOLDER.findall(text)) == wanted, entry.msgid


def test_all_languages_have_the_same_sentences():
    known = [{(e.msgctxt, e.msgid) for e in polib.pofile(catalogue(language))} for language in LANGUAGES]
    assert all(sentences == known[0] for sentences in known)


def test_the_catalogues_are_used():
    with override("fr"):
        assert gettext("Press release") == "Communiqué de presse"
    with override("zh"):
        assert gettext("Press release") != "Press release"
