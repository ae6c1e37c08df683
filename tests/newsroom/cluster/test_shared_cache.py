"""While Redis is away or hangs, forms and the API are answered, and nobody waits long."""

import socket

import pytest
from django.core.cache import cache
from redis.exceptions import RedisError

from contacts.visitors import limits
from newsroom.cluster.shared_cache import SharedCache
from newsroom.pagecache import siteversion
from tests.cast import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(params=["away", "hangs"])
def redis(request, settings, monkeypatch):
    """At this port nothing listens, or something that never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if request.param == "hangs":
            listener.listen()
        backend = "newsroom.cluster.shared_cache.SharedCache"
        location = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        options = {"socket_timeout": 0.1, "socket_connect_timeout": 0.1}
        settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": location, "OPTIONS": options}}
        settings.CACHE_URL = location
        monkeypatch.setattr(SharedCache, "_next_attempt", float("-inf"))
        yield


def test_the_api_and_forms_answer(redis, client, settings, rf, caplog):
    settings.API_PER_MINUTE = 10
    make_article()
    answers = [client.get("/api/v1/articles/?language=en") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert not limits.is_too_often(rf.post("/"), "contact", 1, 60)
    assert caplog.text.count("Redis does not answer") == 1  # it is asked once, and then not for a while


def test_the_site_version_is_not_taken_for_another_one(redis):
    with pytest.raises(RedisError):
        siteversion._read()
    with pytest.raises(RedisError):
        cache.set("key", 1)
