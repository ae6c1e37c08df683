"""The interface in every language: all of it translated, placeholders kept, compiled as committed."""

import re
from collections import Counter
from pathlib import Path

import django
import polib
import pytest
from django.utils.translation import to_locale

from .messages import LANGUAGES, catalogue, forms, of_packages, said

pytestmark = pytest.mark.one_database

PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}|</?[a-z]+>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language):
    # Admin templates that start from Django's keep its messages, and Django has their translation.
    djangos = Path(django.__file__).parent.rglob(f"locale/{to_locale(language)}/LC_MESSAGES/django.mo")
    catalogues = [catalogue(language).translated_entries(), *(polib.mofile(str(path)) for path in djangos)]
    known = {(entry.msgctxt or "", entry.msgid) for entries in catalogues for entry in entries}
    assert sorted({message for context, message, _ in said() if (context, message) not in known}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess_or_loses_a_placeholder(language):
    wrong, djangos = [], of_packages() - {(context, message) for context, message, _ in said()}
    for entry in catalogue(language):
        wanted = Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        found = [Counter(PLACEHOLDER.findall(form)) for form in forms(entry)]
        # A plural form may say "one" in words, and Django's messages name kinds of records in the wrong case or gender.
        may_lack = (entry.msgctxt or "", entry.msgid) in djangos
        if entry.fuzzy or any(form - wanted for form in found) or (found[-1] != wanted and not may_lack):
            wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_the_forms_of_its_language(language):
    entries = catalogue(language)
    number = int(re.match(r"nplurals=(\d)", entries.metadata["Plural-Forms"])[1])
    assert number == {"ar": 6, "ru": 3, "zh": 1}.get(language, 2)
    assert [entry.msgid for entry in entries if entry.msgid_plural and not all(forms(entry))] == []
    assert [entry.msgid for entry in entries if entry.msgid_plural and len(forms(entry)) != number] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_is_translated_as_one(language):
    singular = {(entry.msgctxt or "", entry.msgid) for entry in catalogue(language) if not entry.msgid_plural}
    assert [message for context, message, plural in said() if plural and (context, message) in singular] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_of_a_message_that_nothing_says(language):
    known = {(context, message) for context, message, _ in said()} | of_packages()
    assert [entry.msgid for entry in catalogue(language) if (entry.msgctxt or "", entry.msgid) not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_text(language):
    def words(entries):
        return {(entry.msgctxt or "", entry.msgid): (entry.msgstr, entry.msgstr_plural) for entry in entries}

    text = [entry for entry in catalogue(language) if entry.translated()]
    assert words(catalogue(language, "mo")) == words(text)
