"""Whatever happens to the articles, the concordance finds, orders and counts what the database's own index finds."""

from datetime import timedelta

import pytest
from hypothesis import seed
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from articles import facets, hit_counts
from articles.archive import memory
from articles.models import Article, SearchVolume
from articles.search import compiling, concordance
from tests.cast import make_article

from .test_archive import HOURS, NOW, Lists, walks

WORDS = ["flood", "floods", "rain", "réfugiés", "school"]
TYPED = ["flood", "rain school", "refugies", "fl*", "sch* rain", "absent", "flood rain"]


@seed(129)
class Searches(Lists):
    """Articles come, change and go; volumes are compiled at any time; what memory does not know yet is looked at.

    Each walk counts its articles from 1, so that they lie in the same volumes on every database.
    """

    def __init__(self):
        super().__init__()
        self.numbers = list(range(99, 0, -1))

    @initialize()
    def begin(self):
        super().begin()
        self.compile_all()

    def first(self, number, hours):
        words = f"{WORDS[number]} {WORDS[number - 1]}"
        return super().first(number, hours, pk=self.numbers.pop(), headline=f"Story {words}", body="<p>Flood.</p>")

    @rule(
        data=st.data(), hours=HOURS, language=st.sampled_from(["en", "fr"]), words=st.lists(st.sampled_from(WORDS), max_size=4),
        plain=st.lists(st.sampled_from(WORDS), max_size=4),
    )  # fmt: skip
    def write(self, data, hours, language, words, plain):
        regions, topics, offices, _ = self.cast
        article = make_article(
            pk=self.numbers.pop(),
            language=language,
            headline=" ".join(["Story", *words]),
            body=f"<p>{' '.join(plain)}</p>",
            publish_at=NOW + timedelta(hours=hours),
            office=data.draw(st.sampled_from([None, *offices])),
            regions=data.draw(st.lists(st.sampled_from(regions), unique=True)),
            topics=data.draw(st.lists(st.sampled_from(topics), unique=True)),
        )
        self.known.append(article.pk)

    @rule(data=st.data(), words=st.lists(st.sampled_from(WORDS), max_size=4))
    def reword(self, data, words):
        if self.known:
            article = Article.objects.get(pk=data.draw(st.sampled_from(self.known)))
            article.headline = " ".join(["Story", *words])
            article.save()
            facets.sync(article)

    @rule()
    def compile_all(self):
        for number in compiling.outdated():
            compiling.compile_volume(number)
        assert compiling.outdated() == []
        assert compiling._changed_entries() == []

    @rule(which=st.integers(0, 9))
    def compile_one(self, which):
        if numbers := compiling.outdated():
            compiling.compile_volume(numbers[which % len(numbers)])

    @invariant()
    def the_memory_is_right(self):
        snapshot = self.archive.now()
        for words in TYPED:
            for by in ("date", "relevance"):
                for asked in self.questions():
                    tiers = concordance.tiers(words, asked.scope.language, by, snapshot)
                    assert (tiers is None) == (not SearchVolume.objects.exists())
                    if tiers is not None:
                        self.search_is_right(snapshot, asked, words, by, tiers)

    def questions(self):
        live = Article.objects.live(NOW + timedelta(hours=1))
        english, region = live.in_language("en"), self.cast[0][0]
        return live, english, english.in_region(region), live.in_year(NOW.year)

    def search_is_right(self, snapshot, asked, words, by, tiers):
        expected = list(asked.search(words, by, at_most=10_000).hits.ids)
        found = snapshot.select(asked.scope, tiers)
        assert found[:] == expected
        assert len(found) == len(expected)
        assert {*found.found, *(one.article for one in found.late)} == set(expected)
        for start in range(0, len(expected), 2):
            assert found[start : start + 2] == expected[start : start + 2]
        hits = asked.search(words, by, at_most=10_000).hits
        numbers = hit_counts._counted(hits, hit_counts._parents(snapshot.names))
        for letter, name in (("t", "topic"), ("r", "region")):
            counted = found.counts(letter, snapshot.names.within(name))
            assert counted == {word[2:]: number for word, number in numbers.items() if word[1] == letter}


@pytest.mark.django_db
def test_searches_agree_with_the_database(monkeypatch):
    for name, value in (("PAYS_FROM", 1), ("VOLUME", 3), ("PORTION", 2)):
        monkeypatch.setattr(compiling, name, value)
    monkeypatch.setattr(memory, "MOST_LATE", 2)
    monkeypatch.setattr("articles.archive.base.RUN", 2)
    run_state_machine_as_test(Searches, settings=walks(12, 9))
