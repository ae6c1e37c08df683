"""A newsroom of any size as a fixture, the same for the same seed.

Six languages, words by Zipf's law, most news from few regions and topics, two in five stories
translated, one body in five as an old editor would have left it.

    python -m tests.benchmarks.generate 20000 news.jsonl
"""

import argparse
import json
import random
from datetime import UTC, datetime, timedelta
from itertools import accumulate

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
SHARES = (50, 15, 12, 8, 8, 7)
LETTERS = {
    "en": "etaoinshrdlucm",
    "fr": "esaitnrulodéçp",
    "es": "eaosrnidlctuñá",
    "ar": "املنيوترسبدعقف",
    "ru": "оеаинтсрвлкмдп",
    "zh": "的一是不了人我在有他这中大来上国",
}
REGIONS, COUNTRIES, OFFICES, CONTACTS, TOPICS = 8, 80, 30, 60, 40
VOCABULARY = 4000
FIRST_DAY = datetime(2005, 1, 1, 9, tzinfo=UTC)
DAYS = 7500
LAST_DAY = datetime(2026, 6, 30, 12, tzinfo=UTC)  # of the archive (archive.py)
NOW = LAST_DAY + timedelta(hours=1)  # for what looks at the days before


def record(model, **fields):
    return {"model": model, "fields": fields}


class Skewed:
    """Draws from items, the first ones far more often than the last (Zipf)."""

    def __init__(self, items, draw):
        self.items, self.draw = items, draw
        self.weights = list(accumulate(1 / rank for rank in range(1, len(items) + 1)))

    def one(self):
        return self.draw.choices(self.items, cum_weights=self.weights)[0]

    def some(self, number):
        return list(dict.fromkeys(self.draw.choices(self.items, cum_weights=self.weights, k=number)))


