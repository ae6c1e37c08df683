"""The admin counts in the plural forms of each language, and its dates say their time zone."""

import re

import pytest

from articles.models import ImportRun
from tests.cast import make_region, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def desk(client):
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    return client


def shown(desk, language, address):
    desk.cookies["django_language"] = language
    return desk.get(address).content.decode()


@pytest.mark.parametrize(
    ("language", "one", "two", "five"),
    [
        ("en", "1 record", "2 records", "5 records"),
        ("fr", "1 enregistrement", "2 enregistrements", "5 enregistrements"),
        ("ar", "سجل واحد", "سجلان", "5 سجلات"),
        ("ru", "1 запись", "2 записи", "5 записей"),
        ("zh", "1 条记录", "2 条记录", "5 条记录"),
    ],
)
def test_a_list_says_how_many_records_it_has(desk, language, one, two, five):
    for number, words in [(1, one), (2, two), (5, five)]:
        for extra in range(number):
            make_region(f"region-{extra}")
        paginator = re.search(r'<p class="paginator">(.*?)</p>', shown(desk, language, "/admin/contacts/region/"), re.S)
        assert " ".join(paginator[1].split()) == words


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("en", "5 Mar 2026, 14:05 (UTC)"),
        ("fr", "5 mars 2026, 14:05 (UTC)"),
        ("ru", "5 мар. 2026\u202fг., 14:05 (UTC)"),
        ("zh", "2026年3月5日 14:05 (UTC)"),
    ],
)
def test_dates_of_lists_are_those_of_the_language_with_their_time_zone(desk, language, date):
    run = ImportRun.objects.create(source="a.jsonl")
    ImportRun.objects.filter(pk=run.pk).update(started_at="2026-03-05T14:05Z")
    assert date in shown(desk, language, "/admin/articles/importrun/")
    assert date in shown(desk, language, f"/admin/articles/importrun/{run.pk}/change/")
