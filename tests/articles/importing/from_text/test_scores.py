"""The texts in `texts/` are read right, or marked as uncertain; nothing is wrong and said to be sure."""

import re
from collections import Counter

import pytest

from articles.importing.from_text import read_text

from .scoring import MISSED, RIGHT, UNSURE_RIGHT, WRONG, lines, scores, texts

pytestmark = pytest.mark.one_database


def test_scores_of_each_field():
    table, told = scores(read_text)
    print(*lines(table), sep="\n")
    total = sum(table.values(), Counter())
    assert [one for one in told if one[2] == WRONG] == []
    fields = sum(total.values())
    assert total[MISSED] <= 0.005 * fields  # that no doubt names
    assert total[RIGHT] >= 0.75 * fields  # who marks everything as uncertain helps nobody
    assert total[RIGHT] + total[UNSURE_RIGHT] >= 0.93 * fields
    for field, counts in table.items():
        assert counts[RIGHT] + counts[UNSURE_RIGHT] >= 0.7 * sum(counts.values()), field


def test_doubts_are_few():
    doubts = sum(len(read_text(text).doubts) for _name, text, _right in texts())
    assert doubts <= 2 * len(texts())


def test_there_are_texts_in_six_languages():
    languages = Counter(right["language"] for _name, _text, right in texts())
    assert set(languages) == {"en", "fr", "es", "ar", "ru", "zh"}
    assert min(languages.values()) >= 6


def test_passages_hold_what_was_read():
    for name, text, _right in texts():
        reading = read_text(text)
        for field in ("headline", "label", "region", "embargo"):
            if found := getattr(reading, field):
                passage = re.sub(r"[ \n]+", " ", reading.text[found.start : found.end])  # lines may have been wrapped
                assert passage == found.value, (name, field)
        for quote in reading.quotes:
            assert quote.text.value[:5] in reading.text[quote.text.start : quote.text.end].replace("\n", " "), name
            if quote.speaker:
                assert reading.text[quote.speaker.start : quote.speaker.end].strip(" ,:") or quote.speaker.sure is False
