"""The concordance: for each word the articles that have it, as compressed sets of ids, so that all hits are counted.

The database's own index leads to rows, and each hit is a row to visit: to count a word that every third
article has would mean to visit every third article. Here it is some kilobytes in a handful of rows, and meets the
sets of the other filters (`archive`) in memory. It is compiled now and then, in volumes (`compiling`); what was
written since is asked of the rows themselves, as long as there is little of it.
"""

from functools import reduce
from operator import and_

from pyroaring import BitMap

from .finding import asked_in, backend, tiered
from .question import All, Any, Except, Word

VOLUME = 1 << 16  # ids of articles
MOST_LEFT = 500  # articles that no volume knows as they are now, looked at one by one
MOST_BEGINNINGS = 4000  # rows of words that begin with what was typed
EVERYTHING = b""


def tiers(words, language, by, snapshot):
    """Sets of the ids that have the words, the most relevant first; None if the database's index must be asked."""
    questions = asked_in(language, words)
    if not questions:
        return [BitMap()]
    if any(question.phrases for question in questions):
        return None
    database, connection = backend()
    changed = _changed(connection)  # before the volumes: a compiled change is in one of both
    if changed is None:
        return None
    expressions = list(tiered(questions, by))
    found = _found(connection, set().union(*map(_words, expressions)), snapshot.base)
    if found is None:
        return None
    late = BitMap([article for article, one in snapshot.late.items() if one is not None])
    listed = snapshot.base.by_id.everything | late
    left = (listed - found[EVERYTHING]) | (listed & changed) | late
    if len(left) > MOST_LEFT:
        return None
    looked_at = (BitMap(database.matching(connection, one, left)) if left else left for one in expressions)
    return [(_all_with(one, found) - left) | seen for one, seen in zip(expressions, looked_at, strict=True)]


def _changed(connection):
    """The articles whose entry is newer than its volume; None if there are too many, or no volumes."""
    sql = (
        "SELECT article, NULL FROM (SELECT article FROM articles_searchchange LIMIT %s) c"
        " UNION ALL SELECT NULL, number FROM articles_searchvolume"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [MOST_LEFT + 1])
        rows = cursor.fetchall()
    changed = [article for article, volume in rows if volume is None]
    return None if len(changed) > MOST_LEFT or len(changed) == len(rows) else BitMap(changed)


def _found(connection, words, base):
    """{Word or EVERYTHING: ids}, or None if too many words begin so."""
    found = {word: base.by_id.set("l", word.text[2:]) for word in words if word.text.startswith("=l")}
    exact = {word.text.encode(): word for word in words - found.keys() if not word.begins} | {EVERYTHING: EVERYTHING}
    found |= _union(_rows(connection, f"word IN ({', '.join(['%s'] * len(exact))})", *exact), exact.get)
    for word in words:
        if word.begins:
            start = word.text.encode()
            rows = _rows(connection, "word >= %s AND word < %s", start, start + b"\xff", at_most=MOST_BEGINNINGS + 1)
            if len(rows) > MOST_BEGINNINGS:
                return None
            found |= _union(rows, lambda _, word=word: word)
    return found if EVERYTHING in found else None


def _rows(connection, condition, *values, at_most=None):
    limit = f" LIMIT {at_most}" if at_most else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word, articles FROM articles_searchword WHERE {condition}{limit}", values)
        return cursor.fetchall()


def _union(rows, name):
    sets = {}
    for word, articles in rows:
        sets.setdefault(name(bytes(word)), []).append(BitMap.deserialize(bytes(articles)))
    return {word: BitMap.union(*parts) for word, parts in sets.items()}


def _words(expression):
    match expression:
        case All(parts) | Any(parts):
            return set().union(*map(_words, parts))
        case Except(wanted, unwanted):
            return _words(wanted) | _words(unwanted)
    return {expression}


def _all_with(expression, found):
    match expression:
        case All(parts):
            return reduce(and_, sorted((_all_with(part, found) for part in parts), key=len))
        case Any(parts):
            return BitMap.union(*(_all_with(part, found) for part in parts))
        case Except(wanted, unwanted):
            return _all_with(wanted, found) - _all_with(unwanted, found)
        case Word():
            return found.get(expression, BitMap())
