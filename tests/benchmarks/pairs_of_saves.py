"""Pairs of editors save the same article at the same moment (R11 of the promises: never both "saved", nothing lost).

    DATABASE_URL=postgres://… python -m tests.benchmarks.pairs_of_saves           ten pairs at once, on PostgreSQL

Each pair has opened the form of one article. Half of the pairs change the same field, half two different ones. All
press Save in the same moment; whoever is refused saves the form that came back. Prints what each pair was answered, and
ends with 1 if both of a pair were told "saved", or a text is neither stored nor in the form that came back.
"""

import argparse
import os
import sys
import threading
import time
from collections import Counter

FIELDS = ("headline", "summary")


class Editor(threading.Thread):
    """One of a pair. `answer` is that of the save; `ms` how long it took."""

    def __init__(self, name, article, field, gate):
        from tests.newsroom.two_editors import address, browser_of

        super().__init__()
        self.client, self.address, self.field, self.gate = browser_of(name), address(article), field, gate
        self.text = f"The {field} of {name}"
        self.form = self._filled(self.client.get(self.address))

    def _filled(self, page):
        from tests.forms import filled

        return filled(page, **{self.field: self.text})

    def run(self):
        from django.db import connection

        self.gate.wait(timeout=60)
        begun = time.perf_counter()
        try:
            self.answer = self.client.post(self.address, self.form)
        finally:
            self.ms = (time.perf_counter() - begun) * 1000
            connection.close()

    @property
    def is_saved(self):
        return self.answer.status_code == 302

    def save_again(self):
        """Save the form that came back, which holds both changes; whether it was saved."""
        from tests.forms import filled

        return self.client.post(self.address, filled(self.answer)).status_code == 302


def judge(article, pair, is_same_field):
    """(what happened, whether it is right)."""
    from tests.forms import read

    saved, refused = [one for one in pair if one.is_saved], [one for one in pair if not one.is_saved]
    if len(saved) != 1:
        return f"{len(saved)} saved", False
    first, second = saved[0], refused[0]
    article.refresh_from_db()
    is_stored = getattr(article, first.field) == first.text
    page = second.answer.content.decode()
    is_told = read(second.answer).sent()[second.field] == second.text and "changed" in page
    if is_same_field:
        is_told = is_told and first.text in page
    again = second.save_again()
    article.refresh_from_db()
    kept = getattr(article, second.field) == second.text
    if not is_same_field:
        kept = kept and getattr(article, first.field) == first.text
    return "one saved, one told, both texts kept", is_stored and is_told and again and kept


def run(pairs):
    from tests.cast import make_article

    gate, all_pairs = threading.Barrier(2 * pairs), []
    for number in range(pairs):
        article = make_article(state="draft", publish_at=None, headline="Before", summary="Before")
        is_same = number % 2 == 0
        fields = (FIELDS[0], FIELDS[0]) if is_same else FIELDS
        pair = [Editor(f"{side}{number}", article, field, gate) for side, field in zip("ab", fields, strict=True)]
        all_pairs.append((article, pair, is_same))
    people = [one for _article, pair, _is_same in all_pairs for one in pair]
    for one in people:
        one.start()
    for one in people:
        one.join()
    results = Counter(judge(*one) for one in all_pairs)
    times = sorted(one.ms for one in people)
    for (what, is_right), number in results.items():
        print(f"{number} pairs: {what}{'' if is_right else ' – WRONG'}")
    print(f"a save took {times[0]:.0f} to {times[-1]:.0f} ms, half of them less than {times[len(times) // 2]:.0f} ms")
    return all(is_right for _what, is_right in results)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ["DEBUG"] = "0" if os.environ.get("SECRET_KEY") else "1"
    import django
    from django.db import connection
    from django.test.utils import setup_test_environment

    django.setup()
    if connection.vendor != "postgresql":
        sys.exit("Give the address of a PostgreSQL server as DATABASE_URL: on SQLite one writes after the other.")
    setup_test_environment(debug=False)
    connection.settings_dict["TEST"]["NAME"] = "test_pairs"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        is_right = min(_round(options.pairs) for _number in range(options.rounds))
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    sys.exit(not is_right)


def _round(pairs):
    from django.contrib.auth import get_user_model

    get_user_model().objects.all().delete()
    return run(pairs)


if __name__ == "__main__":
    main()
