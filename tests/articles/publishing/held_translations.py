"""Among the random moves of `test_workflow_machine`: a translation waits while its source has another text."""

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from articles.models import Article, Notice, SourceState
from articles.translating import source_states
from articles.translating.begin import get_or_begin_translation

which = st.integers(min_value=0, max_value=5)
APPROVERS = ("chief", "aziz", "lola")


class HeldTranslations:
    """Mixed into the state machine, which has `make`, `write`, `watched`, `people` and `its_hour_comes`."""

    @rule(number=which, language=st.sampled_from(["fr", "es"]), somebody_looks=st.booleans())
    def a_source_changes_while_its_translation_is_scheduled(self, number, language, somebody_looks):
        self.is_held(number, language, somebody_looks)

    def is_held(self, number, language, somebody_looks):
        """False if the translation could not be scheduled, or the source not be changed."""
        sources = Article.objects.live().filter(translation_of=None).order_by("pk")
        source = sources[number % len(sources)] if sources else None
        translation = source and self._scheduled(source, language)
        if not translation or not self._gets_another_text(source):
            return False
        translation.refresh_from_db()
        assert (translation.state, translation.moves.first().name) == ("in_review", "hold")
        told = Notice.objects.filter(article=translation, kind="held").values_list(
            "recipient__user__username", flat=True
        )
        assert "chief" in told
        self.its_hour_comes()
        for who in APPROVERS:
            assert self.make(who, Article.objects.get(pk=translation.pk), "approve") is None
        assert not Article.objects.live().filter(pk=translation.pk).exists()
        if somebody_looks:
            self._looks(translation, "no_change")
            assert not Article.objects.live().filter(pk=translation.pk).exists()
            self._approve(translation.pk)
            assert Article.objects.live().filter(pk=translation.pk).exists()
        return True

    def _writer(self, article):
        return {"geneva": "tara", "lima": "wilma"}[article.office.code]

    def _scheduled(self, source, language):
        """The translation, approved for an hour to come; None if it is public, or was."""
        who = self._writer(source)
        with self.watched(self.people[who]):
            get_or_begin_translation(source, language, self.people[who])
        row = source.translations.filter(language=language, revises=None).first()
        if row is None or row.office_id != source.office_id or row.state not in ("draft", "in_review"):
            return None
        self._looks(row)
        self.make(who, row, "submit")
        self._approve(row.pk, timezone.now() + timedelta(hours=1))
        return Article.objects.filter(pk=row.pk, state="approved", publish_at__gt=timezone.now()).first()

    def _looks(self, translation, noted=""):
        row, user = Article.objects.get(pk=translation.pk), self.people[self._writer(translation)]
        with self.watched(user):
            source_states.confirm(row, user, source_states.text_of(row.translation_of).pk)
            assert not noted or row.moves.first().name == noted

    def _approve(self, pk, at=None):
        for who in APPROVERS:
            if row := Article.objects.filter(pk=pk, state="in_review").first():
                self.make(who, row, "approve", at=at)

    def _gets_another_text(self, source):
        """By a new edition; False if nobody could publish it."""
        for name in ("recall", "discard"):  # another edition that is under way
            if copy := Article.objects.filter(revises=source).first():
                self.make("chief", copy, name)
        copy, who = self.make("chief", source, "revise"), "walt" if source.office.code == "geneva" else "wilma"
        if copy is None:
            return False
        text = f"Text {copy.pk} of {copy.revises.version}"
        self.write(who, copy, text)
        self.make(who, Article.objects.get(pk=copy.pk), "submit")
        self._approve(copy.pk, timezone.now())
        return Article.objects.live().filter(pk=source.pk, headline=text).exists()

    @invariant()
    def nothing_is_approved_for_later_that_is_behind_its_source(self):
        waiting = SourceState.objects.filter(behind__gt=0, translation__state="approved")
        assert not waiting.exclude(translation__in=Article.objects.live().order_by().values("pk")).exists()
