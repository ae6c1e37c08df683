"""`--undo RUN` takes back the files of what it takes back, smaller copies too, and no file that is needed."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.media import cleanup, images
from articles.models import Image, ImportRun
from newsroom.models import Page, PageTranslation
from tests.articles.importing.fixture_records import record, run
from tests.articles.importing.test_media import RECORDS, as_folder, picture, stored
from tests.cast import create_image, make_article, make_copies

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(tmp_path):
    """A run that brought two pictures, with their copies, and a table of figures."""
    assert run(as_folder(tmp_path / "news"))[0] == 0
    make_copies()
    assert len([name for name in stored() if name.startswith("renditions/")]) >= 4
    return ImportRun.objects.get()


def test_the_copies_of_a_picture_go_with_it(brought):
    assert run(undo=brought.pk)[0] == 0
    assert stored() == []
    assert not any(default_storage.listdir("renditions"))


def test_a_picture_that_an_article_uses_by_now_keeps_all_its_files(brought):
    port = Image.objects.get(decorative=False)
    make_article(lead_image=port)
    run(undo=brought.pk)
    assert list(Image.objects.all()) == [port]
    assert {name for name in stored() if port.sha256 in name} == set(stored())
    assert [name for name in stored() if name.startswith("renditions/")]


def test_the_same_bytes_brought_again_before_the_files_went_keep_them(brought, monkeypatch):
    port, forget = Image.objects.get(decorative=False), cleanup.delete_files

    def slowly(names):
        with default_storage.open(port.file.name) as file:
            create_image(ContentFile(file.read()), "Edna")
        forget(names)

    monkeypatch.setattr(cleanup, "delete_files", slowly)
    run(undo=brought.pk)
    assert Image.objects.get().credit == "Edna"
    assert port.file.name in stored()


def test_a_picture_that_a_page_shows_stays(brought):
    port = Image.objects.get(decorative=False)
    page = Page.objects.create(code="about")
    page.translations.create(language="en", title="About", body=f'<img src="/media/{port.file.name}" alt="">')
    out = run(undo=brought.pk)[1]
    assert f'articles.image["{port.sha256}"] is in use' in out
    assert port.file.name in stored()
    page.delete()
    assert run(undo=brought.pk)[0] == 0
    assert stored() == []


@pytest.mark.parametrize("edited", [False, True])
def test_a_page_of_the_run_keeps_its_picture_if_it_stays_itself(tmp_path, edited):
    shown = images.check(picture("teal", "PNG")).name
    words = {"title": "About", "body": f'<figure><img src="/media/{shown}" alt="A quay"></figure>'}
    page = [
        record("newsroom.page", code="about"),
        record("newsroom.pagetranslation", page=["about"], language="en", **words),
    ]
    assert run(as_folder(tmp_path / "news", [*RECORDS, *page]))[0] == 0
    if edited:
        PageTranslation.objects.update(title="About us")
    run(undo=ImportRun.objects.get().pk)
    assert (shown in stored(), Page.objects.exists()) == (edited, edited)
