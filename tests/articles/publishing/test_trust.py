"""What the trust of a membership says, it does: blocked, to review, trusted."""

import pytest
from django.utils import timezone

from articles import permissions
from articles.publishing import workflow
from articles.publishing.workflow import Refused, move
from contacts.models import Membership
from tests.cast import make_office, make_ready_article, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def geneva():
    return make_office("geneva")


def may_make(article, user):
    return {step.name for step in workflow.moves_for(article, user)}


@pytest.mark.parametrize("role", Membership.Role.values)
def test_the_blocked_write_drafts_and_nothing_else(geneva, role):
    user = make_user("walt", role, office=geneva, trust="blocked")
    draft = make_ready_article(office=geneva)
    french = make_ready_article(office=geneva, language="fr", translation_of=draft)
    for article in (draft, french):
        assert may_make(article, user) == set()
    assert permissions.may_edit(user, french if role == "translator" else draft)
    for state in ("in_review", "approved"):
        draft.state = state
        assert not permissions.may_edit(user, draft)
        assert may_make(draft, user) == set()
    assert not any(permissions.may(user, right) for right in ("media", "publish", "approve", "emergency", "submit"))


def test_a_blocked_writer_saves_a_draft_and_cannot_submit_it(client, geneva):
    client.force_login(make_user("walt", "writer", office=geneva, trust="blocked"))
    article = make_ready_article(office=geneva)
    address = f"/admin/articles/article/{article.pk}/change/"
    assert client.post(address, filled(client.get(address), headline="By Walt")).status_code == 302
    answer = client.post(address, filled(client.get(address), tampered={"_move": "submit"}))
    assert "not allowed to you" in answer.content.decode()
    article.refresh_from_db()
    assert (article.headline, article.state) == ("By Walt", "draft")


def submitted(user, **changes):
    return move(make_ready_article(publish_at=timezone.now(), **changes), "submit", user)


@pytest.mark.parametrize("allowed", [True, False])
def test_a_trusted_writer_publishes_the_own_offices_news_alone_where_that_is_allowed(settings, geneva, allowed):
    settings.FOUR_EYES, settings.TRUSTED_PUBLISH = True, allowed
    walt = make_user("walt", "writer", office=geneva, trust="trusted")
    article = submitted(walt, office=geneva)
    assert ({"approve", "publish"} <= may_make(article, walt)) == allowed
    if allowed:
        assert move(article, "approve", walt).is_live
    else:
        with pytest.raises(Refused):
            move(article, "approve", walt)


@pytest.mark.parametrize(
    ("office", "trust", "of"),
    [
        ("lima", "trusted", "geneva"),
        (None, "trusted", "geneva"),
        ("geneva", "to-review", "geneva"),
        (None, "trusted", None),
    ],
)
def test_it_is_the_own_office_and_a_trusted_membership(settings, geneva, office, trust, of):
    settings.FOUR_EYES = settings.TRUSTED_PUBLISH = True
    offices = {"geneva": geneva, "lima": make_office("lima", "Lima Office"), None: None}
    walt = make_user("walt", "writer", office=offices[office], trust=trust)
    article = make_ready_article(state="in_review", office=offices[of], publish_at=timezone.now())
    assert not {"approve", "publish", "request_changes"} & may_make(article, walt)


def test_other_rights_of_approvers_are_not_a_trusted_writers(settings, geneva):
    settings.TRUSTED_PUBLISH = True
    walt = make_user("walt", "writer", office=geneva, trust="trusted")
    assert "request_changes" not in may_make(submitted(walt, office=geneva), walt)
    assert not {"withdraw", "remove"} & may_make(make_ready_article(state="approved", office=geneva), walt)


def test_the_admin_explains_trust(client):
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    assert "Blocked: may write drafts" in client.get("/admin/contacts/membership/add/").content.decode()
