"""A journalist reads a text under embargo through a pass: from its hour, until it is public, and not a second longer."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, Pass, PassOpening
from articles.personal_links import passes, review_links
from articles.publishing.workflow import move
from tests import files
from tests.cast import create_attachment, create_image, create_recording, make_office, make_ready_article, make_user

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
JANE = {"name": "Jane Doe", "outlet": "Example Times", "email": "jane@example.org"}


def under_embargo(**changes):
    """An approved article that passes open for another hour."""
    now = timezone.now()
    values = {"state": "approved", "press_from": now - HOUR, "publish_at": now + HOUR, "slug": "secret-slug"}
    values |= {"headline": "Secret headline", "first_published_at": now + HOUR, "reference": "2026-00042"}
    return make_ready_article(**(values | changes))


def give(story, *languages, **person):
    [(given, token)] = passes.make(story, None, [JANE | person], list(languages or ("en",)))
    return given, f"/press/{token}/"


def test_the_text_opens_with_the_name_of_its_holder_and_the_hour_of_its_release(client):
    at = timezone.now().replace(year=2030, month=5, day=14, hour=13, minute=0, second=0)
    office = make_office("nairobi", "Nairobi Office", timezone="Africa/Nairobi")
    _given, address = give(under_embargo(office=office, publish_at=at))
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Secret headline" in html
    assert "Embargoed until 14 May 2030, 16:00 (Nairobi); that is 14 May 2030, 13:00 UTC." in html
    assert html.count("Jane Doe, Example Times") == 2  # the notice, and the line on every printed page
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert not {"ETag", "Last-Modified"} & set(response.headers)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"press_from": timezone.now() + timedelta(minutes=30)}, "can be read here from"),
        ({"press_from": None}, "cannot be read here now"),
        ({"state": "draft", "press_from": timezone.now() - HOUR}, "cannot be read here now"),
        ({"state": "in_review"}, "cannot be read here now"),
    ],
)
def test_before_its_hour_and_without_approval_the_page_says_only_not_yet(client, changes, says):
    image = create_image(files.picture(), "Photographer")
    given, address = give(under_embargo(lead_image=image, **changes))
    response = client.get(address)
    html = response.content.decode()
    assert says in html
    assert response["Cache-Control"] == "private, no-store"
    for told in ("Secret headline", "secret-slug", "Text.", "2026-00042", image.sha256):
        assert told not in html
    assert client.get(f"{address}media/{image.file.name}").status_code == 404
    assert client.get(f"{address}en/").content == response.content
    assert not given.openings.exists()


def test_at_the_hour_it_leads_to_the_public_page(client):
    article = under_embargo()
    _given, address = give(article)
    for seconds, status in ((-1, 200), (0, 302), (1, 302)):
        with time_machine.travel(article.publish_at + timedelta(seconds=seconds), tick=False):
            response = client.get(address)
            assert response.status_code == status
            assert response["Cache-Control"] == "private, no-store"
    assert response["Location"] == article.get_absolute_url()


def test_an_edit_shuts_it_and_the_next_approval_opens_it(client):
    article, chief = under_embargo(), make_user("chief", "approver")
    _given, address = give(article)
    move(article, "recall", chief)
    assert "Secret headline" not in client.get(address).content.decode()
    move(article, "submit", chief)
    move(article, "approve", chief)
    assert "Secret headline" in client.get(address).content.decode()


def test_revoked_and_gone_answer_as_passes_that_never_were(client):
    revoked, at_revoked = give(under_embargo())
    _gone, at_gone = give(under_embargo(slug="gone", state="gone"))
    assert client.get(at_revoked).status_code == 200
    passes.revoke(Pass.objects.filter(pk=revoked.pk), None)
    never = client.get("/press/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG/")
    token = at_revoked.split("/")[2]
    for address in (at_revoked, at_gone, f"{at_revoked}en/", f"/press/{revoked.token_sha256}/", f"/review/{token}/"):
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (404, never.content), address
        assert dict(answer.items()) == dict(never.items())
    assert review_links.find(token) is None


def test_it_opens_its_languages_and_no_other(client):
    story = under_embargo()
    now = timezone.now()
    same = {"translation_of": story, "state": "approved", "press_from": now - HOUR}
    french = under_embargo(language="fr", headline="Titre secret", **same)
    under_embargo(language="es", headline="Titular secreto", **same)
    _given, address = give(story, "fr", "en", "ar")
    page = client.get(address).content.decode()
    assert "Titre secret" in page
    assert "Secret headline" in client.get(f"{address}en/").content.decode()
    assert f"{address}en/" in page
    assert client.get(f"{address}es/").status_code == 404
    assert client.get(f"{address}ar/").status_code == 404
    assert "Titular" not in page
    with time_machine.travel(french.publish_at, tick=False):
        Article.objects.filter(pk=story.pk).update(publish_at=french.publish_at + HOUR)
        assert "Secret headline" in client.get(address).content.decode()
        assert client.get(f"{address}fr/")["Location"] == french.get_absolute_url()


def test_a_recording_with_captions_and_poster_plays_under_embargo(client):
    poster = create_image(files.picture(), "Photographer")
    captions = "WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nThe river rises."
    video = create_recording(poster=poster, texts={"en": {"title": "The river", "captions": captions}})
    given, address = give(under_embargo(recordings=[video]))
    html = client.get(address).content.decode()
    player = re.search(r"<video.*?</video>", html, re.DOTALL)[0]
    addresses = re.findall(r'(?:src|poster)="([^"]+)"', player)
    assert len(addresses) == 3
    for one in addresses:
        assert one.startswith(f"{address}media/")
        answer = client.get(one)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
        assert client.get(one.replace(address, "/", 1)).status_code == 404
    part = client.get(f"{address}media/{video.file.name}", headers={"range": "bytes=4-7"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
    assert "The river" in {opening.file for opening in given.openings.all()}


def test_files_carry_the_name_of_the_holder_and_downloads_are_logged(client):
    image = create_image(files.picture(), "Photographer")
    file = create_attachment(files.PDF, "Annual report", "en", name="x.pdf")
    given, address = give(under_embargo(lead_image=image, attachments=[file]))
    html = client.get(address).content.decode()
    assert f'"{image.get_absolute_url()}"' not in html
    download = client.get(f"{address}media/{file.file.name}", REMOTE_ADDR="192.0.2.77")
    assert download["Content-Disposition"].startswith(
        'attachment; filename="annual-report-jane-doe-example-times-embargo-'
    )
    assert download["Cache-Control"] == "private, no-store"
    shown = client.get(f"{address}media/{image.file.name}")
    assert shown["Content-Disposition"].startswith("inline; filename=")
    assert "jane-doe-example-times" in shown["Content-Disposition"]
    assert (given.openings.first().file, given.openings.first().network) == ("Annual report", "192.0.2.0/24")
    for start in (0, 1, 2):
        client.get(f"{address}media/{file.file.name}", headers={"range": f"bytes={start}-"}, REMOTE_ADDR="192.0.2.77")
    assert given.openings.count() == 2
    client.get(f"{address}media/{file.file.name}", headers={"range": "bytes=1-"}, REMOTE_ADDR="198.51.100.1")
    assert given.openings.count() == 3


def test_it_gives_no_file_of_another_text(client):
    foreign = create_image(files.picture(40, 40), "Two")
    under_embargo(slug="other", lead_image=foreign)
    own = create_image(files.picture(50, 50), "One")
    _given, address = give(under_embargo(lead_image=own))
    for name in (foreign.file.name, f"../{own.file.name}", f"x/{own.file.name}", "../../etc/passwd", f"{own.sha256}"):
        assert client.get(f"{address}media/{name}").status_code == 404, name
    assert client.get(f"{address}media/{own.file.name}").status_code == 200


def test_files_of_a_published_text_are_at_their_public_address(client):
    own, foreign = create_image(files.picture(50, 50), "One"), create_image(files.picture(40, 40), "Two")
    article = under_embargo(lead_image=own)
    _given, address = give(article)
    with time_machine.travel(article.publish_at, tick=False):
        response = client.get(f"{address}media/{own.file.name}", follow=True)
        assert response.redirect_chain[0][0] == own.get_absolute_url()
        assert response.status_code == 200
        assert client.get(f"{address}media/{foreign.file.name}", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("asked", "kept"),
    [("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2:3::9", "2001:db8:1::/48"), ("unknown", "")],
)
def test_openings_are_logged_with_the_network_and_not_the_address(client, asked, kept):
    given, address = give(under_embargo())
    client.get(address, REMOTE_ADDR=asked)
    client.head(address, REMOTE_ADDR=asked)
    opening = given.openings.get()
    assert (opening.network, opening.language) == (kept, "en")


def test_nothing_else_shows_that_the_text_exists(client):
    image = create_image(files.picture(), "Photographer")
    article = under_embargo(lead_image=image)
    _given, address = give(article)
    before = {at: client.get(at) for at in ("/en/", "/en/news/", "/en/news/?q=secret", "/en/regions/europe/")}
    client.get(address)
    for at, response in before.items():
        again = client.get(at)
        assert again.content == response.content
        assert "Secret headline" not in again.content.decode()
        assert "/press/" not in again.content.decode()
    for at in (article.get_absolute_url(), "/r/2026-00042/", image.get_absolute_url()):
        assert client.get(at).status_code == 404


def test_a_pass_opened_without_end_is_stopped(client, monkeypatch):
    monkeypatch.setattr(passes, "MOST_OPENINGS_IN_AN_HOUR", 2)
    _given, address = give(under_embargo())
    statuses = [client.get(address) for _ in range(3)]
    assert [one.status_code for one in statuses] == [200, 200, 429]
    assert "Secret headline" not in statuses[2].content.decode()
    assert PassOpening.objects.count() == 2


def test_other_methods_and_hosts_are_refused(client):
    _given, address = give(under_embargo())
    for method in ("post", "put", "delete", "options"):
        for at in (address, "/press/never-made/", f"{address}media/x.jpg"):
            assert getattr(client, method)(at).status_code == 405
    assert client.get(address, headers={"host": "evil.example"}).status_code == 400
    assert client.get(address, headers={"x-forwarded-host": "evil.example"}).status_code == 200
