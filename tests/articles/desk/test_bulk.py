"""Many articles at once: a plan that changes nothing, rights asked for each, a report of each, a limit."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk import bulk
from articles.models import Article
from articles.publishing.workflow import move
from tests.cast import make_article, make_contact, make_office, make_ready_article, make_topic, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


@pytest.fixture
def geneva():
    return make_office("geneva")


def chosen(client, name, *articles, **more):
    """Choose articles in the list and an action."""
    return client.post(LIST, {"action": name, "_selected_action": [row.pk for row in articles], **more})


def send(client, name, *articles, do=True, **more):
    """Press a button of the plan."""
    sent = {"article": [f"{row.pk}:{row.version}" for row in articles], "asked": "1", **more}
    return client.post(f"{LIST}together/{name}/", sent | ({"do": "Do it"} if do else {}))


def told(response):
    return {line.article.pk: line.refused or line.happens for line in response.context["lines"]}


def refused(response):
    return {line.article.pk for line in response.context["lines"] if line.refused}


def states(*articles):
    return [Article.objects.get(pk=row.pk).state for row in articles]


def test_the_plan_says_what_would_happen_to_each_and_changes_nothing(client, geneva):
    walt = make_user("walt", "writer", office=geneva)
    client.force_login(walt)
    good, empty, live = make_ready_article(), make_ready_article(body=""), make_ready_article(state="approved")
    plan = chosen(client, "submit", good, empty, live)
    assert told(plan) == {
        good.pk: "Submitted for review.",
        empty.pk: "Write the text.",
        live.pk: "This is not possible now, or not allowed to you.",
    }
    assert states(good, empty, live) == ["draft", "draft", "approved"]
    report = send(client, "submit", good, empty, live)
    assert refused(report) == {empty.pk, live.pk}
    assert states(good, empty, live) == ["in_review", "draft", "approved"]
    assert good.moves.get().by == walt


def test_the_right_is_asked_for_each_article(client, geneva, settings):
    settings.FOUR_EYES = True
    aziz = make_user("aziz", "approver", office=geneva)
    client.force_login(aziz)
    ready, own, foreign = (make_ready_article(state="in_review", publish_at=timezone.now()) for _number in range(3))
    Article.objects.filter(pk=foreign.pk).update(office=make_office("lima", "Lima Office"))
    own.moves.create(name="submit", from_state="draft", to_state="in_review", by=aziz)
    report = send(client, "approve", ready, own, foreign)
    assert set(told(report)) == {ready.pk, own.pk}, "another office's is not there at all"
    assert "you wrote or submitted it" in told(report)[own.pk]
    assert states(ready, own, foreign) == ["approved", "in_review", "in_review"]


def test_what_was_changed_after_the_plan_is_left_alone(client, geneva):
    client.force_login(make_user("walt", "writer"))
    article = make_ready_article()
    plan = chosen(client, "submit", article)
    assert refused(plan) == set()
    Article.objects.filter(pk=article.pk).update(version=7)
    assert "changed it after this plan" in told(send(client, "submit", article))[article.pk]
    assert states(article) == ["draft"]


def test_a_withdrawal_asks_for_the_explanation_once(client):
    client.force_login(make_user("aziz", "approver"))
    live = [make_ready_article(state="approved", first_published_at=timezone.now()) for _number in range(2)]
    assert "reason" in chosen(client, "withdraw", *live).context["form"].fields
    assert send(client, "withdraw", *live, reason=" ").context["form"].errors["reason"]
    assert states(*live) == ["approved", "approved"]
    assert refused(send(client, "withdraw", *live, reason="The figures were wrong.")) == set()
    assert {row.withdrawal_note for row in Article.objects.all()} == {"The figures were wrong."}


@pytest.mark.parametrize(
    ("name", "after"),
    [("add_topic", ["diaspora", "rivers"]), ("set_topic", ["rivers"])],
)
def test_topics(client, name, after):
    client.force_login(make_user("edna", "editor"))
    rivers, article = make_topic("rivers", "Rivers"), make_ready_article()
    french = make_ready_article(language="fr", translation_of=article)
    plan = send(client, name, article, french, chosen=rivers.pk, do=False)
    assert told(plan) == {article.pk: "Changed.", french.pk: "A translation takes this from its source."}
    send(client, name, article, french, chosen=rivers.pk)
    for row in (article, french):
        assert [topic.code for topic in row.topics.all()] == after
    assert article.revisions.first().content["topics"] == after
    assert Article.objects.get(pk=article.pk).version == article.version + 1
    again = send(client, name, Article.objects.get(pk=article.pk), chosen=rivers.pk, do=False)
    assert told(again)[article.pk] == "It has this already."


@pytest.mark.parametrize(("name", "make"), [("contacts", make_contact), ("topics", make_topic)])
def test_what_is_added_comes_last_and_the_others_keep_their_order(client, name, make):
    """The order of the rows, which is not that of the codes; in the translation, too."""
    client.force_login(make_user("edna", "editor"))
    zoe, anna, bob = (make(code, code.title()) for code in ("zoe", "anna", "bob"))
    article = make_ready_article(**{name: [zoe, anna]})
    french = make_ready_article(language="fr", translation_of=article)
    send(client, f"add_{name.removesuffix('s')}", article, chosen=bob.pk)
    for row in (article, french):
        rows = getattr(row, f"{name.removesuffix('s')}_rows").order_by("order")
        assert [str(one) for one in rows] == ["Zoe", "Anna", "Bob"]


def test_contacts_and_offices(client, geneva):
    client.force_login(make_user("edna", "editor"))
    lima, article = make_office("lima", "Lima Office", timezone="America/Lima"), make_ready_article()
    send(client, "set_contact", article, chosen=make_contact("lima-desk", office=lima).pk)
    article.refresh_from_db()
    send(client, "set_office", article, chosen=lima.pk)
    article.refresh_from_db()
    assert ([row.code for row in article.contacts.all()], article.office) == (["lima-desk"], lima)


def test_a_writer_moves_nothing_to_an_office_that_is_not_theirs(client, geneva):
    client.force_login(make_user("walt", "writer", office=geneva))
    article, lima = make_ready_article(), make_office("lima", "Lima Office")
    response = send(client, "set_office", article, chosen=lima.pk)
    assert response.context["form"].errors["chosen"]
    article.refresh_from_db()
    assert article.office == geneva


def test_an_approval_that_a_change_takes_back_is_announced(client):
    client.force_login(make_user("edna", "editor"))
    article = make_ready_article(state="approved", publish_at=timezone.now() + timedelta(days=1))
    rivers = make_topic("rivers", "Rivers")
    assert "Its approval is undone" in told(send(client, "add_topic", article, chosen=rivers.pk, do=False))[article.pk]
    send(client, "add_topic", article, chosen=rivers.pk)
    assert states(article) == ["draft"]


def test_public_texts_change_by_new_editions_where_four_eyes_see_them(client, settings):
    settings.FOUR_EYES = True
    client.force_login(make_user("aziz", "approver"))
    live = make_ready_article(state="approved", first_published_at=timezone.now())
    report = send(client, "set_topic", live, chosen=make_topic("rivers", "Rivers").pk)
    assert "only in a new edition" in told(report)[live.pk]


def test_only_what_one_may_do_somewhere_is_offered(client, geneva):
    for role, names in (
        ("translator", {"submit"}),
        ("writer", {"submit", "set_topic"}),
        ("approver", set(bulk.ACTIONS)),
    ):
        user = make_user(role, role, office=geneva)
        client.force_login(user)
        offered = {action.name for action in bulk.allowed(user)}
        assert names <= offered
        assert ("approve" in offered) == (role == "approver")
        for name in bulk.ACTIONS.keys() - offered:
            assert send(client, name).status_code == 403
    make_article(office=geneva)
    page = client.get(LIST).content.decode()
    assert "delete_selected" not in page
    assert '<option value="withdraw">' in page


@pytest.mark.parametrize("odd", ["", "x", "1", "1:x", "-1:1", "99999999999999999999:1", "1:1:1", "\0:1"])
def test_odd_numbers_are_no_articles(client, odd):
    client.force_login(make_user("walt", "writer"))
    response = client.post(f"{LIST}together/submit/", {"article": [odd]})
    assert response.status_code in (200, 302)
    assert client.post(f"{LIST}together/explode/", {"article": [odd]}).status_code == 404
    assert client.get(f"{LIST}together/submit/").status_code == 405


def test_two_thousand_are_cut_and_it_says_so(client):
    client.force_login(make_user("walt", "writer"))
    make_ready_article()
    Article.objects.bulk_create(
        Article(language="en", slug=f"many-{number}", headline="Many", state="draft") for number in range(2000)
    )
    response = chosen(client, "add_topic", Article.objects.first(), select_across="1")
    assert len(response.context["articles"]) == bulk.LIMIT
    assert "More than 100 articles were chosen." in response.content.decode()
    numbers = [f"{row}:1" for row in Article.objects.values_list("pk", flat=True)]
    sent = {"article": numbers, "asked": "1", "chosen": make_topic().pk}
    with CaptureQueriesContext(connection) as queries:
        response = client.post(f"{LIST}together/add_topic/", sent)
    assert len(response.context["lines"]) == bulk.LIMIT
    assert len(queries) < 30 + 6 * bulk.LIMIT


def test_an_emergency_cannot_be_done_in_bulk_and_a_copy_can_be_submitted(client):
    chief = make_user("aziz", "approver")
    client.force_login(chief)
    live = make_ready_article(state="approved", first_published_at=timezone.now())
    copy = move(live, "revise", chief)
    assert "emergency" not in bulk.ACTIONS
    assert refused(send(client, "submit", copy)) == set()
    assert states(copy) == ["in_review"]


def test_a_plan_shows_what_the_checks_found_and_the_move_keeps_it(client):
    client.force_login(make_user("walt", "writer"))
    article = make_ready_article(headline="12 wells", body="<p>Eleven wells.</p>")
    found = "The text does not have these figures: 12."
    assert found in chosen(client, "submit", article).content.decode()
    send(client, "submit", article)
    assert found in article.moves.get(name="submit").warnings


def test_a_plan_of_approvals_tells_of_open_remarks(client):
    client.force_login(make_user("aziz", "approver"))
    article = make_ready_article(state="in_review", publish_at=timezone.now())
    article.remarks.create(text="Is this so?")
    assert "open remarks: 1" in chosen(client, "approve", article).content.decode()
    assert states(article) == ["in_review"]
