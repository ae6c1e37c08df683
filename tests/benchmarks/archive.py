"""An archive of any size written straight into the tables, with words of known frequency in it.

For measuring reads: nothing here is checked or cleaned. Texts are Zipf words in six languages; five
marker words stand in a known share of the texts, and the same seed gives the same archive.
"""

import random
from datetime import timedelta

from django.db import transaction

from articles.importing.bulk import BulkDatabase
from articles.models import Article, Topic
from articles.publication_day import OfficeZones
from contacts.models import Country, Office, Region

from .generate import LANGUAGES, LAST_DAY, SHARES, Newsroom

DAYS = 7300
REGIONS, TOPICS, COUNTRIES, OFFICES = 9, 40, 60, 30
ZONES = ("Europe/Rome", "Pacific/Fiji", "America/Lima")
# Share of the texts, of every language; "burstword" stands only in those of one distant year.
MARKERS = {"commonword": 0.4, "midword": 0.02, "mediumword": 0.002, "rareword": 0.00002}
BURST_YEAR = 2009
TRANSLATED = 5
PARAGRAPHS, PARAGRAPH_WORDS = 3000, 40
COLUMNS = (
    "id language translation_of_id slug kind headline summary body notes_to_editors dateline_place office_id state publish_at"
    " published_on first_published_at reference change_kind change_note withdrawal_note emergency_reason external_source external_id"
    " version created_at updated_at created_by_name updated_by_name"
).split()
PORTION = 5000


class Archive:
    def __init__(self, number, paragraphs=6, seed=2026):
        self.number, self.paragraphs, self.draw = number, paragraphs, random.Random(seed)
        self.words = Newsroom(0, seed)._words
        self.texts = {code: [self.words(code, PARAGRAPH_WORDS) for _ in range(PARAGRAPHS)] for code in LANGUAGES}

    def fill(self, told=lambda number: None):
        """Places, topics, articles and their facets; ids count from 1, in no order of date."""
        regions, countries, topics, offices = self._places()
        database = BulkDatabase()
        moment, day = (
            database.adapter(Article._meta.get_field(name)) or (lambda value: value)
            for name in ("publish_at", "published_on")
        )
        zones = OfficeZones()
        columns, rest = self._columns(database)
        self.facets = {"region": [], "country": [], "topic": []}
        for start in range(1, self.number + 1, PORTION):
            rows, facets = [], {"region": [], "country": [], "topic": []}
            for pk in range(start, min(start + PORTION, self.number + 1)):
                source, language = self._version(pk)
                published = LAST_DAY - timedelta(seconds=self.draw.random() * DAYS * 86400)
                at, office = moment(published), self.draw.choice(offices)
                row = self._row(pk, language, source, at, office, day(zones.day(published, office)))
                rows.append((*row, *rest))
                for name, ids in (("region", regions), ("country", countries), ("topic", topics)):
                    chosen = dict.fromkeys(self._skewed(ids) for _ in range(1 if name != "topic" else 3))
                    facets[name] += [(pk, one, order, language, at) for order, one in enumerate(chosen)]
            database.insert("articles_article", columns, rows)
            for name, found in facets.items():
                facet_columns = ("article_id", f"{name}_id", "order", "language", "listed_at")
                database.insert(f"articles_article{name}", facet_columns, found)
            told(len(rows))

    @staticmethod
    def _columns(database):
        """(names of all columns that are written, values of those that `_row` does not give: the fields' defaults)."""
        others = [
            field
            for field in Article._meta.concrete_fields
            if field.column not in COLUMNS and not field.generated and not field.null
        ]
        values = [field.get_db_prep_save(field.get_default(), database.connection) for field in others]
        return (*COLUMNS, *(field.column for field in others)), values

    def _version(self, pk):
        """(article that it translates or None, language): one in five translates the one before it."""
        before = getattr(self, "_before", "")
        self._before = self.draw.choices(LANGUAGES, SHARES)[0]
        return (pk - 1 if pk % TRANSLATED == 0 and before != self._before else None), self._before

    def _skewed(self, ids):
        """The first ones far more often than the last."""
        return ids[min(int(len(ids) * self.draw.random() ** 3), len(ids) - 1)]

    def _row(self, pk, language, source, at, office, day):
        body = self.draw.choices(self.texts[language], k=self.paragraphs)
        marked = [word for word, share in MARKERS.items() if self.draw.random() < share]
        if str(at).startswith(str(BURST_YEAR)):
            marked.append("burstword")
        body[self.draw.randrange(self.paragraphs)] += f" {' '.join(marked)} number{pk}"
        body = "".join(f"<p>{text}</p>" for text in body)
        headline = self.words(language, 8) + (f" {marked[0]}" if marked and self.draw.random() < 0.1 else "")
        texts = (headline[:250], self.words(language, 25), body, "", "")
        empty = ("minor", "", "", "", "", "", 1, at, at, "", "")
        return (pk, language, source, f"story-{pk}", self._kind(), *texts, office, "approved", at, day, at, "", *empty)

    def _kind(self):
        return self.draw.choices(("news", "press-release", "statement", "feature"), (60, 20, 15, 5))[0]

    def _places(self):
        regions = [Region.objects.get_or_create(code=f"bench-{n}")[0] for n in range(REGIONS)]
        countries = []
        for n in range(COUNTRIES):
            iso3 = f"Q{chr(65 + n // 26)}{chr(65 + n % 26)}"
            values = {"iso2": f"{chr(48 + n // 26)}{chr(65 + n % 26)}", "m49": f"Z{n:02}"}
            values["region"] = regions[n % REGIONS]
            countries.append(Country.objects.get_or_create(iso3=iso3, defaults=values)[0])
        topics = [Topic.objects.get_or_create(code=f"bench-{n}")[0] for n in range(TOPICS)]
        offices = []
        for n in range(OFFICES):
            values = {"host_country": countries[0], "timezone": ZONES[n % len(ZONES)]}
            offices.append(Office.objects.get_or_create(code=f"bench-{n}", defaults=values)[0])
        return tuple([row.pk for row in rows] for rows in (regions, countries, topics, offices))


def multiply(connection, times):
    """Every article, its facets and its entry again and again (PostgreSQL): a million in minutes.

    The copies share text and date, but each has the number of its own address; the index is built at the end.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM articles_article")
        step = cursor.fetchone()[0]
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute("DROP INDEX IF EXISTS articles_searchentry_vector")
        own = {"articles_article": ("id", "slug", "translation_of_id"), "articles_searchentry": ("article_id",)}
        for name in ("region", "country", "topic"):
            own[f"articles_article{name}"] = ("article_id",)
        for table, changed in own.items():
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
                " AND NOT (column_name = 'id' AND table_name <> 'articles_article')",
                [table],
            )
            columns = [row[0] for row in cursor.fetchall()]
            new = {"slug": f"'story-' || (id + {step} * n)"}
            values = [new.get(one, f'"{one}" + {step} * n') if one in changed else f'"{one}"' for one in columns]
            names = ", ".join(f'"{one}"' for one in columns)
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {', '.join(values)}"
                f" FROM {table}, generate_series(1, {times - 1}) n"
            )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # an index waits for no checks
        cursor.execute("CREATE INDEX articles_searchentry_vector ON articles_searchentry USING gin (vector)")
