"""Searches of native readers on the demo's content find what they should, and nothing by a mistake of the analyser."""

import pytest

from . import judge

pytestmark = pytest.mark.django_db


def test_there_are_enough_searches_in_each_language():
    languages = [one["language"] for one in judge.queries()]
    assert {language: languages.count(language) >= 30 for language in languages} == dict.fromkeys(
        ["en", "fr", "es", "ar", "ru", "zh"], True
    )
    assert len(languages) >= 200


def test_readers_find_what_they_look_for():
    judge.load()
    judged = judge.judge()
    shares = {language: found / wanted for language, (_, wanted, found, *_) in judge.shares(judged).items()}
    problems = "\n".join(str(one) for one in judged if one.missed or one.wrong)
    assert [str(one) for one in judged if one.wrong] == []
    assert min(shares.values()) >= judge.LEAST, problems
