"""The desk shows each person what waits for them: by their rights, their languages, their time; risks and load."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.utils import timezone

from articles.desk import languages, queue
from articles.desk.panels import desk
from articles.models import Article, Assignment, ImportRun, Recipient, Remark, SourceState
from articles.publishing import after_save, limiting, requirements
from articles.publishing.workflow import move
from contacts.zones import own_time
from tests.cast import create_image, create_recording, make_article, make_office, make_ready_article, make_user
from tests.files import picture

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def aziz():
    return make_user("aziz", "approver")


def risks(user):
    return {article.headline: article.risks for article in desk(user)["waiting"]}


def test_an_approver_sees_the_queue_of_the_offices_where_they_approve(client):
    geneva, lima = make_office("geneva"), make_office("lima", "Lima Office")
    here, there = make_article(state="in_review", office=geneva), make_article(state="in_review", office=lima)
    paula = make_user("paula", "approver", office=geneva)
    paula.memberships.create(role="writer", office=lima)
    walt = make_user("walt", "writer", office=lima)
    assert list(desk(paula)["waiting"]) == [here]
    assert list(desk(walt)["waiting"]) == [there]
    client.force_login(paula)
    assert "To review" in client.get("/admin/").content.decode()
    client.force_login(walt)
    page = client.get("/admin/").content.decode()
    assert "Waiting for review" in page
    assert "Who reviews how much" not in page


def test_what_is_risky_is_flagged(client, aziz):
    now = timezone.now()
    make_ready_article(headline="Nothing", state="in_review")
    make_ready_article(headline="Late", state="in_review", publish_at=now - HOUR)
    make_ready_article(headline="Embargo", state="in_review", publish_at=now + 2 * HOUR, press_from=now + HOUR)
    make_ready_article(headline="Begun", state="in_review", publish_at=now + 2 * HOUR, press_from=now - HOUR)
    make_ready_article(headline="Nobody", state="in_review", contacts=[])
    make_ready_article(headline="12 wells", state="in_review", body="<p>Eleven wells and 300 pumps.</p>")
    uncleared = create_image(picture(), "Walt")
    type(uncleared).objects.update(to_be_cleared=True)
    make_ready_article(headline="Picture", state="in_review", lead_image=uncleared)
    remarked = make_ready_article(headline="Remark", state="in_review")
    Remark.objects.create(article=remarked, text="Is this so?")
    Remark.objects.create(article=remarked, text="It is.", settled_at=now)
    Article.objects.filter(state="in_review").exclude(headline__in=["Late", "Embargo", "Begun"]).update(publish_at=None)
    assert risks(aziz) == {
        "Nothing": [],
        "Late": ["past its hour"],
        "Embargo": ["an embargo"],
        "Begun": ["the embargo has begun"],
        "Nobody": ["no press contact who can be reached"],
        "12 wells": ["the text lacks figures of the headline: 12"],
        "Picture": ["a picture that no editor has cleared"],
        "Remark": ["open remarks: 1"],
    }
    client.force_login(aziz)
    assert '<span class="badge badge-risk">the text lacks figures of the headline: 12</span>' in (
        client.get("/admin/").content.decode()
    )


def test_each_picture_for_which_approval_is_refused_is_flagged(aziz):
    uncleared = create_image(picture(), "Walt")
    type(uncleared).objects.update(to_be_cleared=True)
    places = {
        "lead_image": {"lead_image": uncleared},
        "gallery": {"gallery": [uncleared]},
        "recordings": {"recordings": [create_recording(poster=uncleared)]},
        "body": {"body": f'<img src="{uncleared.get_absolute_url()}" alt="A well">'},
    }
    for place, shown in places.items():
        article = make_ready_article(headline=place, state="in_review", publish_at=None, **shown)
        after_save.sync_body_images(article)
        assert list(requirements.to_be_cleared(article)) == [place]
    assert risks(aziz) == {place: ["a picture that no editor has cleared"] for place in places}


def test_a_correction_is_under_way_until_readers_have_it(client, aziz):
    live = make_ready_article(state="approved", first_published_at=timezone.now())
    copy = move(live, "revise", aziz)
    assert desk(aziz)["corrections"] == []
    Article.objects.filter(pk=copy.pk).update(change_kind="correction", state="in_review")
    assert desk(aziz)["corrections"] == [copy]
    assert risks(aziz)[copy.headline] == ["a correction"]
    client.force_login(aziz)
    assert "Corrections under way" in client.get("/admin/").content.decode()
    listed = client.get("/admin/articles/article/?state=corrections").context["cl"].result_list
    assert list(listed) == [copy]


def test_the_load_counts_what_is_assigned_and_what_nobody_has(aziz):
    geneva, lima = make_office("geneva"), make_office("lima", "Lima Office")
    paula = make_user("paula", "approver", office=geneva)
    make_user("bert", "approver", office=lima, trust="blocked")
    for office in (geneva, geneva, lima):
        make_article(state="in_review", office=office)
    own = make_article(state="in_review", office=geneva)
    Assignment.objects.create(article=own, assignee=paula)
    Assignment.objects.create(article=make_article(office=geneva), assignee=aziz)  # public: it waits for nobody
    assert desk(aziz)["load"] == [(paula, 1, 2), (aziz, 0, 3)]


def test_limited_drafts_are_in_no_panel_and_no_number(client, aziz):
    walt = make_user("walt", "writer")
    secret = make_ready_article(headline="SECRET-STORY", created_by=walt, state="in_review")
    limiting.limit(secret, [walt], by=walt)
    Assignment.objects.create(article=secret, assignee=aziz)
    found = desk(aziz)
    assert found["waiting"] == []
    assert found["load"] == []
    assert not any(number for _label, number, _share in found["ages"])
    client.force_login(aziz)
    assert "SECRET-STORY" not in client.get("/admin/").content.decode()
    assert [row.headline for row in desk(walt)["waiting"]] == ["SECRET-STORY"]


def behind(language, source):
    row = make_article(translation_of=source, language=language)
    SourceState.objects.create(translation=row, behind=1, since=timezone.now())
    return row


def test_my_languages_are_those_i_chose_else_those_of_my_translations(client):
    tara, source = make_user("tara", "translator"), make_article()
    french, arabic = behind("fr", source), behind("ar", source)
    assert languages.of_person(tara) == []
    assert set(desk(tara)["behind"]) == {french, arabic}
    old = make_article(translation_of=source, language="es", created_by=tara)
    assert languages.of_person(tara) == ["es"]
    Article.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=400))
    Article.objects.filter(pk=arabic.pk).update(created_by=tara)
    assert languages.of_person(tara) == ["ar"]
    client.force_login(tara)
    client.post("/admin/my-settings/", {"mails": "off", "language": "en", "languages": ["zh", "fr"]})
    assert Recipient.objects.get(user=tara).languages == ["zh", "fr"]
    found = desk(tara)
    assert found["languages"] == ["fr", "zh"]
    assert list(found["behind"]) == [french]
    assert [row.missing for row in found["untranslated"]] == [["zh"]]
    page = client.get("/admin/").content.decode()
    assert "My languages: behind the source" in page
    listed = client.get("/admin/articles/article/?source=mine").context["cl"].result_list
    assert list(listed) == [french]


def test_settings_saved_unchanged_stay_as_they_are(client):
    tara = make_user("tara", "translator")
    Recipient.objects.create(user=tara, languages=["fr"])
    client.force_login(tara)
    assert 'value="fr" id="id_languages_1" checked' in client.get("/admin/my-settings/").content.decode()
    refused = client.post("/admin/my-settings/", {"mails": "off", "language": "en", "languages": ["xx"]})
    assert refused.status_code == 200
    assert Recipient.objects.get(user=tara).languages == ["fr"]


def test_a_language_that_a_story_will_not_have_is_not_missing(edna):
    make_article().waived_languages.create(language="fr")
    assert [row.missing for row in desk(edna)["untranslated"]] == [["es", "ar", "ru", "zh"]]


def test_imports_and_telephones_are_for_administrators(client, aziz):
    ImportRun.objects.create(source="seeds.json", sha256="a" * 64)
    ada = get_user_model().objects.create_user("ada", is_staff=True, is_superuser=True)
    for user, is_shown in ((aziz, True), (ada, True), (make_user("walt", "writer"), False)):
        client.force_login(user)
        assert ("seeds.json" in client.get("/admin/").content.decode()) == is_shown


def test_my_drafts_are_those_of_the_list_behind_the_panel(client):
    walt = make_user("walt", "writer")
    mine = make_article(state="draft", created_by=walt)
    changed = make_article(state="draft", updated_by=walt)
    make_article(state="draft")
    client.force_login(walt)
    listed = client.get("/admin/articles/article/?state=mine").context["cl"].result_list
    assert set(listed) == set(desk(walt)["mine"]) == {mine, changed}


@pytest.mark.parametrize(
    ("office", "shown"), [("Africa/Nairobi", "17:05 (Nairobi)"), (None, "15:05 (Zurich)"), ("", "14:05 (UTC)")]
)
def test_times_are_those_of_the_persons_office_else_of_the_headquarters(office, shown):
    if office is not None and not office:
        user = make_user("walt", "writer")
    else:
        make_office("hq", kind="headquarters")
        user = make_user("walt", "writer", office=make_office("nairobi", timezone=office) if office else None)
    with time_machine.travel(datetime(2026, 11, 20, 20, tzinfo=UTC), tick=False):
        moment = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
        assert own_time(moment, user) == shown
        assert own_time(moment - timedelta(days=1), user) == f"19 Nov 2026, {shown}"


def test_ages_of_the_queue(aziz):
    now = timezone.now()
    for days in (0, 1, 3, 30, None):
        article = make_article(state="in_review")
        if days is not None:
            step = article.moves.create(name="submit", from_state="draft", to_state="in_review")
            article.moves.filter(pk=step.pk).update(at=now - timedelta(days=days))
    assert [number for _label, number, _share in queue.ages(Article.objects.all(), now)] == [1, 1, 1, 0, 0, 1, 1]
