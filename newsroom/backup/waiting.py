"""Mails and webhooks that waited when the backup was made: they may have been sent since, so a restore drops them."""

from django.utils import timezone

from articles.models import AlertPosition, Delivery, Notice, PressDelivery, WebhookMessage


def numbers():
    """{what: how many wait}, without zeros."""
    found = {
        "mails to subscribers": Delivery.objects.waiting().count(),
        "mails to journalists": PressDelivery.objects.waiting().count(),
        "mails to editors": Notice.objects.filter(sent_at=None, left_out="").count(),
        "webhook messages": WebhookMessage.objects.filter(state=WebhookMessage.State.WAITING).count(),
    }
    return {what: number for what, number in found.items() if number}


def leave_out():
    """Send none of it, nor alerts of what became public before now: alerts begin anew at this moment."""
    for model in (Delivery, PressDelivery):
        model.objects.waiting().update(left_out=model.LeftOut.RESTORED)
    Notice.objects.filter(sent_at=None, left_out="").update(left_out="restored")
    waiting = WebhookMessage.objects.filter(state=WebhookMessage.State.WAITING)
    waiting.update(state=WebhookMessage.State.GIVEN_UP, next_at=timezone.now())
    AlertPosition.objects.all().delete()
