"""Compiles the concordance, a volume at a time, beside readers and editors.

Only to store a volume takes a lock, which on SQLite an editor waits for some seconds. Changes are read before the
entries: what is written meanwhile stays a change. Of two who compile the same volume the one who comes last to
storing it does not, since it may have read less.
"""

import secrets
from array import array
from collections import Counter

from django.db import connections, router, transaction
from pyroaring import BitMap
from tqdm import tqdm

from ..models import SearchChange, SearchEntry, SearchVolume, SearchWord
from .concordance import EVERYTHING
from .finding import backend

VOLUME = 1 << 16  # ids of articles
PAYS_FROM = 50_000  # entries; below, the database's own index counts all hits as quickly
PORTION = 2000  # ids
FACET = "="


def renew(least=1, **bar):
    """Compile what is outdated, with a progress bar (tqdm's options)."""
    if sum(count for count, _ in _entries().values()) < PAYS_FROM // 2:
        _close()
    for number in tqdm(outdated(least), desc="concordance", unit=" volumes", **bar):
        compile_volume(number)
    tidy()


def outdated(least=1):
    """Numbers of the volumes in which so many entries are new, of an archive that is large enough to have volumes."""
    entries = _entries()
    if sum(count for count, _ in entries.values()) < PAYS_FROM and not SearchVolume.objects.exists():
        return []
    whole = SearchWord.objects.filter(word=EVERYTHING).values_list("volume", "articles")
    known = {number: BitMap.deserialize(bytes(articles)) for number, articles in whole}
    new = Counter(article // VOLUME for article in _changed_entries())
    for number in entries.keys() | known.keys():
        if number not in known:
            new[number] += least
        else:
            new[number] += _difference(known[number], *entries.get(number, (0, 0)), least)
    return sorted(number for number, size in new.items() if size >= least)


def _difference(known, count, total, least):
    """How many ids differ, about; as many others as there were are not told apart, and so count as many."""
    return abs(len(known) - count) or (least if sum(known) != total else 0)


def _entries():
    """{number of a volume: (how many entries it will have, the sum of their ids)}"""
    sql = f"SELECT article_id / {VOLUME}, count(*), sum(article_id) FROM articles_searchentry GROUP BY 1"
    with _connection().cursor() as cursor:
        cursor.execute(sql)
        return {number: (count, total) for number, count, total in cursor.fetchall()}


def _changed_entries():
    sql = "SELECT article FROM articles_searchchange INTERSECT SELECT article_id FROM articles_searchentry"
    with _connection().cursor() as cursor:
        cursor.execute(sql)
        return [article for (article,) in cursor.fetchall()]


def _range(number):
    return number * VOLUME, (number + 1) * VOLUME - 1


def compile_volume(number):
    """Write a volume as the entries are now. Returns how many articles it has; None if somebody else wrote it."""
    new = {"edition": secrets.randbits(62)}
    volume, _ = SearchVolume.objects.get_or_create(number=number, defaults=new)
    changes = list(SearchChange.objects.filter(article__range=_range(number)).values_list("pk", flat=True))
    words = _words(*_range(number))
    with transaction.atomic(using=_connection().alias):
        same = SearchVolume.objects.filter(number=number, edition=volume.edition)
        if not same.update(edition=secrets.randbits(62)):
            return None
        SearchWord.objects.filter(volume=number).delete()
        _store(number, words)
        for at in range(0, len(changes), PORTION):
            SearchChange.objects.filter(pk__in=changes[at : at + PORTION]).delete()
    return len(words[EVERYTHING])


def tidy():
    """Forget changes that nobody asks for: without volumes all, else those of articles that no search finds."""
    changes = SearchChange.objects.all()
    if SearchVolume.objects.exists():
        changes = changes.exclude(article__in=SearchEntry.objects.values("article"))
    changes.delete()


@transaction.atomic
def _close():
    """An archive that has become small has no volumes any more."""
    if SearchVolume.objects.exists():
        for model in (SearchWord, SearchVolume, SearchChange):
            model.objects.all().delete()


def _words(first, last):
    """{word: BitMap of ids}"""
    found, (database, connection) = {EVERYTHING: BitMap()}, backend(_connection().alias)
    for start in range(first, last + 1, PORTION):
        some = {}
        for article, words in database.words_of(connection, range(start, min(start + PORTION, last + 1))):
            found[EVERYTHING].add(article)
            for word in words:
                if not word.startswith(FACET):
                    some.setdefault(word, array("I")).append(article)
        for word, articles in some.items():
            if word in found:
                found[word].update(articles)
            else:
                found[word] = BitMap(articles)
    return found


def _store(number, words):
    """In the order of the words, so that those which are asked together lie together."""
    rows = ((word, number, _bytes(words[word])) for word in sorted(words, key=_encoded))
    rows = ((_encoded(word), number, articles) for word, number, articles in rows)
    backend(_connection().alias)[0].write_words(_connection(), rows)


def _encoded(word):
    return word if isinstance(word, bytes) else word.encode()


def _bytes(articles):
    articles.run_optimize()
    return articles.serialize()


def _connection():
    return connections[router.db_for_write(SearchWord)]
