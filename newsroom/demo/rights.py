"""What the demo shows of rights: a draft for two people, an emergency publication to be looked at, an invitation."""

from django.utils import timezone

from articles.models import Article
from articles.publishing import limiting
from articles.publishing.workflow import move
from contacts.models import Office
from newsroom.login.models import Invitation

from ..login import invitations, mails

LIMITED = "the-water-under-our-feet-address-to-the-arab-and-saharan-groundwater-forum"
EMERGENCY = "clinics-in-sindh-trace-stomach-illness-to-wells-that-looked-clean"


def show(users):
    """Edna and Aziz see the speech, Ada does not. Aziz has published a warning alone; Ada looks at it."""
    speech = Article.objects.filter(language="en", slug=LIMITED, revises=None).first()
    if speech:
        limiting.limit(speech, [users["edna"], users["aziz"]], by=users["edna"])
    warning = Article.objects.filter(language="en", slug=EMERGENCY, state=Article.State.IN_REVIEW).first()
    if warning:
        reason = "People drink from these wells today. Nobody else who may approve could be reached."
        move(warning, "emergency", users["aziz"], reason=reason)


def invite(users):
    """Ada has invited a writer of the office in Nairobi, who has not answered yet. The mail has the link."""
    nora = Invitation.objects.create(
        first_name="Nora",
        last_name="Newcomer",
        email="nora@sharedwaters.example",
        username="nora",
        role=Invitation.Role.WRITER,
        office=Office.objects.filter(code="nairobi").first(),
        language="en",
        invited_by=users["admin"],
        expires_at=invitations.until(timezone.now()),
    )
    mails.invite(nora)
