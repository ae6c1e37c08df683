"""What each panel of the desk, the board, the calendar and the lists of the admin cost at a million articles.

    DATABASE_URL=postgres://… python -m tests.benchmarks.desk 100000*10     a million on PostgreSQL, in minutes
    python -m tests.benchmarks.desk 1000                                    a quick look, on SQLite, too

The database is a test database of its own, dropped afterwards unless --keep is given. A newsroom's work is added to
the archive: drafts, a review queue, translations behind, corrections, assignments, limited drafts. Each line is the
best of the repeats for three people, in ms of processor time, of this process and of its database server if that runs
on the same machine: other work on the machine hardly changes it. `queries`, of panels, are those of the first, two of them for all. LIMIT is what a panel may take.
"""

import argparse
import os
import sys
import time
from datetime import timedelta
from itertools import islice

from . import processor
from .generate import NOW
from .reads import size

LIMIT = 150  # ms
# {what it does: how many}; the share of an archive of a million, in a smaller one as many as it has.
WORK = {"draft": 3000, "in_review": 1500, "scheduled": 1000, "copies": 300, "behind": 5000, "ageing": 2000}
PAGES = {
    "page: desk": "",
    "page: board": "articles/article/translations/",
    "page: calendar, month": "articles/article/calendar/",
    "page: calendar, week": "articles/article/calendar/?view=week",
    "list": "articles/article/",
    "list: page 50": "articles/article/?p=50",
    "list: drafts": "articles/article/?state=draft",
    "list: my drafts": "articles/article/?state=mine",
    "list: in review": "articles/article/?state=in_review",
    "list: scheduled": "articles/article/?state=scheduled",
    "list: corrections": "articles/article/?state=corrections",
    "list: limited": "articles/article/?state=limited",
    "list: behind": "articles/article/?source=behind",
    "list: behind, my languages": "articles/article/?source=mine",
    "list: assigned to me": "articles/article/?assigned=me",
    "list: broken links": "articles/article/?links=broken",
    "list: to be looked at again": "articles/article/?again=due",
    "list: French": "articles/article/?language=fr",
    "list: an office": "articles/article/?office={office}",
    "list: a year": "articles/article/?published_on__year=2012",
}


def fill(number, times, connection):
    """The archive and the work of a newsroom in it; nothing if the database has it already."""
    from articles.models import Article

    from .archive import Archive, multiply

    if Article.objects.count() >= number * times:
        return
    Archive(number, paragraphs=3).fill(lambda done: print(".", end="", file=sys.stderr, flush=True))
    if times > 1:
        multiply(connection, times)
    _work(number * times)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval('articles_article_id_seq', (SELECT max(id) FROM articles_article))")
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _work(total):
    from django.db.models import F

    from articles.models import Article, ArticleReader, Assignment, BrokenLink, Move, Remark, SourceState

    aziz, _paula, tara = _people()
    stories = Article.objects.filter(translation_of=None).order_by("-publish_at", "-id").values_list("pk", flat=True)
    newest = iter(stories[: sum(WORK.values())])
    share = min(total / 1_000_000, 1)
    ids = {name: list(islice(newest, int(many * share) or 5)) for name, many in WORK.items()}
    rows = Article.objects.filter
    for state in ("draft", "in_review"):
        rows(pk__in=ids[state]).update(state=state, created_by=tara, first_published_at=None)
    rows(pk__in=ids["draft"][::3]).update(created_by=aziz)
    rows(pk__in=ids["scheduled"]).update(publish_at=F("publish_at") + timedelta(days=30), first_published_at=None)
    rows(pk__in=ids["ageing"]).update(review_by=NOW.date() - timedelta(days=1))
    for name, whose, by in (("submit", ids["in_review"], tara), ("request_changes", ids["draft"][::5], aziz)):
        Move.objects.bulk_create(Move(article_id=pk, name=name, by=by) for pk in whose)
    Assignment.objects.bulk_create(Assignment(article_id=pk, assignee=aziz) for pk in ids["in_review"][::4])
    Remark.objects.bulk_create(Remark(article_id=pk, text="Is this so?") for pk in ids["in_review"][::2])
    rows(pk__in=ids["in_review"][::7]).update(restricted=True)
    ArticleReader.objects.bulk_create(ArticleReader(article_id=pk, user=tara) for pk in ids["in_review"][::14])
    BrokenLink.objects.bulk_create(BrokenLink(article_id=pk, address="/x", fault="nowhere") for pk in ids["ageing"])
    copies = [
        Article(
            language=live.language, slug=live.slug, headline=live.headline, body="<p>Text.</p>", revises=live,
            state="in_review" if at % 2 else "draft", change_kind="correction" if at % 3 else "minor", office=live.office,
        )
        for at, live in enumerate(Article.objects.filter(pk__in=ids["copies"]))
    ]  # fmt: skip
    start = Article.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    for pk, copy in enumerate(copies, start):
        copy.pk = pk
    Article.objects.bulk_create(copies)
    some = Article.objects.filter(translation_of__isnull=False).order_by("-publish_at", "-id")[: len(ids["behind"])]
    SourceState.objects.bulk_create(
        SourceState(translation=row, behind=1 + at % 4, urgent=at % 9 == 0, since=NOW - timedelta(hours=at))
        for at, row in enumerate(some)
    )


