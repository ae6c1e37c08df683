"""Whoever doubts a text or a file learns whether it is ours, what has changed, and nothing of what is not public."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.html import clean
from articles.models import Article, Correction, Revision
from articles.pages.verifying import candidates, verdicts
from articles.pages.verifying.comparing import Ours, Pasted
from articles.publishing import revisions
from tests.cast import NOW, make_article, make_office

from .asking import ALTERED, BODY, PASSAGE, answer

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_text_and_each_part_of_it_is_genuine(client, wells):
    plain = client.get("/en/news/wells/text.txt").content.decode()
    for text in (
        plain,
        PASSAGE,
        plain.upper(),
        "> " + plain.replace("\n", "\r\n> "),
        ALTERED.replace("four ", "forty "),
    ):
        verdict = answer(client, text)
        assert (verdict.code, verdict.article) == ("current", wells), text
    page = client.post("/en/verify/", {"text": PASSAGE}).content.decode()
    assert "Genuine and current" in page
    assert 'href="/en/news/wells/"' in page


def test_lines_that_a_mail_program_has_broken_are_genuine(client, wells):
    import textwrap

    text = "\n\n".join(textwrap.fill(one, 72) for one in BODY.replace("<p>", "").split("</p>")[:2])
    assert answer(client, text).code == "current"


def test_a_long_text_is_known_by_two_of_its_passages(client, monkeypatch):
    asked = []
    monkeypatch.setattr(
        candidates, "_hits", lambda question, seconds, hits=candidates._hits: asked.append(1) or hits(question, seconds)
    )
    sentences = [f"Sentence {name} tells of the {name} valley and of {name} wells in it." for name in
                 ("amber", "birch", "cedar", "dune", "elder", "fir", "gorse", "hazel", "ivy", "juniper", "kelp", "larch")]  # fmt: skip
    article = make_article(body="".join(f"<p>{one}</p>" for one in sentences))
    make_article(slug="other", body="<p>Another text about valleys and wells.</p>")
    assert answer(client, "\n".join(sentences)).article == article
    assert len(asked) == 2


def test_what_could_not_be_looked_up_in_time_is_not_called_unknown(client, wells, monkeypatch):
    monkeypatch.setattr(candidates, "_hits", lambda *_question: None)
    assert answer(client, PASSAGE).code == "slow"
    assert "There was no time" in client.post("/en/verify/", {"text": PASSAGE}).content.decode()
    monkeypatch.undo()
    wells.body = clean(BODY.replace("forty", "thirty"))
    wells.save()
    revisions.publish_edition(wells)
    monkeypatch.setattr(verdicts, "SECONDS", 0)  # no time to compare earlier editions
    assert answer(client, BODY.replace("<p>", "").split("</p>")[0]).code == "slow"
    assert answer(client, PASSAGE).code == "current"


def test_what_was_altered_is_shown(client, wells):
    verdict = answer(client, f"{ALTERED}\n\n{PASSAGE}")
    assert (verdict.code, verdict.article, len(verdict.differences)) == ("altered", wells, 1)
    assert "removed: </span>forty </del>" in verdict.differences[0]
    assert "added: </span>four </ins>" in verdict.differences[0]
    added = answer(client, f"{PASSAGE}\n\nSend your money to <b>this</b> account.")
    assert (added.code, "&lt;b&gt;" in added.differences[0]) == ("altered", True)
    first, second = (one.replace("<p>", "") for one in BODY.split("</p>")[:2])
    assert answer(client, f"{second}\n\n{first}").moved


def test_an_earlier_edition_is_genuine_and_no_longer_current(client, wells):
    wells.body = clean(BODY.replace("forty", "thirty"))
    wells.change_kind, wells.was_wrong, wells.change_note = "correction", "Forty wells.", "Thirty wells."
    wells.save()
    revisions.publish_edition(wells, is_told=True)
    verdict = answer(client, BODY.replace("<p>", "").split("</p>")[0])
    assert (verdict.code, verdict.edition.edition) == ("changed", 1)
    assert [one.wrong for one in verdict.corrections] == ["Forty wells."]
    assert "thirty" in verdict.differences[0]
    page = client.post("/en/verify/", {"text": BODY.replace("<p>", "").split("</p>")[0]}).content.decode()
    assert "Genuine, but changed since" in page
    assert "Thirty wells." in page


def test_a_correction_has_the_day_that_its_article_tells(client, wells):
    office = make_office("suva", timezone="Pacific/Auckland")
    Article.objects.filter(pk=wells.pk).update(office=office)
    wells.refresh_from_db()
    wells.body = clean(BODY.replace("forty", "thirty"))
    wells.change_kind, wells.was_wrong, wells.change_note = "correction", "Forty wells.", "Thirty wells."
    wells.save()
    revisions.publish_edition(wells, is_told=True)
    Correction.objects.update(at="2026-03-01T20:00:00Z")  # in Auckland the next morning
    Revision.objects.filter(edition=1).update(created_at="2026-02-01T20:00:00Z")
    verdict = answer(client, BODY.replace("<p>", "").split("</p>")[0])
    assert [str(one.day) for one in verdict.corrections] == ["2026-03-02"]


@pytest.mark.parametrize("text", ["", " ", "too short", "six words that nobody ever wrote here at all"])
def test_what_nobody_knows(client, wells, text):
    response = client.post("/en/verify/", {"text": text})
    if not text.strip():
        assert (response.status_code, response.context["verdicts"]) == (400, ())
    else:
        assert response.context["verdicts"][0].code in ("short", "unknown")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "افتتح المجلس أربعين بئراً جديدة في المنطقة الشمالية من ناكورو يوم الثلاثاء بعد عامين من الجفاف"),
        ("zh", "理事会周二在纳库鲁北部地区启用了四十口新水井，此前当地经历了两年干旱。"),
        ("ru", "Совет открыл во вторник сорок новых колодцев в северном районе Накуру после двух засушливых лет."),
        ("fr", "Le conseil a ouvert mardi quarante nouveaux puits dans le district nord de Nakuru, après deux ans."),
    ],
)
def test_in_every_script(client, language, text):
    article = make_article(language=language, slug="puits", body=f"<p>{text}</p>")
    verdict = answer(client, text)
    assert (verdict.code, verdict.article) == ("current", article)
    assert client.post(f"/{language}/verify/", {"text": text}).status_code == 200


def test_only_what_is_public_counts_and_costs_the_same(client):
    later = NOW() + timedelta(hours=1)
    text = BODY.replace("<p>", "").replace("</p>", "\n\n")
    made = make_article(slug="w", body=clean(BODY), publish_at=later, press_from=NOW(), reference="2026-00009")
    client.get("/en/verify/")  # reads names
    with CaptureQueriesContext(connection) as embargoed:
        assert answer(client, text).code == "unknown"
    with CaptureQueriesContext(connection) as other:
        assert answer(client, text.replace("wells", "roads").replace("villages", "towns")).code == "unknown"
    assert len(embargoed) == len(other)
    for asked in ("2026-00009", "/en/news/w/", "0" * 64):
        assert answer(client, reference=asked).code == "unknown"
    for state in ("draft", "in_review", "gone"):
        Article.objects.filter(pk=made.pk).update(state=state, press_from=None, publish_at=NOW() - timedelta(hours=1))
        assert answer(client, text).code == "unknown"
        assert answer(client, reference="2026-00009").code == "unknown"


def test_a_withdrawn_text_is_named_so(client, wells):
    Article.objects.filter(pk=wells.pk).update(state="withdrawn", withdrawal_note="Wrong.")
    assert answer(client, reference="2026-00007").code == "withdrawn"
    assert answer(client, f"{PASSAGE} 2026-00007").code == "withdrawn"
    assert answer(client, PASSAGE).code == "unknown"


def test_by_reference_address_or_digest(client, wells):
    edition = wells.revisions.get(edition=1)
    addresses = (
        "https://example.org/en/news/wells/",
        "/en/news/wells",
        "2026-00007",
        edition.sha256,
        edition.sha256.upper(),
    )
    for asked in addresses:
        assert answer(client, reference=asked).article == wells, asked
    assert answer(client, reference="2026-99999").code == "unknown"
    assert answer(client, reference="'\"<%s>").code == "unknown"
    assert client.post("/en/verify/", {"reference": "\0"}).status_code == 400


def test_an_address_as_browsers_encode_it(client):
    long = make_article(slug="المياه-" * 28 + "آبار", language="ar")
    asked = f"https://example.org{long.get_absolute_url()}"
    assert "%D8%A7" in asked
    assert answer(client, reference=asked).article == long
    assert client.get("/en/verify/").context["form"].fields["reference"].max_length > len(asked)


def test_too_much_and_too_often_are_refused(client, wells):
    assert "too long" in client.post("/en/verify/", {"text": "x" * 60_000}).content.decode()
    assert "too long" in client.post("/en/verify/", {"text": "x\n" * 3_000}).content.decode()
    large = client.post("/en/verify/", {"reference": "x"}, CONTENT_LENGTH=str(30 * 1024 * 1024))
    assert large.status_code == 413
    for _number in range(30):
        response = client.post("/en/verify/", {"reference": "x"})
    assert response.status_code == 429
    assert client.post("/en/verify/", {"reference": "x"}, REMOTE_ADDR="192.0.2.77").status_code == 200
    assert not any("192.0.2" in key or "127.0.0" in key for key in cache._cache)


HOSTILE = [
    "the of and to in a is that for it " * 1000,
    "\n".join(["council opened", "new wells"] * 900),
    "wells " * 8_000,
    "\n".join("Twelve villages have clean" for _ in range(1_900)),
    "( * \" ' & | ! : <-> =len ^a +b NEAR AND OR NOT { } [ ] \\ % _ ; --" * 500,
    "水" * 40_000,
    " ".join(f"{number}-0000{number}" for number in range(1000, 5000)),
    "/en/news/wells/ " * 2_000,
    "a" * 50_000,
    "ـ" * 50_000,
    "1" * 50_000,
    "> " * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_answered_in_time(client, wells, text):
    for number in range(20):
        make_article(slug=f"w{number}", body=clean(BODY.replace("forty", str(number)) * 20))
    started = time.monotonic()
    assert answer(client, text[:50_000])
    assert time.monotonic() - started < 2  # a second, on a machine that does nothing else


@given(st.text(max_size=200))
@settings(max_examples=settings().max_examples // 2)
def test_any_text_is_the_same_as_itself(text):
    ours, pasted = Ours(text.split("\n")), Pasted(text)
    if "\r" not in text and pasted.words and not any(line.startswith((">", " ")) for line in text.split("\n")):
        found = ours.compared(pasted)
        assert found.other == [], (pasted.blocks, ours.text)
    ours.compared(Pasted(text[::-1])).differences()


def test_the_page_is_kept_by_the_cache_and_posts_are_not(cached):
    first = cached.get("/en/verify/")
    assert first.status_code == 200
    assert "s-maxage" in first["Cache-Control"]
    assert 'method="post"' in first.content.decode()


def test_editions_say_how_to_check_a_copy(client, wells):
    wells.body = clean(BODY.replace("forty", "thirty"))
    wells.save()
    revisions.publish_edition(wells)
    for path in ("/en/news/wells/editions/", "/en/news/wells/editions/1/", "/en/news/wells/"):
        assert 'href="/en/verify/"' in client.get(path).content.decode()
