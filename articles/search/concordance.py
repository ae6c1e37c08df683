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
from .vector import facet

MOST_LEFT = 500  # articles that no volume knows as they are now, looked at one by one
MOST_NOTES = 10_000  # of changes, several of which can be of one article
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
    asked = set().union(*map(_words, expressions))
    compiled, found = _volumes(connection, asked)
    if compiled is None:
        return None
    found |= {Word(facet("l", code)): ids for code, ids in snapshot.base.by_id.of["l"].items()}
    late = BitMap([article for article, one in snapshot.late.items() if one is not None])
    listed = snapshot.base.by_id.everything | late
    left = (listed - compiled) | (listed & changed) | late
    if len(left) > MOST_LEFT:
        return None
    looked_at = _looked_at(database.words_of(connection, left), asked) if left else {}
    return [(_all_with(one, found) - left) | _all_with(one, looked_at) for one in expressions]


def _changed(connection):
    """The articles whose entry is newer than its volume; None if there are too many, or no volumes."""
    sql = (
        "SELECT c.article, c.notes, e.article_id, NULL FROM (SELECT article, count(*) AS notes FROM"
        " (SELECT article FROM articles_searchchange LIMIT %s) n GROUP BY article) c"
        " LEFT JOIN articles_searchentry e ON e.article_id = c.article"
        " UNION ALL SELECT NULL, 0, NULL, number FROM articles_searchvolume"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [MOST_NOTES + 1])
        rows = cursor.fetchall()
    changed = [entry for _, _, entry, _ in rows if entry is not None]
    has_volumes = any(volume is not None for *_, volume in rows)
    if not has_volumes or len(changed) > MOST_LEFT or sum(notes for _, notes, *_ in rows) > MOST_NOTES:
        return None
    return BitMap(changed)


def _volumes(connection, asked):
    """(all ids that the volumes have, {Word: ids}); None instead of the ids if too many words begin so."""
    exact = {word.text.encode(): word for word in asked if not word.begins} | {EVERYTHING: EVERYTHING}
    found = _union(_rows(connection, f"word IN ({', '.join(['%s'] * len(exact))})", *exact), exact.get)
    left = MOST_BEGINNINGS
    for word in asked:
        if word.begins:
            start = word.text.encode()
            rows = _rows(connection, "word >= %s AND word < %s", start, start + b"\xff", at_most=left + 1)
            left -= len(rows)
            if left < 0:
                return None, {}
            found |= _union(rows, lambda _, word=word: word)
    return found.pop(EVERYTHING, None), found


def _looked_at(words_of, asked):
    """{Word: ids} of these articles."""
    found = {word: BitMap() for word in asked}
    for article, words in words_of:
        own = set(words)
        for word, ids in found.items():
            if any(one.startswith(word.text) for one in own) if word.begins else word.text in own:
                ids.add(article)
    return found


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
