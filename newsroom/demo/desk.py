"""What the demo shows of the editors' work, beside the imported content: made after it, with the demo's accounts."""

from collections.abc import Callable

from . import (
    boilerplates,
    editions,
    links,
    personal_links,
    review,
    rights,
    translations,
    webhooks,
)
from .readers import alerts, enquiries, figures, press_lists

# Each makes what one feature has to show; it takes {user name: user}. In this order, in one transaction.
STEPS: list[Callable] = [
    boilerplates.take,
    rights.show,
    links.check_links,
    links.count_hits,
    translations.show,
    review.show,
    personal_links.make,
    editions.show,
    webhooks.show,
    enquiries.make,
    alerts.show,
    figures.show,
    press_lists.make,
    rights.invite,
]


def make(users):
    for step in STEPS:
        step(users)