class Newsroom:
    def __init__(self, articles, seed=2026):
        self.number, self.draw = articles, random.Random(seed)
        self.words = {language: Skewed(self._vocabulary(language), self.draw) for language in LANGUAGES}
        self.regions = Skewed([f"region-{n}" for n in range(REGIONS)], self.draw)
        self.countries = Skewed([self._iso3(n) for n in range(COUNTRIES)], self.draw)
        self.offices = Skewed([f"office-{n}" for n in range(OFFICES)], self.draw)
        self.contacts = Skewed([f"contact-{n}" for n in range(CONTACTS)], self.draw)
        self.topics = Skewed([f"topic-{n}" for n in range(TOPICS)], self.draw)

    def _vocabulary(self, language):
        letters, sizes = LETTERS[language], (1, 3) if language == "zh" else (2, 11)
        return ["".join(self.draw.choices(letters, k=self.draw.randint(*sizes))) for _ in range(VOCABULARY)]

    @staticmethod
    def _iso3(number):
        return "X" + chr(65 + number // 26) + chr(65 + number % 26)

    def records(self):
        yield from self._places()
        yield from self._people()
        yield from self._topics()
        done = 0
        while done < self.number:
            for one in self._story(done):
                if done < self.number:
                    yield one
                    done += 1

    def _named(self, model, owner, code, **field):
        for language in LANGUAGES:
            yield record(
                model, **{owner: [code]}, language=language, **{name: text(language) for name, text in field.items()}
            )

    def _words(self, language, number):
        found = self.words[language]
        chosen = self.draw.choices(found.items, cum_weights=found.weights, k=number)
        return ("" if language == "zh" else " ").join(chosen).capitalize()

    def _name(self, language):
        return self._words(language, 2)

    def _places(self):
        for order, code in enumerate(self.regions.items):
            yield record("contacts.region", code=code, kind="region", order=order)
            yield from self._named("contacts.regiontranslation", "region", code, name=self._name)
        for number, iso3 in enumerate(self.countries.items):
            region = self.regions.items[number % REGIONS]
            yield record("contacts.country", iso2=iso3[1:], iso3=iso3, m49=f"{number + 1:03}", region=[region])
            yield from self._named("contacts.countrytranslation", "country", iso3, name=self._name)

    def _people(self):
        for number, code in enumerate(self.offices.items):
            country = self.countries.items[number]
            yield record(
                "contacts.office", code=code, host_country=[country], timezone="Europe/Rome", languages=["en", "fr"]
            )
            yield from self._named("contacts.officetranslation", "office", code, name=self._name, city=self._name)
        for number, code in enumerate(self.contacts.items):
            office = self.offices.items[number % OFFICES]
            yield record("contacts.contact", code=code, kind="person", office=[office], email=f"{code}@example.org")
            yield from self._named("contacts.contacttranslation", "contact", code, display_name=self._name)
            yield record(
                "contacts.phone",
                contact=[code],
                kind="landline",
                display=f"+41 22 717 {number // 90 + 10} {number % 90 + 10}",
            )

    def _topics(self):
        for order, code in enumerate(self.topics.items):
            parent = [self.topics.items[order % 10]] if order >= 10 else None
            yield record("articles.topic", code=code, order=order, parent=parent)
            yield from self._named("articles.topictranslation", "topic", code, name=self._name)

    def _story(self, number):
        language = self.draw.choices(LANGUAGES, SHARES)[0]
        published = FIRST_DAY + timedelta(days=self.draw.randrange(DAYS), minutes=self.draw.randrange(600))
        facets = {
            "kind": self.draw.choices(("news", "press-release", "statement", "feature"), (60, 20, 10, 10))[0],
            "regions": [[code] for code in self.regions.some(self.draw.choice((1, 1, 2)))],
            "countries": [[code] for code in self.countries.some(self.draw.choice((1, 1, 2)))],
            "topics": [[code] for code in self.topics.some(3)],
            "contacts": [[code] for code in self.contacts.some(self.draw.choice((1, 2)))],
            "office": [self.offices.one()],
            "dateline_country": [self.countries.one()],
        }
        state = self.draw.choices(("approved", "draft"), (95, 5))[0]
        slug = f"story-{number}"
        yield self._version(language, slug, published, state, facets)
        if self.draw.random() < 0.4:
            others = self.draw.sample([code for code in LANGUAGES if code != language], self.draw.randint(1, 3))
            for code in others:
                later = published + timedelta(hours=self.draw.randrange(1, 90))
                yield self._version(code, slug, later, state, facets, translation_of=[language, slug])

    def _version(self, language, slug, published, state, facets, **more):
        return record(
            "articles.article",
            language=language,
            slug=slug,
            headline=self._words(language, 8),
            summary=self._words(language, 30),
            body=self._body(language),
            dateline_place=self._name(language),
            state=state,
            publish_at=published.isoformat().replace("+00:00", "Z") if state == "approved" else None,
            **facets,
            **more,
        )

    def _body(self, language):
        texts = [self._words(language, self.draw.randint(30, 80)) for _ in range(self.draw.randint(4, 8))]
        texts[1] += f' <a href="https://example.org/{self.draw.randrange(9999)}">{self._name(language)}</a>'
        if self.draw.random() < 0.2:
            return "".join(
                f'<p class="MsoNormal" style="margin:0">{text} <b>{self._name(language)}</b></p>' for text in texts
            )
        return "".join(f"<p>{text}</p>" for text in texts)


def write(path, articles, seed=2026):
    """A list in a .json file, else a record a line."""
    lines = (json.dumps(one, ensure_ascii=False) for one in Newsroom(articles, seed).records())
    with open(path, "w", encoding="utf-8") as file:
        if str(path).endswith(".json"):
            file.write("[\n" + next(lines))
            file.writelines(f",\n{line}" for line in lines)
            file.write("\n]\n")
        else:
            file.writelines(f"{line}\n" for line in lines)
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=int)
    parser.add_argument("path")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    write(options.path, options.articles, options.seed)
