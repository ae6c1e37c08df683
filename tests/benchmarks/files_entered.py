"""Which files of the project one request or one import enters: how much a newcomer must read to follow a flow.

    python -m tests.benchmarks.files_entered            the number for each flow, and its files
    python -m tests.benchmarks.files_entered --count    the numbers alone

Counts Python functions with `sys.setprofile`, on the demo content in a temporary SQLite database. Each flow runs
once before it is counted, so that what a process reads at its start is left out. The page cache is off.
"""

import argparse
import json
import os
import sys
import tempfile
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = tuple(f"{ROOT / name}{os.sep}" for name in ("articles", "contacts", "newsroom"))
AT_MOST = {"list": 10, "article page": 10, "search with a filter": 14, "save and move": 20, "one imported article": 20}


@contextmanager
def entered():
    """The files of the project, as paths below its root, whose functions are called within the block."""
    files = set()

    def profile(frame, event, argument):
        if event == "call" and frame.f_code.co_filename.startswith(OURS):
            files.add(str(Path(frame.f_code.co_filename).relative_to(ROOT)))

    sys.setprofile(profile)
    try:
        yield files
    finally:
        sys.setprofile(None)


def prepare(folder):
    os.environ.update(DATABASE_URL=f"sqlite:///{folder}/db.sqlite3", DEBUG="1", MEDIA_ROOT=f"{folder}/media")
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    for name in ("SECRET_KEY", "PAGE_CACHE"):
        os.environ.pop(name, None)
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    call_command("demo", no_serve=True, stdout=StringIO(), stderr=StringIO())
    setup_test_environment(debug=False)  # HTML is kept as in production


def flows(folder):
    """Yields (name, function); each function is called once before it is counted."""
    from django.test import Client

    from articles.models import Article

    client, article = Client(), Article.objects.live().filter(language="en").first()
    yield "list", lambda: get(client, "/en/news/?region=asia-pacific")
    yield "article page", lambda: get(client, article.get_absolute_url())
    yield "search with a filter", lambda: get(client, "/en/news/?q=water&region=asia-pacific")
    yield "save and move", saved_and_moved()
    yield "one imported article", imported(folder)


def get(client, address):
    response = client.get(address)
    if response.status_code != 200:
        sys.exit(f"{address} answers {response.status_code}.")


def saved_and_moved():
    """An editor opens a draft's form, and posts it with the move to review."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    from articles.models import Article
    from tests.forms import filled

    client = Client()
    client.force_login(
        get_user_model().objects.filter(is_superuser=True).first(), "django.contrib.auth.backends.ModelBackend"
    )
    drafts = iter(Article.objects.filter(state="draft", language="en", translation_of=None, revises=None))

    def save():
        address = reverse("admin:articles_article_change", args=[next(drafts).pk])
        form = client.get(address)
        with entered() as files:
            response = client.post(address, filled(form, headline="Another headline") | {"_move": "submit"})
        if response.status_code != 302:
            sys.exit(f"The form was refused: {address}")
        return files

    return save


def imported(folder):
    """A fixture of one article that is new at each call."""
    from django.core.management import call_command

    from articles.models import Article

    article, numbers = Article.objects.live().filter(language="en", translation_of=None).first(), iter(range(9))

    def run():
        fields = {
            "language": "en", "slug": f"counted-{next(numbers)}", "headline": "Counted", "body": "<p>Counted.</p>",
            "state": "approved", "publish_at": "2025-03-01T09:00:00Z",
            "regions": [[row.code] for row in article.regions.all()],
            "topics": [[row.code] for row in article.topics.all()],
        }  # fmt: skip
        path = Path(folder) / f"{fields['slug']}.jsonl"
        path.write_text(json.dumps({"model": "articles.article", "fields": fields}) + "\n")
        call_command("import_fixture", str(path), stdout=StringIO(), stderr=StringIO())

    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        for name, flow in flows(folder):
            flow()
            with entered() as files:
                own = flow()
            files = own or files
            print(f"{len(files):3}  {name} (at most {AT_MOST[name]})")
            if not options.count:
                print("".join(f"       {path}\n" for path in sorted(files)), flush=True)


if __name__ == "__main__":
    main()
