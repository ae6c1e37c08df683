"""A person without an account reads one revision through a link, until it ends; nothing else opens."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.models import Article, ReviewLink, ReviewOpening
from articles.personal_links import review_links, tokens
from articles.publishing import revisions
from articles.publishing.workflow import move
from tests.cast import create_attachment, create_image, make_article, make_ready_article, make_topic, make_user
from tests.files import picture

pytestmark = pytest.mark.django_db


def link_to(article, **values):
    """(link, its address) to the article as it is stored."""
    values = {"name": "Grace Expert", "purpose": "preview"} | values
    link, token = review_links.make(revisions.record(article), None, **values)
    return link, f"/review/{token}/"


def test_the_reader_sees_the_revision_and_not_what_became_of_it(client):
    article = make_ready_article(headline="As sent", body="<p>First text.</p>", publish_at=None, language="fr")
    _link, address = link_to(article)
    Article.objects.filter(pk=article.pk).update(headline="Rewritten", body="<p>Another.</p>")
    article.topics.set([make_topic("rivers", "Rivers")])
    page = client.get(address)
    html = page.content.decode()
    assert page.status_code == 200
    assert "As sent" in html
    assert "First text." in html
    assert "Diaspora" in html
    assert not [words for words in ("Rewritten", "Another.", ">Rivers<") if words in html]
    assert '<html lang="fr"' in html
    assert "Grace Expert" in html


def test_no_cache_keeps_it_no_engine_lists_it_and_no_cookie_is_set(client):
    _link, address = link_to(make_ready_article())
    for response in (client.get(address), client.head(address), client.get("/review/never-made/")):
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert "ETag" not in response
        assert "Last-Modified" not in response
    html = client.get(address).content.decode()
    assert 'name="robots" content="noindex"' in html
    assert 'rel="canonical"' not in html
    assert "ld+json" not in html


def test_its_pictures_and_files_load_through_the_token_alone(client):
    lead, inside = create_image(picture(), "Photographer"), create_image(picture(400, 300), "Photographer")
    file = create_attachment(b"%PDF-1.7\n%%EOF\n", "Annex", "en", "annex.pdf")
    body = f'<p>Text.</p><figure><img src="{inside.get_absolute_url()}" alt="River"></figure>'
    article = make_ready_article(lead_image=lead, body=body, attachments=[file])
    _link, address = link_to(article)
    html = client.get(address).content.decode()
    for row in (lead, inside, file):
        assert f'"{row.get_absolute_url()}' not in html
        assert client.get(row.get_absolute_url()).status_code == 404
        assert f"{address}media/{row.file.name}" in html
        given = client.get(f"{address}media/{row.file.name}")
        assert given.status_code == 200
        assert given["Cache-Control"] == "private, no-store"
        assert "ETag" not in given
    part = client.get(f"{address}media/{file.file.name}", headers={"range": "bytes=0-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"%PDF")


def test_it_gives_no_file_of_another_text_nor_anything_else(client):
    own, foreign = create_image(picture(), "One"), create_image(picture(400, 300), "Two")
    make_ready_article(lead_image=foreign)
    _link, address = link_to(make_ready_article(lead_image=own))
    for name in (
        foreign.file.name, f"renditions/{foreign.sha256}/480.webp", "../../etc/passwd", "%2e%2e/db.sqlite3",
        f"images/../{own.file.name}", f"{own.file.name}/..", f"images/{own.sha256}.jpg", f"images/00/{own.sha256}.jpg",
        f"attachments/{own.sha256[:2]}/{own.sha256}.jpg", ".incoming/x", "",
    ):  # fmt: skip
        assert client.get(f"{address}media/{name}").status_code == 404, name


def test_every_opening_is_logged_and_nothing_of_the_reader(client):
    link, address = link_to(make_ready_article())
    client.get(address)
    client.head(address)
    client.get(address)
    assert link.openings.count() == 2
    assert {field.name for field in ReviewOpening._meta.fields} == {"id", "link", "at"}


def test_only_the_hash_is_stored(client):
    link, address = link_to(make_ready_article())
    token = address.split("/")[2]
    assert len(token) >= 43  # 256 bits
    stored = " ".join(str(value) for row in ReviewLink.objects.values() for value in row.values())
    assert token not in stored
    assert link.token_sha256 == tokens.digest(token)
    assert client.get(f"/review/{link.token_sha256}/").status_code == 404


def test_dead_links_answer_as_links_that_never_were(client):
    """Revoked, expired, published: the same status, headers and body."""
    walt, chief = make_user("walt", "writer"), make_user("chief", "approver")
    revoked, at_revoked = link_to(make_ready_article())
    review_links.revoke(ReviewLink.objects.filter(pk=revoked.pk), walt)
    expired, at_expired = link_to(make_ready_article())
    ReviewLink.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    article = make_ready_article(state="in_review", publish_at=timezone.now())
    _published, at_published = link_to(article)
    assert client.get(at_published).status_code == 200
    move(article, "publish", chief)
    never = client.get("/review/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG/")
    for address in (at_revoked, at_expired, at_published):
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (404, never.content)
        assert dict(answer.items()) == dict(never.items())


def test_it_ends_at_its_hour_of_publication_without_any_job(client):
    article = make_ready_article(state="in_review", publish_at=timezone.now() + timedelta(hours=1))
    move(article, "approve", make_user("chief", "approver"))
    _link, address = link_to(article)
    assert client.get(address).status_code == 200
    with time_machine.travel(article.publish_at + timedelta(seconds=1), tick=False):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("end", ["withdraw", "discard", "publish"])
def test_a_link_to_a_new_edition_ends_with_it(client, end):
    chief = make_user("chief", "approver")
    live = make_ready_article(state="approved", publish_at=timezone.now())
    copy = move(live, "revise", chief)
    Article.objects.filter(pk=copy.pk).update(headline="New edition")
    copy.refresh_from_db()
    _link, address = link_to(copy, purpose="fact_check")
    assert "New edition" in client.get(address).content.decode()
    client.post(address, {"remark-0": "A remark"})
    if end == "withdraw":
        move(Article.objects.get(pk=live.pk), "withdraw", chief, reason="Wrong.")
    elif end == "discard":
        move(copy, "discard", chief)
    else:
        move(copy, "submit", chief)
        move(copy, "publish", chief)
    assert client.get(address).status_code == 404
    assert ReviewLink.objects.get().answers.get().text == "A remark"


def test_a_link_to_what_was_public_once_never_opens_again(client):
    article = make_ready_article()
    _link, address = link_to(article)
    Article.objects.filter(pk=article.pk).update(first_published_at=timezone.now() - timedelta(days=1))
    assert client.get(address).status_code == 404


def test_seven_days_are_the_limit():
    revision = revisions.record(make_ready_article())
    for days in (0, -1, 8, 1000):
        with pytest.raises(ValueError, match="days"):
            review_links.make(revision, None, name="Grace", days=days)
    link, _token = review_links.make(revision, None, name="Grace")
    assert link.expires_at <= timezone.now() + timedelta(days=7)


def test_other_methods_are_refused_whatever_the_token(client):
    _link, address = link_to(make_ready_article())
    for method in ("put", "delete", "options", "patch"):
        for at in (address, "/review/never-made/"):
            assert getattr(client, method)(at).status_code == 405
    assert client.post(address, {"remark-0": "No"}).status_code == 405


def test_a_link_opened_without_end_is_stopped(client, monkeypatch):
    monkeypatch.setattr(review_links, "MOST_OPENINGS_IN_AN_HOUR", 2)
    link, address = link_to(make_ready_article())
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]
    assert link.openings.count() == 2


def test_odd_tokens_find_nothing():
    client = Client()
    for token in ("x" * 3000, "%00", "é", "%ff", "a%20b", "..", "'--", "{{ token }}"):
        assert client.get(f"/review/{token}/").status_code in (404, 400), token


def test_a_live_text_has_no_links():
    assert not review_links.is_before_publication(make_article())
    assert review_links.is_before_publication(make_ready_article())


def test_the_page_cache_lets_them_through(cached):
    link, address = link_to(make_ready_article())
    assert [cached.get(address).status_code for _ in range(2)] == [200, 200]
    assert link.openings.count() == 2
    review_links.revoke(ReviewLink.objects.all(), None)
    answer = cached.get(address)
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "private, no-store"
