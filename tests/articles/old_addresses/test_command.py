"""`manage.py old_addresses`: files of any length, errors by line, all stored or nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.importing.tables import old_addresses, reading
from articles.models import OldAddress
from tests.cast import make_article

pytestmark = pytest.mark.django_db


def run(tmp_path, text, *options):
    """(what the command prints, what it says is wrong)"""
    (tmp_path / "old.csv").write_text(text)
    out, err = StringIO(), StringIO()
    try:
        call_command("old_addresses", str(tmp_path / "old.csv"), *options, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


def test_a_file_longer_than_the_admin_takes_is_stored(tmp_path, rf):
    make_article(slug="floods")
    lines = "".join(f"/old/{n}.html,/en/news/floods/\n" for n in range(old_addresses.MOST_ROWS + 1))
    with pytest.raises(reading.TableError, match=r"manage\.py old_addresses"):
        old_addresses.read(rf.get("/"), f"from,to\n{lines}".encode())
    assert run(tmp_path, f"from,to\n{lines}", "--plan") == (
        "2,001 new, 0 changed, 0 as they are. Nothing was stored.\n",
        "",
    )
    assert not OldAddress.objects.exists()
    assert run(tmp_path, f"from,to\n{lines}")[0].startswith("2001 old addresses were added")
    assert OldAddress.objects.filter(article__slug="floods").count() == 2001


def test_wrong_lines_are_named_loops_too_and_nothing_is_stored(tmp_path):
    make_article(slug="floods")
    text = "from,to\n/a,/en/news/floods/\n/b,/nothing/\n/loop,/loop\n/c,/d\n/d,/c\n"
    _out, err = run(tmp_path, text)
    assert [line.split(":")[1] for line in err.splitlines()[:4]] == ["3", "4", "5", "6"]
    assert err.endswith("4 problems. Nothing was stored.")
    assert not OldAddress.objects.exists()
    _out, err = run(tmp_path, text, "--later")
    assert [line.split(":")[1] for line in err.splitlines()[:3]] == ["4", "5", "6"]


def test_a_file_that_is_none_is_named(tmp_path):
    assert "has no column" in run(tmp_path, "alt,neu\n/a,/en/\n")[1]
    with pytest.raises(CommandError, match=r"gone\.csv: No such file"):
        call_command("old_addresses", str(tmp_path / "gone.csv"))
