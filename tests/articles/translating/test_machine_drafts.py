"""A translation service drafts what is still in the words of the source; only people can approve what it wrote."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from articles.checks.machine_texts import unread_texts
from articles.models import Article, MachineDraft
from articles.publishing import limiting, workflow
from articles.publishing.locking import Stale
from articles.publishing.workflow import Refused
from articles.translating import machine_drafts, machine_service
from articles.translating.begin import begin_translation
from newsroom import env
from tests.cast import make_ready_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BODY = (
    '<p>Rivers rise <strong>fast</strong> here; see <a href="https://example.org/levels" rel="noopener">the levels</a>.</p>'
    "<ul><li>Sand bags</li><li>42</li></ul>"
    "<table><tbody><tr><td>Wells</td><td>7 of them</td></tr></tbody></table>"
)


class Service(BaseHTTPRequestHandler):
    """Writes "fr:" or the like before the words of each text."""

    got, status, answer = [], 200, None

    def do_POST(self):
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Service.got.append((self.path, dict(self.headers), data))
        texts = data.get("q") or data["text"]
        found = [f"{data.get('target') or data['target_lang']}: {text}" for text in texts]
        told = {"translatedText": found} if "q" in data else {"translations": [{"text": text} for text in found]}
        content = json.dumps(told if Service.answer is None else Service.answer(texts)).encode()
        self.send_response(Service.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def service(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Service.got, Service.status, Service.answer = [], 200, None
    address = f"http://127.0.0.1:{server.server_address[1]}"
    settings.TRANSLATION = env.TranslationService("libretranslate", address, "127.0.0.1", "")
    yield Service
    server.shutdown()
    server.server_close()


@pytest.fixture
def tara():
    return make_user("tara", "translator")


@pytest.fixture
def translation(tara):
    source = make_ready_article(headline="Rivers rise", summary="They rise fast.", body=BODY)
    return begin_translation(source, "fr", tara)


def test_what_is_in_the_words_of_the_source_is_drafted_with_its_links_lists_and_tables(service, translation, tara):
    assert machine_drafts.draft(translation, tara) == (6, 0)
    translation.refresh_from_db()
    assert (translation.headline, translation.summary) == ("fr: Rivers rise", "fr: They rise fast.")
    assert translation.body == (
        '<p>fr: Rivers rise <strong>fast</strong> here; see <a href="https://example.org/levels" rel="noopener">the levels</a>.</p>'
        "<ul><li>fr: Sand bags</li><li>42</li></ul>"
        "<table><tbody><tr><td>fr: Wells</td><td>fr: 7 of them</td></tr></tbody></table>"
    )
    assert service.got[0][2]["source"] == "en"
    assert service.got[0][2]["format"] == "html"


def test_the_work_of_people_is_neither_sent_nor_changed(service, translation, tara):
    translation.headline, translation.body = "Les rivières", BODY.replace("Sand bags", "Des sacs")
    translation.save()
    machine_drafts.draft(translation, tara)
    translation.refresh_from_db()
    assert translation.headline == "Les rivières"
    assert "<li>Des sacs</li>" in translation.body
    sent = json.dumps(service.got[0][2]["q"])
    assert "Rivers rise</" not in sent
    assert "sacs" not in sent


def test_it_cannot_be_approved_or_published_before_somebody_has_read_it(service, translation, tara):
    approver = make_user("aziz", "approver")
    machine_drafts.draft(translation, tara)
    article = workflow.move(Article.objects.get(pk=translation.pk), "submit", tara)
    for step, reason in (("approve", ""), ("publish", ""), ("emergency", "Flood.")):
        with pytest.raises(Refused, match="as the machine wrote them"):
            workflow.move(article, step, approver, reason=reason)
    machine_drafts.have_read(article, tara)
    assert unread_texts(article) == []
    article = workflow.move(Article.objects.get(pk=article.pk), "approve", approver)
    assert article.state == "approved"
    assert [*article.moves.values_list("name", flat=True)] == ["approve", "machine_read", "submit", "machine_draft"]


def test_what_somebody_has_rewritten_counts_as_read(service, translation, tara):
    machine_drafts.draft(translation, tara)
    translation.refresh_from_db()
    assert len(unread_texts(translation)) == 6
    translation.headline = "Les rivières montent"
    assert len(unread_texts(translation)) == 5


def test_a_damaged_answer_leaves_the_paragraph_as_it_was(service, translation, tara):
    changed = {"Sand": "<p>Two</p><p>paragraphs</p>", "href": "a link less", "Wells": "", "7 of": "<script>x</script>"}
    service.answer = lambda texts: {
        "translatedText": [next((new for key, new in changed.items() if key in text), f"fr {text}") for text in texts]
    }
    assert machine_drafts.draft(translation, tara) == (2, 4)
    translation.refresh_from_db()
    assert translation.body == BODY
    assert translation.headline == "fr Rivers rise"


def test_an_answer_is_cleaned(service, translation, tara):
    service.answer = lambda texts: {"translatedText": [f'{text}<img src=x onerror="x()"> fr' for text in texts]}
    machine_drafts.draft(translation, tara)
    translation.refresh_from_db()
    assert "onerror" not in translation.headline + translation.summary + translation.body
    assert "<img" not in translation.headline


@pytest.mark.parametrize(
    ("status", "answer", "told"),
    [
        (403, {"error": "Invalid API key"}, "refused \\(403\\)"),
        (302, {}, "refused \\(302\\)"),
        (200, {"translatedText": ["one"]}, "something else"),
        (200, {"translatedText": "text"}, "something else"),
        (200, [], "something else"),
        (200, {"translatedText": [None] * 6}, "something else"),
    ],
)
def test_a_service_that_fails_changes_nothing(service, translation, tara, caplog, status, answer, told):
    service.status, service.answer = status, lambda texts: answer
    version = translation.version
    with pytest.raises(machine_service.ServiceFailed, match=told):
        machine_drafts.draft(translation, tara)
    translation.refresh_from_db()
    assert (translation.version, translation.body, MachineDraft.objects.count()) == (version, BODY, 0)
    assert "The translation service 127.0.0.1" in caplog.text


def test_a_service_that_is_away_changes_nothing(settings, translation, tara):
    settings.TRANSLATION = env.TranslationService("libretranslate", "http://127.0.0.1:9", "127.0.0.1", "")
    with pytest.raises(machine_service.ServiceFailed, match="does not answer"):
        machine_drafts.draft(translation, tara)


def test_nobody_waits_longer_than_the_whole_may_take(service, monkeypatch):
    monkeypatch.setattr(machine_service, "SECONDS", 0.2)
    service.answer = lambda texts: time.sleep(0.5) or {"translatedText": texts}
    with pytest.raises(machine_service.ServiceFailed):
        machine_service.translate(["One"], "en", "fr")


def test_a_text_that_was_saved_meanwhile_is_not_overwritten(service, translation, tara, monkeypatch):
    def save_meanwhile(texts, *languages):
        Article.objects.filter(pk=translation.pk).update(version=translation.version + 1, headline="Meanwhile")
        return [f"fr {text}" for text in texts]

    monkeypatch.setattr(machine_service, "translate", save_meanwhile)
    with pytest.raises(Stale):
        machine_drafts.draft(translation, tara)
    translation.refresh_from_db()
    assert (translation.headline, MachineDraft.objects.count()) == ("Meanwhile", 0)


def test_a_draft_that_is_limited_meanwhile_stays_limited(service, translation, tara, monkeypatch):
    def limit_meanwhile(texts, *languages):
        limiting.limit(Article.objects.get(pk=translation.translation_of_id), [tara], tara)
        return [f"fr {text}" for text in texts]

    monkeypatch.setattr(machine_service, "translate", limit_meanwhile)
    machine_drafts.draft(translation, tara)
    assert Article.objects.get(pk=translation.pk).restricted


def test_an_address_that_somebody_has_chosen_stays(service, translation, tara):
    translation.slug = "crue-de-mai"
    translation.save()
    machine_drafts.draft(translation, tara)
    translation.refresh_from_db()
    assert (translation.headline, translation.slug) == ("fr: Rivers rise", "crue-de-mai")


def test_links_may_change_their_order(service, tara):
    one, other = ('<a href="https://example.org/1">report</a>', '<a href="https://example.org/2">council</a>')
    source = make_ready_article(body=f"<p>The {one} of the {other} says so.</p>")
    translation = begin_translation(source, "zh", tara)
    service.answer = lambda texts: {
        "translatedText": [f"{other}的{one}。" if "<a " in text else f"zh {text}" for text in texts]
    }
    assert machine_drafts.draft(translation, tara).left == 0


def test_what_is_limited_to_named_people_public_or_no_translation_goes_nowhere(service, settings, translation, tara):
    assert machine_drafts.may_draft(translation)
    assert not machine_drafts.may_draft(translation.translation_of)
    translation.state = "in_review"
    assert not machine_drafts.may_draft(translation)
    translation.state = "draft"
    limiting.limit(translation, [tara], tara)
    assert not machine_drafts.may_draft(Article.objects.get(pk=translation.pk))
    settings.TRANSLATION = None
    assert not machine_drafts.may_draft(translation)


def test_long_texts_go_in_several_requests(service, translation, tara, monkeypatch):
    monkeypatch.setattr(machine_service, "TEXTS", 2)
    assert machine_drafts.draft(translation, tara).done == 6
    assert [len(data["q"]) for _path, _headers, data in service.got] == [2, 2, 2]


@given(st.lists(st.text(max_size=9), max_size=30), st.integers(1, 5), st.integers(1, 20))
def test_no_text_is_lost_between_requests(texts, most, characters):
    before = machine_service.TEXTS, machine_service.CHARACTERS
    machine_service.TEXTS, machine_service.CHARACTERS = most, characters
    try:
        batches = list(machine_service._batches(texts))
    finally:
        machine_service.TEXTS, machine_service.CHARACTERS = before
    assert [text for batch in batches for text in batch] == texts
    assert all(len(batch) <= most for batch in batches)


def test_deepl_is_asked_in_its_own_way(service, settings):
    settings.TRANSLATION = settings.TRANSLATION._replace(kind="deepl", key="secret")
    assert machine_service.translate(["One", "Two"], "pt-br", "zh") == ["ZH-HANS: One", "ZH-HANS: Two"]
    path, headers, data = service.got[0]
    assert (path, headers["Authorization"]) == ("/v2/translate", "DeepL-Auth-Key secret")
    assert data == {"text": ["One", "Two"], "source_lang": "PT", "target_lang": "ZH-HANS", "tag_handling": "html"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", None),
        (
            "libretranslate://k%40y@t.example.org/api/",
            ("libretranslate", "https://t.example.org/api", "t.example.org", "k@y"),
        ),
        ("libretranslate+http://127.0.0.1:5000", ("libretranslate", "http://127.0.0.1:5000", "127.0.0.1", "")),
        ("deepl://key:fx@api-free.deepl.com", ("deepl", "https://api-free.deepl.com", "api-free.deepl.com", "key:fx")),
    ],
)
def test_the_setting(monkeypatch, value, expected):
    monkeypatch.setenv("TRANSLATION_URL", value)
    assert env.translation_service("TRANSLATION_URL") == expected


@pytest.mark.parametrize("value", ["https://translate.example.org", "deepl://api.deepl.com", "libretranslate://", "x"])
def test_a_wrong_setting_is_refused_without_its_key(monkeypatch, value):
    monkeypatch.setenv("TRANSLATION_URL", value)
    with pytest.raises(ImproperlyConfigured, match="TRANSLATION_URL is none of"):
        env.translation_service("TRANSLATION_URL")
