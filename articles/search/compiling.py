"""Compiles the concordance, a volume at a time, beside readers and editors: none of them waits.

Changes are read before the entries: what is written meanwhile stays a change. Of two who compile the same
volume the one who began first does not store, since the other one may have read more.
"""

import secrets
from array import array
from collections import Counter

from django.db import connections, router, transaction
from pyroaring import BitMap
from tqdm import tqdm

from ..models import SearchChange, SearchVolume, SearchWord
from .concordance import EVERYTHING, VOLUME
from .finding import backend

PAYS_FROM = 50_000  # entries; below, the database's own index counts all hits as quickly
PORTION = 2000  # ids
FACET = "="


def renew(least=1, **bar):
    """Compile what is outdated, with a progress bar (tqdm's options)."""
    for number in tqdm(outdated(least), desc="concordance", unit=" volumes", **bar):
        compile_volume(number)
    tidy()


def outdated(least=1):
    """Numbers of the volumes in which so many entries are new, of an archive that is large enough to have volumes."""
    entries = _entries()
    if sum(entries.values()) < PAYS_FROM:
        return []
    whole = SearchWord.objects.filter(word=EVERYTHING).values_list("volume", "articles")
    known = {number: len(BitMap.deserialize(bytes(articles))) for number, articles in whole}
    changes = SearchChange.objects.values_list("article", flat=True).distinct()
    new = Counter(article // VOLUME for article in changes)
    for number in entries.keys() | known.keys():
        new[number] += abs(entries.get(number, 0) - known.get(number, -least))
    return sorted(number for number, size in new.items() if size >= least)


def _entries():
    """{number of a volume: how many entries it will have}"""
    with _connection().cursor() as cursor:
        cursor.execute(f"SELECT article_id / {VOLUME}, count(*) FROM articles_searchentry GROUP BY 1")
        return dict(cursor.fetchall())


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
    """Without volumes nobody asks what changed."""
    if not SearchVolume.objects.exists():
        SearchChange.objects.all().delete()


def _words(first, last):
    """{word: BitMap of ids}"""
    found, (database, connection) = {EVERYTHING: BitMap()}, backend(_connection().alias)
    for start in range(first, last + 1, PORTION):
        some = {}
        for article, words in database.words_of(connection, start, min(start + PORTION - 1, last)):
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
