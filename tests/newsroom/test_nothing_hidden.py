"""What is not public is nowhere: no public address has a word of it, or answers otherwise than for what never was."""

from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests.cast import make_article, make_topic
from tests.newsroom.test_every_address import names, newsroom

pytestmark = pytest.mark.django_db
MARK, ASKED = "Qarvendel", "zyxomma"  # words of all texts that are not public; the second is searched for
OF_EACH_ANSWER = {"Date", "Expires", "X-Request-ID", "RateLimit", "Content-Length"}
LISTS = [
    "",
    "?page=2",
    f"?q={ASKED}",
    "?q=zyxoma",
    "?region=europe",
    "?topic=diaspora",
    "?kind=news",
    "?since=2001-01-01",
]
APIS = ["", f"?q={ASKED}", "?page_size=100", "?language=en", "?language=fr", "?topic=diaspora"]
QUERIES = [f"/{language}/news/{query}" for language in ("en", "fr", "es", "ar") for query in LISTS]
QUERIES += [f"/api/v1/articles/{query}" for query in APIS]


def hidden():
    """{why it is not public: row} with the words in all their texts."""
    now, hour, topic = timezone.now(), timedelta(hours=1), make_topic()
    live = make_article(slug="with-a-copy", topics=[topic])
    states = {
        "draft": {"state": "draft"},
        "review": {"state": "in_review", "publish_at": now - hour},
        "later": {"publish_at": now + hour},
        "embargo": {"publish_at": now + hour, "press_from": now - hour},
        "limited": {"state": "draft", "restricted": True},
        "gone": {"state": "gone"},
        "copy": {"state": "draft", "revises": live, "slug": live.slug},
        "french": {"state": "in_review", "translation_of": live, "language": "fr"},
    }
    text = f"{MARK} {ASKED}"
    texts = {"headline": text, "summary": text, "body": f"<p>{text}</p>", "notes_to_editors": text, "topics": [topic]}
    return {why: make_article(**{"slug": f"hidden-{why}"} | texts | values) for why, values in states.items()}


def addresses(values):
    for name, pattern in names(get_resolver().url_patterns):
        if name != "api:nowhere":
            kind = name.rpartition(":")[2].partition("-")[0]
            yield reverse(name, kwargs={part: values[kind if part == "code" else part] for part in pattern.converters})


def test_no_public_address_has_a_word_of_what_is_not_public(client):
    values = newsroom()
    looked_at = [*addresses(values), *QUERIES]
    for row in hidden().values():
        looked_at += addresses(values | {"slug": row.slug, "pk": row.pk, "language": row.language})
    looked_at = list(dict.fromkeys(looked_at))
    for address in looked_at:
        answer = client.get(address)
        told = answer.getvalue().decode(errors="replace") + str(answer.headers)
        assert MARK.lower() not in told.lower(), address
        assert ASKED in address or ASKED not in told, address
    assert len(looked_at) >= 190


def test_what_is_not_public_answers_as_what_never_was(client):
    values = newsroom()
    for why, row in hidden().items():
        if why in ("gone", "copy"):
            continue  # it tells that it was public; it has the address of a public row
        own = values | {"slug": row.slug, "pk": row.pk, "language": row.language}
        never = own | {"slug": f"{'nothing':_<{len(row.slug)}}", "pk": 10**9}
        for one, other in zip(addresses(own), addresses(never), strict=True):
            if one != other:
                assert shown(client.get(one), own) == shown(client.get(other), never), (why, one)


def shown(answer, values):
    """Status, headers and body, without what names the address itself."""
    headers = {name: value for name, value in answer.headers.items() if name not in OF_EACH_ANSWER}
    body = answer.getvalue().decode(errors="replace")
    for part in ("slug", "pk"):
        body = body.replace(f"/{values[part]}/", part)
        headers = {name: value.replace(f"/{values[part]}/", part) for name, value in headers.items()}
    return answer.status_code, headers, body.splitlines()
