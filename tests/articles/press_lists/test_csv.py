"""Journalists in CSV files: a plan first, then all of the file or nothing; what goes out comes in again unchanged."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Journalist, PressList
from articles.press_lists import csv_import, journalists
from tests.cast import make_country, make_journalist, make_office, make_region, make_topic, make_user

pytestmark = pytest.mark.django_db
ADMIN = "/admin/articles/journalist/"
HEAD = "name,outlet,email,language,consent,consent source"
ANN = "Ann Reed,The Daily,ann@example.org,en,2026-01-31,By e-mail"


@pytest.fixture
def edna(client):
    user = make_user("edna", "editor", make_office())
    client.force_login(user)
    return user


def upload(client, text, encoding="utf-8"):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return client.post(f"{ADMIN}import/", {"file": SimpleUploadedFile("people.csv", data)})


def confirm(client, page):
    form = page.context["form"]
    return client.post(f"{ADMIN}import/", {"text": form["text"].value(), "plan": form["plan"].value()})


def problems(page):
    return [(line.number, line.problems) for line in page.context["plan"].wrong]


def test_a_file_is_planned_then_stored(client, edna):
    make_topic()
    make_region()
    own = PressList.objects.create(name="Water press", office=make_office())
    head, row = f"{HEAD},topics,regions,lists,other languages,active", f"{ANN},diaspora,europe,water press,fr|ar,no"
    page = upload(client, f"{head}\n{row}\n")
    assert not Journalist.objects.exists()
    assert [len(page.context["plan"].new), problems(page)] == [1, []]
    assert confirm(client, page).status_code == 302
    ann = Journalist.objects.get()
    assert (str(ann.consent_on), ann.consent_source, ann.other_languages) == ("2026-01-31", "By e-mail", ["fr", "ar"])
    assert not ann.is_active
    assert [*own.journalists.all(), ann.topics.get().code, ann.regions.get().code] == [ann, "diaspora", "europe"]
    assert ann.consent_log.get().by == edna
    assert len(upload(client, f"{head}\n{row}\n").context["plan"].unchanged) == 1
    changed = upload(client, f"{head}\n{row.replace('The Daily', 'The Weekly')}\n").context["plan"].changed
    assert [line.changes for line in changed] == [["outlet"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_of_spreadsheets_in_any_country_are_read(client, edna, encoding, separator):
    text = f"{HEAD}\r\n{ANN}\r\n".replace("Ann Reed", "Zoë Müller").replace(",", separator)
    page = upload(client, text, encoding)
    confirm(client, page)
    assert Journalist.objects.get().name == "Zoë Müller"
    assert page.context["encoding"] == ("windows-1252" if encoding == "cp1252" else "")


@pytest.mark.parametrize(
    ("encoding", "name", "told"),
    [
        ("cp1251", "Анна Петрова", "windows-1251"),
        ("cp1256", "سلمى الخطيب", "windows-1256"),
        ("gb18030", "王小明", "gb18030"),
        ("utf-16", "Анна Петрова", ""),
    ],
)
def test_names_are_read_in_the_encoding_of_their_language(client, edna, encoding, name, told):
    page = upload(client, f"{HEAD}\r\n{ANN}\r\n".replace("Ann Reed", name), encoding)
    assert page.context["encoding"] == told
    confirm(client, page)
    assert Journalist.objects.get().name == name


def test_one_wrong_line_keeps_all_out_and_each_is_told_with_its_number(client, edna):
    rows = [
        ANN,
        '"Two\nlines",D,two@example.org,en,2026-01-31,By e-mail',
        "Bob,D,ANN@example.org,en,2026-01-31,By e-mail",
        "Bob,D,bob@,xx,31.1.2026,x",
        "Cid,D,cid@example.org,en,,",
        "Dan,,dan@example.org,en,2999-01-01,x,more",
        "Eve,,eve@example.org,en,2026-01-31,",
    ]
    page = upload(client, "\n".join([HEAD, *rows]))
    found = dict(problems(page))
    assert sorted(found) == [5, 6, 7, 8, 9]
    assert "stands in line 2" in found[5][0]
    assert [text.partition(":")[0] for text in found[6]] == ["email", "language", "consent"]
    assert "a date is needed" in found[7][0]
    assert "outlet" in found[9][0]
    confirm(client, page)
    assert not Journalist.objects.exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"name;outlet;email\n", "Missing: language, consent and consent source"),
        (f"{HEAD},colour\n{ANN},red".encode(), "Unknown columns: colour"),
        (f"{HEAD},name\n".encode(), "named twice"),
        (f'{HEAD}\n"Ann'.encode(), "Line 2 cannot be read"),
        (b"\x81\x8d\0\1", "no text that can be read"),
        (HEAD.encode("utf-16-le") + b"\0", "no text that can be read"),
        (b"", "Choose a file"),
    ],
)
def test_what_is_no_table_of_journalists_is_refused_with_a_reason(client, edna, data, says):
    page = upload(client, data)
    assert says in str(page.context["form"].errors)


def test_whoever_ended_the_mails_comes_back_by_a_later_consent_only(client, edna):
    ann = make_journalist()
    journalists.end_consent(ann, None, "By the link in a mail")
    today = timezone.localdate()
    old = f"{HEAD}\nAnn Reed,The Daily,ann@example.org,en,{today - timedelta(days=9)},By e-mail"
    assert "only a later consent counts" in str(problems(upload(client, old)))
    kept = f"{HEAD}\nAnn Reed,The Daily,ann@example.org,en,,"
    assert len(upload(client, kept).context["plan"].unchanged) == 1


def test_what_was_written_out_is_read_again_unchanged(client, edna):
    make_journalist(
        "ann@example.org", '=HYPERLINK("x")', "@The Daily; Sunday", telephone="+41 22 555 00 00", notes="-1\nTwo lines",
        other_languages=["fr", "ar"], regions=[make_region()], countries=[make_country()], topics=[make_topic()],
    )  # fmt: skip
    make_journalist("zoe@example.org", "Zoë", is_active=False)
    shared = PressList.objects.create(name="Shared")  # which an editor of an office may not change
    shared.journalists.set(Journalist.objects.all())
    answer = client.get(f"{ADMIN}export.csv")
    text = answer.content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "'+41" in text
    plan = csv_import.plan(text, edna)
    assert [line.problems for line in plan.lines] == [[], []]
    assert len(plan.unchanged) == 2


def test_nobody_imports_into_a_list_of_another_office(client, edna):
    PressList.objects.create(name="Of Lima", office=make_office("lima", "Lima Office"))
    PressList.objects.create(name="Shared")
    page = upload(client, f"{HEAD},lists\n{ANN},Of Lima|Shared")
    assert [len(found) for _line, found in problems(page)] == [2]


def test_a_plan_that_has_changed_meanwhile_is_shown_again(client, edna):
    page = upload(client, f"{HEAD}\n{ANN}")
    make_journalist(outlet="The Weekly")
    again = confirm(client, page)
    assert (again.status_code, len(again.context["plan"].changed)) == (200, 1)
    assert Journalist.objects.get().outlet == "The Weekly"


def test_what_happens_while_a_file_is_stored_is_not_undone(client, edna):
    ann = make_journalist()
    plan = csv_import.plan(
        f"{HEAD}\n{ANN.replace('2026-01-31,By e-mail', ',').replace('The Daily', 'The Weekly')}", edna
    )
    assert [line.changes for line in plan.changed] == [["outlet"]]
    journalists.end_consent(ann, None, "The link in a mail.")
    csv_import.store(plan, edna)
    ann.refresh_from_db()
    assert (ann.outlet, ann.consent_on) == ("The Weekly", None)


def test_who_is_added_while_a_file_is_stored_makes_it_another_plan(client, edna, monkeypatch):
    page, store = upload(client, f"{HEAD}\n{ANN}"), csv_import.store

    def interrupted(plan, user):
        monkeypatch.setattr(csv_import, "store", store)
        raise IntegrityError

    monkeypatch.setattr(csv_import, "store", interrupted)
    assert confirm(client, page).status_code == 302
    assert Journalist.objects.get().email == "ann@example.org"


def test_rows_of_a_file_are_locked_but_on_sqlite_which_has_one_writer_at_a_time(client, edna):
    make_journalist()
    with CaptureQueriesContext(connection) as queries:
        upload(client, f"{HEAD}\n{ANN}")
    locks = [one["sql"] for one in queries if "FOR NO KEY UPDATE" in one["sql"]]
    assert any("articles_journalist" in sql for sql in locks) == connection.features.has_select_for_update
