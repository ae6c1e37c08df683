"""The rows of the newsroom of `test_workflow_machine`: made once (conftest.py), and every walk begins with them."""

from copy import deepcopy

from django.db import transaction
from django.utils import timezone
from hypothesis.stateful import initialize

from articles.listing import in_memory
from articles.publishing.workflow import move
from tests.cast import make_office, make_ready_article, make_user

from .workflow_promises import PEOPLE


class RowsMadeOnce:
    as_made = None  # what a newsroom knows of its rows when they are made: `make_rows`

    @initialize()
    def open(self):
        """A newsroom whose rows are there already, and are taken back as they were."""
        self.all = transaction.atomic()
        self.all.__enter__()
        vars(self).update(deepcopy(self.as_made))
        in_memory.forget()  # its journal of changes is taken back, too: the same numbers mean others in each walk

    def make_rows(self):
        offices = self.offices = {"geneva": make_office(), "lima": make_office("lima", "Lima"), None: None}
        self.people = {name: make_user(name, role, offices[at]) for name, role, at in PEOPLE}
        now, chief = timezone.now(), self.people["chief"]
        drafts = [make_ready_article(publish_at=now, office=offices[name]) for name in ("geneva", "lima", "geneva")]
        french = make_ready_article(publish_at=now, office=offices["geneva"], language="fr", translation_of=drafts[2])
        fifth = make_ready_article(publish_at=now, office=offices["geneva"])
        self.no_links_yet()
        self.give_a_pass(fifth)  # for its publication, and not for the edition that follows
        for article in (drafts[0], french, fifth):  # the third is the draft of something public in French
            article.state = "in_review"
            article.save()
            move(article, "approve", chief)
        self.hands = {}  # {article: who wrote or submitted it since its last edition}
        self.bases = {}  # {working copy: the public words that its writer knows}
        self.seen = set()  # what has ever been public
        self.corrections = set()  # those that readers were ever told of
        self.a_new_edition_waits_under_embargo(4, "nothing")
        self.a_new_edition_is_on_its_way(0, None, "submit", office=True, overtaken=False)
        self.a_new_edition_is_on_its_way(3, None, "submit", office=False, overtaken=True)

    def teardown(self):
        if hasattr(self, "all"):
            transaction.set_rollback(True)
            self.all.__exit__(None, None, None)
