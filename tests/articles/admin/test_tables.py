"""A table of articles in the admin: its columns are said once, its plan is shown, and it is stored whole or not."""

import os
import signal
import subprocess
import tempfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import F
from openpyxl import Workbook

from articles.importing.report import BUSY, FixtureError
from articles.importing.tables import large, reading, running
from articles.importing.tables import waiting as tables_waiting
from articles.models import Article, ColumnMapping, ImportRun, OldAddress, WaitingTable
from tests.cast import make_office, make_region, make_topic, make_user

pytestmark = pytest.mark.django_db
ADMIN = "/admin/articles/importrun/table/"
TEXT = (
    "id;Titre;Publié le;Corps;Thèmes;Lien\n7;Crue;13/04/2019;Un texte.;Water;http://old.example/n/7\n8;Pluie;;Deux;;\n"
)


@pytest.fixture(autouse=True)
def _newsroom(chief):
    make_office("geneva")
    make_region("africa", "Africa")
    make_topic("water", "Water")


def upload(client, text=TEXT, name="news.csv", encoding=""):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post(ADMIN, {"file": file, "encoding": encoding})


def excel():
    book, data = Workbook(), BytesIO()
    book.active.append(["id", "title"])
    book.active.append([1, "Crue"])
    book.save(data)
    return data.getvalue()


def post(client, page, changes):
    """What the browser sends of the form of the columns."""
    form = client.get(page).context["form"]
    return {field.html_name: field.value() for field in form if field.value()} | changes


def planned(client, text=TEXT, **changes):
    """The page of the plan of an uploaded table."""
    page = upload(client, text)["Location"]
    response = client.post(page, post(client, page, {"language": "fr"} | changes))
    assert response.status_code == 302, response.context["form"].errors
    return response["Location"]


def test_a_table_is_guessed_planned_and_imported_and_a_later_one_updates(client):
    plan = planned(client, office="geneva", region="africa", publish="on")
    page = client.get(plan)
    assert sum(one["create"] for one in page.context["outcome"].counts.values()) == 3
    assert not Article.objects.exists()
    assert [line for line, *_rest in page.context["parts"]["problems"]] == [3]
    response = client.post(plan)
    run = ImportRun.objects.get()
    assert (response["Location"], run.source) == (f"/admin/articles/importrun/{run.pk}/change/", "news.csv")
    crue, pluie = Article.objects.order_by("external_id")
    assert (crue.headline, crue.language, crue.state, crue.external_source) == ("Crue", "fr", "approved", "news")
    assert (crue.published_on.isoformat(), crue.body, pluie.state) == ("2019-04-13", "<p>Un texte.</p>", "draft")
    assert OldAddress.objects.get().article == crue
    assert not WaitingTable.objects.exists()

    later = TEXT.replace("Un texte", "Un autre texte")
    page = upload(client, later)["Location"]
    assert client.get(page).context["is_known"]
    assert client.get(page).context["form"]["office"].value() == "geneva"
    client.post(client.post(page, post(client, page, {}))["Location"])
    crue.refresh_from_db()
    assert (crue.body, Article.objects.count(), ColumnMapping.objects.count()) == ("<p>Un autre texte.</p>", 2, 1)


def test_rows_that_cannot_come_along_are_left_out_only_if_somebody_says_so(client):
    plan = planned(client, TEXT + "9;;;;;\n")
    assert client.get(plan).context["outcome"].left_out == 1
    refused = client.post(plan)
    assert "Say first whether" in refused.context["outcome"].error
    assert (Article.objects.count(), WaitingTable.objects.count()) == (0, 1)
    assert client.post(plan, {"leave_out": "1"}).status_code == 302
    assert Article.objects.count() == 2


def test_nothing_is_stored_if_the_importer_refuses_a_row(client):
    plan = planned(client, TEXT.replace("Un texte.", "<div>" * 2000))
    page = client.post(plan)
    assert (2, "body") in [(line, field) for line, field, _ in page.context["problems"]["problems"]]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"column_1": ""}, "Choose the column"),
        ({"column_3": "headline"}, "Only one column"),
        ({"language": ""}, "choose that of all articles"),
        ({"name": "taken"}, "has this name"),
        ({"column_0": "nonsense"}, "valid choice"),
    ],
)
def test_a_mapping_that_makes_no_articles_is_refused(client, changes, part):
    ColumnMapping.objects.create(name="taken", headers="x")
    page = upload(client)["Location"]
    response = client.post(page, post(client, page, {"language": "fr"} | changes))
    assert part in str(response.context["form"].errors)


def test_a_file_can_be_read_again_in_another_encoding_and_with_another_header(client):
    page = upload(client, "a;b\nid;название\n1;Паводок\n".encode("windows-1251"))["Location"]
    assert client.post(page, {"_again": "1", "encoding": "windows-1251", "header_line": "2"}).status_code == 302
    assert client.get(page).context["table"].headers == ["id", "название"]
    wrong = client.post(page, {"_again": "1", "encoding": "utf-8", "header_line": "2"})
    assert "is no character" in str(wrong.context["again"].errors)
    assert client.get(upload(client, excel(), "news.xlsx")["Location"]).context["table"].headers == ["id", "title"]
    assert b"no Excel file" in upload(client, b"PK\x03\x04x").content


@pytest.fixture
def large_ones(monkeypatch):
    monkeypatch.setattr(running, "MOST_ROWS", 1)
    monkeypatch.setattr(reading, "FIRST_ROWS", 2)
    monkeypatch.setattr(reading, "FIRST_BYTES", 90)  # of TEXT: all but its last row


