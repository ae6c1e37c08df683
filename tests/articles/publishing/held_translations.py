"""Moves of the random workflow test about translations that are scheduled while their source changes."""

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from articles.models import Article, SourceState
from articles.translating.begin import begin_translation


class HeldTranslations:
    """Mixed into the state machine, which has `pick`, `make`, `write` and `people`."""

    @rule(number=st.integers(min_value=0, max_value=5))
    def the_source_of_a_scheduled_translation_changes(self, number):
        source = self.pick(number)
        taken = source.translations.filter(revises=None, language="es").exists()
        if source.translation_of_id or not source.is_live or taken or Article.objects.filter(revises=source).exists():
            return
        spanish = begin_translation(source, "es", self.people["chief"])
        self.make("chief", spanish, "submit")
        self.make("aziz", Article.objects.get(pk=spanish.pk), "approve", at=timezone.now() + timedelta(hours=1))
        copy = self.make("chief", source, "revise")
        if copy is None or Article.objects.get(pk=spanish.pk).shown_state != "scheduled":
            return
        Article.objects.filter(pk=copy.pk).update(body=f"<p>{number} more, said nobody before.</p>")
        self.write("chief", Article.objects.get(pk=copy.pk), "Changed")
        self.make("chief", Article.objects.get(pk=copy.pk), "submit")
        if self.make("aziz", Article.objects.get(pk=copy.pk), "publish"):
            assert Article.objects.get(pk=spanish.pk).state == "in_review"

    @invariant()
    def no_scheduled_translation_is_behind_its_source(self):
        """It is held: back in review, with a move that says why."""
        for state in SourceState.objects.filter(behind__gt=0).select_related("translation"):
            row = state.translation
            assert row.state != "approved" or not (row.revises_id or row.publish_at > timezone.now())
        for state in SourceState.objects.filter(held_at__isnull=False):
            assert state.translation.moves.filter(name="hold").exists()