def _people():
    from articles.models import Recipient
    from contacts.models import Office
    from tests.cast import make_user

    aziz, tara = make_user("aziz", "approver"), make_user("tara", "translator")
    paula = make_user("paula", "approver", office=Office.objects.order_by("pk").first())
    for number in range(20):
        make_user(f"approver-{number}", "approver", office=Office.objects.order_by("pk")[number % 10])
    Recipient.objects.create(user=tara, languages=["fr", "ar"])
    return aziz, paula, tara


def measure(repeats):
    """Print a line for each panel and page."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from articles.desk import panels
    from contacts.models import Office

    names = ("aziz", "paula", "tara")
    people = [get_user_model().objects.get(username=name) for name in names]
    print(f"| {'panel or page':34} | {' | '.join(f'{name:>7}' for name in names)} | queries |", flush=True)
    print("|---|" + "--:|" * 4)
    over = []

    def line(label, makes):
        with CaptureQueriesContext(connection) as queries:
            makes[0]()
        times = [processor.best(make, repeats, connection) for make in makes]
        over.extend([label] if max(times) > LIMIT and not label.startswith("page: desk") else [])
        shown = " | ".join(f"{ms:7.1f}" for ms in times)
        print(f"| {label:34} | {shown} | {len(queries) or '':7} |", flush=True)

    for name in panels.panels(people[0], NOW):
        line(name, [lambda user=user, name=name: panels.panels(user, NOW)[name]() for user in people])
    browsers = [Client() for _one in people]
    for browser, user in zip(browsers, people, strict=True):
        browser.force_login(user)
    for label, address in PAGES.items():
        path = f"/admin/{address.format(office=Office.objects.order_by('pk')[0].pk)}"
        line(label, [lambda browser=browser, path=path: _get(browser, path) for browser in browsers])
    print(f"Above {LIMIT} ms: {', '.join(over) or 'nothing'}.")


def _get(browser, path):
    answer = browser.get(path)
    if answer.status_code != 200 and "p=50" not in path:  # a smaller list has no such page
        sys.exit(f"{path} answered {answer.status_code}.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=size, nargs="?", default=(1000, 1))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--keep", action="store_true", help="keep the database for the next run")
    parser.add_argument("--name", default="test_desk_{}", help="of the database; {} is the size")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ["DEBUG"] = "0" if os.environ.get("SECRET_KEY") else "1"
    import django
    import time_machine
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_test_environment

    django.setup()
    settings.DEBUG = False
    setup_test_environment(debug=False)
    processor.one_connection()
    number, times = options.size
    connection.settings_dict["TEST"]["NAME"] = options.name.format(number * times)
    connection.creation.create_test_db(verbosity=0, autoclobber=not options.keep, keepdb=options.keep, serialize=False)
    try:
        begun = time.perf_counter()
        with time_machine.travel(NOW, tick=True):
            fill(number, times, connection)
            print(
                f"\n{connection.display_name}, {number * times:,} articles, made in {time.perf_counter() - begun:.0f} s"
            )
            measure(options.repeats)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0, keepdb=options.keep)


if __name__ == "__main__":
    main()