def work():
    """As the background job does, in this process."""
    waiting = tables_waiting._claimed()
    assert large.work(waiting.pk)


def test_a_large_table_is_planned_and_imported_in_the_background(client, large_ones):
    plan = planned(client, TEXT + "9;;;;;\n", office="geneva", region="africa", publish="on")
    assert b"The table waits for the background jobs" in client.get(plan).content
    work()
    page = client.get(plan)
    assert page.context["outcome"].left_out == 1
    assert [line for line, *_rest in page.context["parts"]["problems"]] == [3]
    assert client.get(f"{plan}?list").content.decode().splitlines()[1:] == [
        "3,state,The article stays a draft: it has no date.",
        "4,Titre,The row has no headline.",
    ]
    assert "Say first whether" in client.post(plan).context["outcome"].error
    assert not Article.objects.exists()

    assert client.post(plan, {"leave_out": "1"}).status_code == 302
    columns = plan.removesuffix("plan/")
    assert client.post(columns, {}).status_code == 302  # too late for other columns
    client.post(plan, {"leave_out": "1"})  # a second click asks for nothing more
    assert b"is being imported" in client.get("/admin/articles/importrun/").content
    work()
    run = ImportRun.objects.get()
    assert (run.source, run.by, Article.objects.count()) == ("news.csv", "edna", 2)
    assert f"/admin/articles/importrun/{run.pk}/change/".encode() in client.get(plan).content
    assert client.get(columns)["Location"] == plan
    client.post(plan)
    assert tables_waiting._claimed() is None
    assert b"was imported" in client.get("/admin/articles/importrun/").content


def test_a_large_table_whose_process_is_lost_is_begun_again_and_in_the_end_given_up(client, large_ones, monkeypatch):
    plan = planned(client)
    for _ in range(tables_waiting.TRIES):
        assert tables_waiting._claimed()
        assert tables_waiting._claimed() is None
        WaitingTable.objects.update(claimed_at=F("claimed_at") - timedelta(hours=2))
    work()
    assert "begun three times" in client.get(plan).context["outcome"].error
    assert client.post(plan).status_code == 200
    assert not Article.objects.exists()


def test_an_import_that_outlives_its_claim_is_done_once(client, large_ones, monkeypatch):
    plan = planned(client, office="geneva", region="africa")
    work()
    client.post(plan, {"leave_out": "1"})
    claimed, run = tables_waiting._claimed(), running.run

    def for_hours(*arguments):
        outcome = run(*arguments)
        WaitingTable.objects.update(claimed_at=F("claimed_at") - timedelta(hours=2))
        assert tables_waiting._claimed()  # by another process, which took this one for lost
        return outcome

    monkeypatch.setattr(running, "run", for_hours)
    assert large.work(claimed.pk)
    assert tables_waiting._claimed() is None
    assert client.get(plan).context["outcome"].is_stored
    assert (WaitingTable.objects.get().wanted, ImportRun.objects.count()) == ("", 1)


def test_while_another_import_runs_a_large_table_waits(client, large_ones, monkeypatch):
    planned(client)
    claimed = tables_waiting._claimed()
    busy = FixtureError(BUSY)
    with monkeypatch.context() as patch:
        patch.setattr(running, "import_fixture", lambda *_: (_ for _ in ()).throw(busy))
        assert not large.work(claimed.pk)
    assert WaitingTable.objects.get().tries == 0
    assert large.work(claimed.pk)


def test_what_is_planned_anew_does_not_get_the_outcome_of_the_plan_before(client, large_ones, monkeypatch):
    planned(client)
    earlier = tables_waiting._claimed()

    def asked_again(*_arguments):
        tables_waiting.ask(WaitingTable.objects.get(), earlier.by, "plan")
        return running.Outcome()

    monkeypatch.setattr(running, "run", asked_again)
    assert large.work(earlier.pk)
    assert (WaitingTable.objects.get().wanted, WaitingTable.objects.get().outcome) == ("plan", None)


def test_with_four_eyes_a_table_brings_drafts_only(client, settings):
    settings.FOUR_EYES = True
    client.post(planned(client, office="geneva", region="africa", publish="on"))
    assert set(Article.objects.values_list("state", flat=True)) == {"draft"}


def test_only_those_who_approve_everywhere_import(client):
    page = upload(client)["Location"]
    client.force_login(make_user("ann", "approver", office=make_office("geneva")))
    assert [client.get(address).status_code for address in (ADMIN, page, f"{page}plan/")] == [403, 403, 403]
    assert b"Import a table" not in client.get("/admin/articles/importrun/").content


class Ended:
    """A process that has ended."""

    def __init__(self, command, returncode, **_options):
        self.command, self.returncode = command, returncode

    def poll(self):
        return self.returncode


@pytest.mark.parametrize(("returncode", "left"), [(0, False), (-9, True)])
def test_the_job_lets_go_of_a_table_whose_process_was_killed(client, large_ones, monkeypatch, returncode, left):
    planned(client)
    begun = []
    monkeypatch.setattr(
        subprocess, "Popen", lambda *given, **how: begun.append(given) or Ended(*given, returncode, **how)
    )
    tables_waiting.look()
    [(command,)] = begun
    assert command[2:] == ["work", "--table", str(WaitingTable.objects.get().pk)]
    assert (tables_waiting._claimed() is not None) is left


def test_a_table_that_is_stopped_leaves_no_file(client, large_ones, monkeypatch, tmp_path):
    planned(client)
    waiting = tables_waiting._claimed()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "nice", lambda number: None)
    monkeypatch.setattr(running, "import_fixture", lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    before = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(SystemExit):
            call_command("work", table=waiting.pk)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert list(tmp_path.iterdir()) == []
