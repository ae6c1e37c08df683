"""Ways through the workflow that chance seldom takes, walked by the same machine and judged by the same promises.

The rows: 0 live, with a copy (4) in review that names another office; 1 and 2 drafts; 3 live in French, with
a copy (5) in review that was overtaken.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.articles.publishing.test_workflow_machine import Newsroom

HOUR, WHY = timedelta(hours=1), "Because."
WALKS = {
    "alone": [("one_or_two_do_it_all", "aziz", "aziz", 2, "publish", "recall")],
    "one writes, the other submits": [("one_or_two_do_it_all", "aziz", "chief", 2, "publish", "recall")],
    "approved for later and recalled": [("one_or_two_do_it_all", "aziz", "chief", 2, "approve", "recall")],
    "approved for later and published now": [
        ("does", "walt", 2, "submit"),
        ("does", "chief", 2, "approve", WHY, HOUR),
        ("does", "aziz", 2, "publish"),
    ],
    "edited after the approval": [
        ("does", "walt", 2, "submit"),
        ("does", "chief", 2, "approve", WHY, HOUR),
        ("edits", "aziz", 2, "One"),
        ("all_in_review_is_approved", HOUR),
        ("edits", "chief", 4, "Two"),
    ],
    "without topics": [
        ("a_draft_loses_its_topics", 2),
        ("does", "walt", 2, "submit"),
        ("all_in_review_is_approved", -HOUR),
        ("does", "chief", 2, "emergency"),
    ],
    "in two windows": [
        ("two_windows_show_the_same_article", "walt", "walt", 2),
        ("two_windows_show_the_same_article", "chief", "aziz", 0),
    ],
    "a copy for later, read before and after its hour": [
        ("all_in_review_is_approved", HOUR),
        ("somebody_reads", 0),
        ("its_hour_comes",),
        ("somebody_reads", 0),
    ],
    "an overtaken copy": [
        ("all_in_review_is_approved", -HOUR),
        ("does", "chief", 5, "keep"),
        ("does", "walt", 5, "submit"),
        ("all_in_review_is_approved", -HOUR),
    ],
    "a copy of what is withdrawn": [
        ("does", "chief", 0, "withdraw"),
        ("all_in_review_is_approved", -HOUR),
        ("its_hour_comes",),
        ("somebody_reads", 0),
    ],
    "under embargo, recalled, approved again, and public": [
        ("a_text_waits_under_embargo", 2),
        ("all_links_are_opened",),
        ("does", "aziz", 2, "recall"),
        ("all_links_are_opened",),
        ("an_embargo_is_set", 2, -30),
        ("does", "walt", 2, "submit"),
        ("all_links_are_opened",),
        ("does", "chief", 2, "approve", WHY, HOUR),
        ("its_hour_comes",),
        ("all_links_are_opened",),
        ("does", "chief", 2, "withdraw"),
        ("all_links_are_opened",),
    ],
    "an embargo to come, and links that are revoked": [
        ("a_text_waits_under_embargo", 1),
        ("an_embargo_is_set", 2, 30),
        ("links_are_revoked", 1),
        ("links_are_revoked", 2),
        ("all_links_are_opened",),
    ],
    "a second copy": [("does", "chief", 0, "revise")],
    "withdrawn, without a reason and with one": [
        ("what_is_public_is_taken_away", 3, "withdraw", ""),
        ("what_is_public_is_taken_away", 3, "withdraw", WHY),
    ],
    "removed, without a reason and with one": [
        ("what_is_public_is_taken_away", 3, "remove", ""),
        ("what_is_public_is_taken_away", 3, "remove", WHY),
    ],
    "a source changes while its translation is scheduled": [
        ("must_be_held", 0, "es", True),
        ("must_be_held", 1, "fr", False),
    ],
}  # fmt: skip


ALWAYS = [
    Newsroom.what_is_listed_was_approved_by_somebody_who_may,
    Newsroom.what_was_never_public_has_no_edition,
    Newsroom.what_is_not_listed_is_a_secret,
    Newsroom.a_public_row_has_a_date_and_one_copy_at_most,
    Newsroom.a_story_has_one_number,
    Newsroom.links_open_what_was_promised,
    Newsroom.nothing_is_approved_for_later_that_is_behind_its_source,
]


class Walk(Newsroom):
    def does(self, who, number, name, reason=WHY, after=None):
        self.make(who, self.pick(number), name, reason, after and timezone.now() + after)

    def must_be_held(self, *words):
        assert self.is_held(*words)

    def all_links_are_opened(self):
        for number in range(len(self.review_tokens)):
            self.somebody_opens_links(number)


# Ways on which somebody approves, or tries to, what they wrote or submitted: only these differ without four eyes.
WITHOUT_FOUR_EYES = [
    "alone", "one writes, the other submits", "approved for later and recalled", "edited after the approval",
    "without topics", "an overtaken copy",
]  # fmt: skip


@pytest.mark.usefixtures("newsroom", "db")
@pytest.mark.parametrize(
    ("way", "four_eyes"), [*((way, True) for way in WALKS), *((way, False) for way in WITHOUT_FOUR_EYES)]
)
def test_each_step_does_what_was_promised(settings, way, four_eyes):
    settings.FOUR_EYES = four_eyes
    walk = Walk()
    walk.open()
    try:
        for name, *words in [("everybody_looks_at_all_buttons",), *WALKS[way]]:
            getattr(walk, name)(*words)
            walk.everybody_looks_at_all_buttons()
            for always in ALWAYS:
                always(walk)
    finally:
        walk.teardown()
