"""Ways round the table of rights: each is shut."""

import pytest
from django.utils import timezone

from articles.models import Article
from articles.publishing import workflow
from articles.publishing.workflow import Refused, move
from contacts.models import Membership
from tests.cast import make_office, make_ready_article, make_user
from tests.forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices():
    return make_office("geneva"), make_office("lima", "Lima Office")


def test_a_copy_that_moves_to_another_office_is_approved_by_both(offices):
    """Else a writer here who approves there would publish here by way of there."""
    geneva, lima = offices
    walt = make_user("walt", "writer", office=geneva)
    Membership.objects.create(user=walt, role="approver", office=lima)
    live = make_ready_article(state="approved", office=geneva, publish_at=timezone.now())
    copy = move(live, "revise", walt)
    Article.objects.filter(pk=copy.pk).update(office=lima)
    copy.refresh_from_db()
    move(copy, "submit", walt)
    assert not {"publish", "approve", "emergency"} & {step.name for step in workflow.moves_for(copy, walt)}
    with pytest.raises(Refused):
        move(copy, "publish", walt)
    assert move(copy, "publish", make_user("chief", "approver")).office == lima


def test_with_four_eyes_nobody_corrects_a_public_text_alone(client, settings, offices):
    live = make_ready_article(state="approved", office=offices[0], first_published_at=timezone.now())
    client.force_login(make_user("aziz", "approver"))
    address = f"/admin/articles/article/{live.pk}/change/"
    sent = filled(client.get(address), headline="By myself")
    settings.FOUR_EYES = True
    assert client.post(address, sent).status_code == 403
    assert Article.objects.get().headline == live.headline
    settings.FOUR_EYES = False
    assert client.post(address, sent).status_code == 302
    assert Article.objects.get().headline == "By myself"
