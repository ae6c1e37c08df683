"""Video and audio on the page of an article: played by the browser, with captions, transcript and download."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.pages.recordings import clock
from articles.publishing import after_save
from tests import files
from tests.cast import create_image, create_recording, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
CAPTIONS = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nThe river rises."


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def article():
    poster = create_image(files.picture(200, 120), credit="R. Painter", alt={"en": "Two fields"})
    words = {"title": "The <river>", "caption": "By noon.", "transcript": "One.\n\nTwo & three.", "captions": CAPTIONS}
    video = create_recording(
        poster=poster, copyright="SWO", texts={"en": words, "ar": {"title": "النهر", "captions": CAPTIONS}}
    )
    audio = create_recording("tiny.ogg", credit="A. Voice", texts={"fr": {"title": "Le vent", "transcript": "Oui."}})
    article = make_article(language="en")
    article.recordings.set([audio, video])
    after_save.sync(article)
    return article


def test_the_page_has_players_captions_transcripts_and_downloads(client, article):
    page = client.get(article.get_absolute_url()).content.decode()
    audio, video = (row.recording for row in article.recording_rows.all())
    assert page.index(audio.file.name) < page.index(video.file.name)
    player = re.search(r"<video.*?</video>", page, re.DOTALL)[0]
    assert 'controls playsinline preload="none" poster="/media/images/' in player
    assert 'aria-label="The &lt;river&gt;"' in player
    assert re.findall(r'srclang="(\w+)" label="([^"]+)"( default)?', player) == [
        ("ar", "العربيّة", ""),
        ("en", "English", " default"),
    ]
    assert 'type="video/mp4"' in player
    assert "Two &amp; three." in page
    assert '<span lang="fr" dir="ltr">Le vent</span>' in page
    assert '<div class="transcript" lang="fr" dir="ltr">' in page
    assert re.search(r"<audio controls preload=\"none\"", page)
    assert f"{article.get_absolute_url()}#recording-{video.sha256[:12]}</bdi>" in page
    Article.objects.update(reference="2026-00007")  # the address that is printed is short if it can be
    assert (
        f"/r/2026-00007/#recording-{video.sha256[:12]}</bdi>" in client.get(article.get_absolute_url()).content.decode()
    )
    assert "autoplay" not in page
    for address in re.findall(r'<track [^>]*src="([^"]+)"', page):
        assert client.get(address).status_code == 200


def test_browsers_may_load_own_media_only(client, article):
    policy = client.get(article.get_absolute_url())["Content-Security-Policy"]
    assert "media-src 'self'" in policy


def test_an_article_without_recordings_asks_nothing_more(client, article):
    from articles.pages import recordings

    ids = [row.recording_id for row in article.recording_rows.all()]
    with CaptureQueriesContext(
        connection,
    ) as none:
        assert recordings.shown([], "en") == []
    with CaptureQueriesContext(connection) as one:
        recordings.shown(ids[:1], "en")
    with CaptureQueriesContext(connection) as two:
        recordings.shown(ids, "en")
    assert (len(none), len(one), len(two)) == (0, 2, 2)


def test_translations_have_the_recordings_of_their_source(article):
    french = make_article(language="fr", slug="fleuve", translation_of=article)
    after_save.sync(article)
    assert [row.recording_id for row in french.recording_rows.all()] == [
        row.recording_id for row in article.recording_rows.all()
    ]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, ""), (5, "0:05"), (65, "1:05"), (754, "12:34"), (3723, "1:02:03")]
)
def test_durations(seconds, shown):
    assert clock(seconds) == shown
