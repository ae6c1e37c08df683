"""Every public date is the calendar day of the issuing office, and stays when the office gets another time zone."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, SearchEntry
from articles.publishing import after_save, workflow
from articles.search import indexing
from contacts.models import Office
from contacts.public_pages import names_changed
from tests.articles.importing.fixture_records import counts, run, write
from tests.cast import make_article, make_office, make_ready_article, make_user, search

pytestmark = pytest.mark.django_db
MORNING_IN_SUVA = datetime(2025, 12, 31, 20, tzinfo=UTC)  # 08:00 on 1 January
EVENING_IN_LIMA = datetime(2026, 1, 1, 2, tzinfo=UTC)  # 21:00 on 31 December


@pytest.fixture
def suva():
    return make_office("suva", "Suva Office", timezone="Pacific/Fiji")


@pytest.fixture
def lima():
    return make_office("lima", "Lima Office", timezone="America/Lima")


@pytest.fixture
def headquarters():
    return make_office("geneva", kind="headquarters", timezone="Europe/Zurich")


def pages(client, *addresses):
    return [client.get(address).content.decode() for address in addresses]


def test_every_page_has_the_day_of_the_office(client, suva):
    article = make_article(headline="Cyclone", office=suva, publish_at=MORNING_IN_SUVA)
    for html in pages(
        client, article.get_absolute_url(), "/en/", "/en/news/", "/en/news/?q=cyclone", "/en/offices/suva/"
    ):
        assert '<time datetime="2025-12-31T20:00:00+00:00">1 January 2026</time>' in html
        assert "31 December 2025" not in html
    assert '"datePublished": "2026-01-01T08:00:00+12:00"' in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("named", ["office", "office_id"])
def test_a_save_of_the_office_alone_computes_the_day(suva, lima, named):
    article = make_article(office=lima, publish_at=MORNING_IN_SUVA)
    article.office = suva
    article.save(update_fields=[named])
    article.refresh_from_db()
    assert (article.office, article.published_on) == (suva, date(2026, 1, 1))


def test_filters_by_day_and_year_follow_the_office(client, suva, lima):
    make_article(headline="Cyclone", office=suva, publish_at=MORNING_IN_SUVA)
    make_article(headline="Landslide", office=lima, publish_at=EVENING_IN_LIMA)
    for words in ("", "&q=text"):
        for query, seen, unseen in [
            ("year=2026", "Cyclone", "Landslide"),
            ("year=2025", "Landslide", "Cyclone"),
            ("from=2026-01-01", "Cyclone", "Landslide"),
            ("to=2025-12-31", "Landslide", "Cyclone"),
            ("from=2026-01-01&to=2026-01-01", "Cyclone", "Landslide"),
        ]:
            html = client.get(f"/en/news/?{query}{words}").content.decode()
            assert seen in html, (query, words)
            assert f"/{unseen}" not in html
            assert f">{unseen}<" not in html, (query, words)
    html = client.get("/en/news/").content.decode()
    assert re.findall(r'<option value="(\d{4})"[^>]*>\d{4} \((\d+)\)', html) == [("2026", "1"), ("2025", "1")]
    assert html.index(">Landslide<") < html.index(">Cyclone<")  # by the moment, whatever the days


def test_an_article_without_an_office_has_the_day_of_the_headquarters(headquarters):
    assert make_article(publish_at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC)).published_on == date(2026, 1, 1)
    headquarters.kind = "regional"
    headquarters.save()
    assert make_article(publish_at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC)).published_on == date(2025, 12, 31)


def test_of_several_headquarters_an_open_one_comes_first(headquarters):
    make_office("a-former-one", kind="headquarters", timezone="Pacific/Fiji", closed=date(2001, 1, 1))
    make_office("new-york", kind="headquarters", timezone="America/New_York")
    assert make_article(publish_at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC)).published_on == date(2026, 1, 1)


def test_another_time_zone_moves_what_is_to_come_and_nothing_old(suva):
    old = make_article(office=suva, publish_at=MORNING_IN_SUVA, first_published_at=MORNING_IN_SUVA)
    next_evening = (timezone.now() + timedelta(days=9)).replace(hour=20)
    scheduled = make_article(office=suva, publish_at=next_evening, first_published_at=next_evening)
    assert scheduled.published_on == next_evening.date() + timedelta(days=1)
    Office.objects.update(timezone="Europe/Zurich")
    names_changed()
    for article in (old, scheduled):
        article.refresh_from_db()
    assert old.published_on == date(2026, 1, 1)
    assert scheduled.published_on == next_evening.date()
    assert SearchEntry.objects.get(pk=scheduled.pk).published_on == next_evening.date()
    old.headline = "Corrected"
    old.save()
    assert old.published_on == date(2026, 1, 1)


def test_an_old_date_has_no_time_of_another_day(client, suva):
    article = make_article(office=suva, publish_at=MORNING_IN_SUVA, first_published_at=MORNING_IN_SUVA)
    Office.objects.update(timezone="Europe/Zurich")
    names_changed()
    html = client.get(article.get_absolute_url()).content.decode()
    assert ">1 January 2026</time>" in html
    assert '"datePublished": "2026-01-01"' in html


def test_an_edition_keeps_the_day_and_another_office_gives_its_own(suva, lima):
    chief = make_user("chief", "approver")
    chief.memberships.create(role="editor")
    article = make_ready_article(office=suva, publish_at=MORNING_IN_SUVA, state="approved")
    Article.objects.update(first_published_at=MORNING_IN_SUVA)
    article.refresh_from_db()
    Office.objects.filter(pk=suva.pk).update(timezone="Europe/Zurich")
    for office, day in ((suva, date(2026, 1, 1)), (lima, date(2025, 12, 31))):
        copy = workflow.move(article, "revise", chief)
        copy.office, copy.headline, copy.state = office, f"From {office}", "in_review"
        copy.save()
        article = workflow.move(copy, "publish", chief)
        article.refresh_from_db()
        assert (article.headline, article.published_on) == (f"From {office}", day)


def test_approval_numbers_the_story_by_its_day(suva):
    chief = make_user("chief", "approver")
    article = make_ready_article(office=suva, publish_at=MORNING_IN_SUVA, state="in_review")
    Office.objects.filter(pk=suva.pk).update(timezone="Pacific/Kiritimati")  # after the draft was saved
    article = workflow.move(article, "approve", chief)
    assert article.reference.startswith("2026-")
    article.refresh_from_db()
    assert article.published_on == date(2026, 1, 1)


def test_translations_have_the_day_of_their_sources_office(suva, lima):
    source = make_article(office=suva, publish_at=MORNING_IN_SUVA)
    french = make_article(language="fr", translation_of=source, office=lima, publish_at=MORNING_IN_SUVA)
    assert french.published_on == date(2025, 12, 31)
    after_save.sync(source)
    french.refresh_from_db()
    assert french.published_on == date(2026, 1, 1)


def record(slug, **fields):
    fields = {"language": "en", "slug": slug, "headline": f"Story {slug}", "state": "approved"} | fields
    return {"model": "articles.article", "fields": fields}


def test_an_import_computes_the_day_and_keeps_one_that_it_is_given(suva, lima, tmp_path):
    def run_import(*records):
        code, _, complaints = run(write(tmp_path / "articles.jsonl", records))
        assert code == 0, complaints

    moment = MORNING_IN_SUVA.isoformat()
    run_import(
        record("computed", office=["suva"], publish_at=moment),
        record("given", office=["lima"], publish_at=moment, published_on="2026-01-01"),
        record("impossible", office=["suva"], publish_at=moment, published_on="2026-02-01"),
        record("empty", office=["lima"], publish_at=moment, published_on=None),
        record("version", language="fr", translation_of=["en", "computed"], publish_at=moment),
    )
    days = dict(Article.objects.values_list("slug", "published_on"))
    new_year, new_years_eve = date(2026, 1, 1), date(2025, 12, 31)
    assert days == {
        "computed": new_year, "given": new_year, "impossible": new_year, "empty": new_years_eve, "version": new_year,
    }  # fmt: skip
    assert Article.objects.get(slug="computed").reference.startswith("2026-")
    Office.objects.update(timezone="UTC")
    run_import(record("computed", office=["suva"], publish_at=moment, summary="More."))
    assert Article.objects.get(slug="computed").published_on == new_year
    run_import(record("computed", office=["lima"], publish_at=moment))
    assert set(
        Article.objects.exclude(slug="given").exclude(slug="impossible").values_list("published_on", flat=True)
    ) == {new_years_eve}


def test_a_given_day_stays_when_the_same_file_comes_again(tmp_path):
    """In translations, too, whose source has no office either; the day of what is to come is that of the office."""
    past, to_come = MORNING_IN_SUVA, timezone.now().replace(hour=23, minute=30) + timedelta(days=30)
    following = str(to_come.date() + timedelta(days=1))
    records = [
        record("past", publish_at=past.isoformat(), published_on="2026-01-01"),
        record(
            "version", language="fr", translation_of=["en", "past"], publish_at=past.isoformat(),
            published_on="2026-01-01",
        ),
        record("to-come", publish_at=to_come.isoformat(), published_on=following),
    ]  # fmt: skip
    path = write(tmp_path / "articles.jsonl", records)
    for expected in ("create", "unchanged", "unchanged"):
        code, out, complaints = run(path)
        assert (code, counts(out)) == (0, {expected: 3}), complaints
    days = dict(Article.objects.values_list("slug", "published_on"))
    assert days == {"past": date(2026, 1, 1), "version": date(2026, 1, 1), "to-come": to_come.date()}


def test_loaddata_without_a_day_has_that_in_utc_until_search_index_computes_it(client, suva, tmp_path, capsys):
    path = tmp_path / "articles.json"
    path.write_text(json.dumps([record("old", office=["suva"], publish_at=MORNING_IN_SUVA.isoformat(), body="flood")]))
    call_command("loaddata", str(path), verbosity=0)
    assert "31 December 2025" in client.get("/en/news/old/").content.decode()
    indexing.keep(Article.objects.values_list("pk", flat=True))
    with pytest.raises(CommandError):
        call_command("search_index", "--check")
    assert "1 without the day of its publication" in capsys.readouterr().out
    call_command("search_index", verbosity=0)
    call_command("search_index", "--check")
    assert "1 January 2026" in client.get("/en/news/old/").content.decode()
    assert search("flood") == ["Story old"]
    assert SearchEntry.objects.get().published_on == date(2026, 1, 1)


def test_the_desk_has_the_offices_date_and_time(client, suva):
    article = make_article(headline="Cyclone", office=suva, publish_at=MORNING_IN_SUVA)
    client.force_login(make_user("edna", "editor"))
    for address in ("/admin/articles/article/", "/admin/articles/article/?published_on__year=2026"):
        html = client.get(address).content.decode()
        assert "1 Jan 2026, 08:00 (Fiji)</time>" in html
        assert "31 Dec 2025, 20:00 UTC" in html
    assert article.headline not in client.get("/admin/articles/article/?published_on__year=2025").content.decode()
