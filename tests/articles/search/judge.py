"""Searches of native readers on the demo's content, judged: what must be on the first page and what must not be found.

    python -m tests.articles.search.judge                   both databases: a table by language, and what went wrong

The searches stand in queries.tsv: language, what is typed, the beginnings of the addresses (slugs) of articles that
must be found, of those that must not ("-": no article may be found), and what the search tries. Where a page says that
nothing has the words that were typed and shows what other words find, nothing is wrong. PostgreSQL is the server of DATABASE_URL, else a
temporary one.
"""

import argparse
import csv
import io
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
FILE = Path(__file__).with_name("queries.tsv")
NAME = "newsroom_judged"
FIRST_PAGE = 20
NOTHING = "-"
LEAST = 0.95  # of what must be found is


@dataclass(frozen=True)
class Judged:
    """missed: beginnings of slugs that no article on the first page has. wrong: slugs that must not be found."""

    language: str
    typed: str
    wanted: int
    missed: tuple
    wrong: tuple

    def __str__(self):
        return f"{self.language} {self.typed!r}: missed {' '.join(self.missed) or '–'}, wrong {' '.join(self.wrong) or '–'}"


def queries():
    with FILE.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def load():
    """Import the demo's content as it was on the day when it was written."""
    from django.core.management import call_command

    from newsroom.demo import content

    with content.dated_copy(content.WRITTEN) as folder:
        call_command("import_fixture", "places", str(folder), stdout=io.StringIO(), stderr=io.StringIO())


def judge():
    """The Judged of all searches, on the database as it is."""
    return [_judged(one) for one in queries()]


def _judged(one):
    found, instead = found_by(one["typed"], one["language"])
    wanted, unwanted = one["found"].split(), one["not found"].split()
    missed = tuple(start for start in wanted if not any(slug.startswith(start) for slug in found[:FIRST_PAGE]))
    wrong = tuple(slug for slug in found for start in unwanted if start == NOTHING or slug.startswith(start))
    wrong = () if instead else wrong
    return Judged(one["language"], one["typed"], len(wanted), missed, wrong)


def found_by(typed, language):
    """(slugs of what a reader of that language finds, in the order of the list; words that were searched instead)"""
    from django.utils.translation import override

    from articles.listing.filters import ArticleFilter
    from articles.models import Article

    with override(language):
        hits = ArticleFilter.asked({"q": typed}, language).hits
    slugs = dict(Article.objects.live().filter(pk__in=hits.ids).values_list("pk", "slug"))
    return [slugs[pk] for pk in hits.ids if pk in slugs], hits.instead


def shares(judged):
    """{language: (searches, articles wanted, found, missed, wrong hits)}"""
    table = {}
    for language in dict.fromkeys(one.language for one in judged):
        own = [one for one in judged if one.language == language]
        wanted, missed = sum(one.wanted for one in own), sum(len(one.missed) for one in own)
        table[language] = len(own), wanted, wanted - missed, missed, sum(len(one.wrong) for one in own)
    return table


def table(judged):
    """Lines of a Markdown table, and of what went wrong."""
    yield "| | searches | articles | found | missed | wrong hits | found |"
    yield "|---|---|---|---|---|---|---|"
    for language, (number, wanted, found, missed, wrong) in shares(judged).items():
        yield f"| {language} | {number} | {wanted} | {found} | {missed} | {wrong} | {found / wanted:.0%} |"
    yield ""
    yield from (str(one) for one in judged if one.missed or one.wrong)


def _here():
    """Judge on the database of DATABASE_URL, which is empty."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    load()
    print(f"**{connection.display_name}**\n", *table(judge()), "", sep="\n", flush=True)


def _elsewhere(url, folder):
    environment = os.environ | {"DATABASE_URL": url, "MEDIA_ROOT": f"{folder}/media", "DEBUG": "1"}
    command = [sys.executable, "-m", "tests.articles.search.judge", "--here"]
    if status := subprocess.run(command, cwd=ROOT, env=environment).returncode:
        sys.exit(status)


def main():
    import psycopg

    from tests import postgres

    with tempfile.TemporaryDirectory(prefix="newsroom-judged-") as folder, ExitStack() as stack:
        _elsewhere(f"sqlite:///{folder}/judged.sqlite3", folder)
        server = os.environ.get("DATABASE_URL", "")
        if not server.startswith("postgres"):
            server = stack.enter_context(postgres.server())
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {NAME}")
            try:
                _elsewhere(f"{server.rpartition('/')[0]}/{NAME}", folder)
            finally:
                connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--here", action="store_true", help="on the database of DATABASE_URL, which must be empty")
    _here() if parser.parse_args().here else main()
