"""Random moves, edits, imports and hours by random roles: no way leads to a state that must not be."""

from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from itertools import product

import pytest
from django.conf import settings
from django.contrib.admin import site
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from articles import permissions
from articles.models import Article, ArticleRegion
from articles.publishing import after_save, due_editions, merging, revisions, workflow
from articles.publishing.locking import Stale, claim_version
from articles.publishing.workflow import MOVES, Refused, move
from articles.translating.begin import begin_translation
from tests.cast import chain_is_whole, make_region

from .held_translations import HeldTranslations
from .opened_links import OpenedLinks
from .read_by_programs import ReadByPrograms
from .rows_made_once import RowsMadeOnce
from .taken_away import TakenAway
from .told_to_readers import ToldToReaders, people, which
from .workflow_promises import EXPLAINED, PEOPLE, PROMISED, PUBLISHING, assert_kept, promised, public, words

approvers = st.sampled_from([name for name, role, _ in PEOPLE if role == "approver"])
kinds = st.sampled_from(["minor", "major", "correction"])
moments = st.sampled_from([None, timedelta(hours=-1), timedelta(hours=1)])


class Newsroom(RowsMadeOnce, ToldToReaders, ReadByPrograms, TakenAway, HeldTranslations, OpenedLinks):
    admin = site.get_model_admin(Article)

    def pick(self, number):
        articles = list(Article.objects.order_by("pk"))
        return articles[number % len(articles)]

    @contextmanager
    def watched(self, user):
        """What changes for readers by this person's doing, this person may do."""
        before = public()
        rows = list(Article.objects.order_by("pk").values("pk", "state", "version", "body", "publish_at"))
        try:
            with transaction.atomic():
                yield
        except (Refused, Stale):
            assert list(Article.objects.order_by("pk").values("pk", "state", "version", "body", "publish_at")) == rows
        after = public()
        for pk in before.keys() | after.keys():
            if before.get(pk) != after.get(pk):
                right = "approve" if pk in after else "withdraw"
                assert permissions.may(user, right, Article.objects.get(pk=pk)), (user, pk)

    def make(self, who, article, name, reason="Because.", at=None):
        """Try a move; what it does if nobody refuses is what was promised."""
        user, before = self.people[who], Article.objects.get(pk=article.pk)
        is_promised, made = promised(name, before, who), None
        told = article.moves.count() + (article.revises.moves.count() if article.revises_id else 0)
        article.publish_at = at or article.publish_at
        with self.watched(user):
            made = move(article, name, user, reason=reason)
        if made is None:
            return None
        assert is_promised, (who, name)
        assert reason or name not in EXPLAINED, name
        live = before.revises or before
        rows = [Article.objects.get(pk=live.pk), *Article.objects.filter(pk=made.pk).exclude(pk=live.pk)]
        moves = [one for row in rows for one in row.moves.all()]
        assert len(moves) == told + 1
        assert (name, user) in {(one.name, one.by) for one in moves}
        assert_kept(name, before, made, at, self.bases.get(before.pk, {}))
        self.remember(name, who, before, made)
        return made

    def remember(self, name, who, before, made):
        if name in {"approve", "publish"} and settings.FOUR_EYES:
            assert who not in self.hands.get(before.pk, ())
        if name in PUBLISHING:
            self.hands.pop(before.pk, None)
            self.hands.pop(made.pk, None)
        if name == "submit":
            self.hands.setdefault(before.pk, set()).add(who)
        if name == "revise":
            self.hands.pop(made.pk, None)  # SQLite may give the number of a copy that is gone
        if name in {"revise", "keep"}:
            self.bases[made.pk] = words(Article.objects.get(pk=made.revises_id))

    @rule(
        who=people, number=which, name=st.sampled_from(sorted(MOVES)), after=moments,
        reason=st.sampled_from(["", "Because."]),
    )  # fmt: skip
    def moves(self, who, number, name, after, reason):
        at = after and timezone.now() + after
        self.make(who, self.pick(number), name, reason, at if name == "approve" else None)

    @rule(who=people, number=which, reason=st.sampled_from([" ", "Because."]))
    def presses_the_next_button(self, who, number, reason):
        article = self.pick(number)
        if steps := workflow.moves_for(article, self.people[who]):
            self.make(who, article, steps[number % len(steps)].name, reason.strip())

    @rule()
    def everybody_looks_at_all_buttons(self):
        """Nobody is offered what is not theirs, nor misses what is; three buttons depend on more than the table."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(merging, "conflicts", cache(merging.conflicts))  # those of a copy are the same for everybody
            for article, (who, user) in product(Article.objects.order_by("pk"), self.people.items()):
                offered = {step.name for step in workflow.moves_for(article, user)}
                theirs = {name for name in PROMISED if promised(name, article, who)}
                assert offered - theirs == set(), who
                assert theirs - offered <= {"revise", "keep", "take_back"}, who

    @rule(
        writes=approvers, submits=approvers, number=which, name=st.sampled_from(["approve", "publish"]),
        then=st.sampled_from(["recall", "publish"]),
    )  # fmt: skip
    def one_or_two_do_it_all(self, writes, submits, number, name, then):
        self.make("chief", self.pick(number), "request_changes")
        article = self.pick(number)
        self.write(writes, article, f"By {writes}")
        in_an_hour = timezone.now() + timedelta(hours=1) if name == "approve" else None
        for who, step in (submits, "submit"), (writes, name), (submits, name), (submits, then):
            if row := Article.objects.filter(pk=article.pk).first():
                self.make(who, row, step, at=in_an_hour if step == "approve" else None)

    @rule(number=which, name=st.sampled_from(["withdraw", "remove"]), reason=st.sampled_from(["", "Because."]))
    def what_is_public_is_taken_away(self, number, name, reason):
        for step in (name, "reinstate"):
            self.make("chief", self.pick(number), step, reason)

    @rule(
        number=which, after=moments, last=st.sampled_from(["submit", "approve"]), office=st.booleans(),
        overtaken=st.booleans(), kind=kinds, note=st.sampled_from(["", "Told."]),
    )  # fmt: skip
    def a_new_edition_is_on_its_way(self, number, after, last, office, overtaken, kind="minor", note=""):
        copy = self.make("chief", self.pick(number), "revise")
        if copy is None:
            return
        if overtaken:
            Article.objects.filter(pk=copy.revises_id).update(headline="Imported", version=F("version") + 1)
        told = {"change_kind": kind, "change_note": note, "was_wrong": note}
        Article.objects.filter(pk=copy.pk).update(**told)
        copy.refresh_from_db()
        writer = "walt" if copy.office.code == "geneva" else "wilma"
        self.write(writer, copy, "New edition")
        self.make(writer, Article.objects.get(pk=copy.pk), "submit")
        if office:
            Article.objects.filter(pk=copy.pk).update(office=self.offices["lima"])
        if last == "approve":
            self.all_in_review_is_approved(after)

    @rule(after=moments)
    def all_in_review_is_approved(self, after):
        for article, who in product(Article.objects.filter(state="in_review"), ["lola", "aziz", "chief"]):
            if article := Article.objects.filter(pk=article.pk).first():
                self.make(who, article, "approve", at=after and timezone.now() + after)

    @rule(who=people, other=people, number=which)
    def two_windows_show_the_same_article(self, who, other, number):
        one, two = self.pick(number), self.pick(number)
        steps = [step.name for step in workflow.moves_for(one, self.people[who])]
        if steps and self.make(who, one, steps[0]):
            with pytest.raises((Refused, Stale)), transaction.atomic():
                move(two, steps[0], self.people[other], reason="Because.")

    @rule(number=which)
    def a_draft_loses_its_topics(self, number):
        article = self.pick(number)
        if article.state in ("draft", "in_review"):
            article.topic_rows.all().delete()

    @rule(who=people, number=which, text=st.sampled_from(["One", "Two"]))
    def edits(self, who, number, text):
        self.write(who, self.pick(number), text)

    def write(self, who, article, text):
        user = self.people[who]
        if not self.admin.has_change_permission(type("Request", (), {"user": user}), article):
            return
        was_approved = article.shown_state == "scheduled" or (article.revises_id and article.state == "approved")
        with self.watched(user):
            claim_version(article)
            if article.headline != text:
                self.hands.setdefault(article.pk, set()).add(who)
            article.headline = text
            article.save(update_fields=["headline"])
            if article.translation_of_id is None:
                article.regions.set([make_region(text.lower().replace(" ", "-"))])
            after_save.sync(article)
            revisions.record(article, user)
            workflow.recall_approval(article, user)
            assert not was_approved or Article.objects.get(pk=article.pk).state == "draft"

    @rule(who=people, number=which, language=st.sampled_from(["fr", "es"]))
    def translates(self, who, number, language):
        user, source = self.people[who], self.pick(number)
        taken = Article.objects.versions_of(source).filter(language=language).exists()
        if source.translation_of_id is None and not source.revises_id and not taken:
            with self.watched(user):
                begin_translation(source, language, user)

    @rule(number=which)
    def an_import_changes_a_body(self, number):
        Article.objects.filter(pk=self.pick(number).pk).update(body="<p>Imported.</p>", version=F("version") + 1)

    @rule()
    def its_hour_comes(self):
        now = timezone.now()
        for name in ("press_from", "publish_at", "first_published_at"):
            Article.objects.filter(**{f"{name}__gt": now}).update(**{name: now})
        after_save.refresh_listed(Article.objects.all())

    @rule(number=which)
    def somebody_reads(self, number):
        article = self.pick(number)
        if not Article.objects.readable().filter(pk=article.pk).exists():
            return
        before, copy = public(), Article.objects.filter(revises=article).first()
        due_editions.merge_for_reader(article)
        if public() != before:
            assert (copy.state, article.state) == ("approved", "approved")
            assert copy.publish_at <= timezone.now()

    @invariant()
    def what_is_listed_was_approved_by_somebody_who_may(self):
        for article in Article.objects.live():
            assert (article.state, article.revises_id) == ("approved", None)
            assert article.publish_at <= timezone.now()
            assert article.reference
            assert article.first_published_at
            approval = article.moves.filter(name__in=["approve", "publish", "emergency"]).first()
            assert permissions.may(approval.by, "approve", article)
            assert article.revisions.exclude(edition=None).exists()
            assert chain_is_whole(article)

    @invariant()
    def what_was_never_public_has_no_edition(self):
        self.seen |= set(Article.objects.live().order_by().values_list("pk", flat=True))
        for article in Article.objects.filter(state="draft", revises=None).exclude(pk__in=self.seen):
            assert article.first_published_at is None
            assert not article.revisions.exclude(edition=None).exists()

    @invariant()
    def what_is_not_listed_is_a_secret(self):
        hidden = Article.objects.exclude(pk__in=Article.objects.live().order_by().values("pk"))
        assert not hidden.filter(state="approved", revises=None, publish_at__lte=timezone.now()).exists()
        assert not Article.objects.readable().filter(revises__isnull=False).exists()
        for row in ArticleRegion.objects.select_related("article"):
            assert row.listed_at == row.article.listed_at

    @invariant()
    def a_public_row_has_a_date_and_one_copy_at_most(self):
        assert not Article.objects.filter(state__in=["approved", "withdrawn", "gone"], publish_at=None).exists()
        copied = list(Article.objects.filter(revises__isnull=False).values_list("revises", flat=True))
        assert len(copied) == len(set(copied))

    @invariant()
    def a_story_has_one_number(self):
        for source in Article.objects.filter(translation_of=None, revises=None):
            numbers = Article.objects.versions_of(source).exclude(reference="").order_by()
            assert numbers.values("reference").distinct().count() <= 1


@pytest.mark.usefixtures("newsroom", "db")
@pytest.mark.parametrize("four_eyes", [False, True])
def test_no_way_leads_to_a_forbidden_state(settings, four_eyes):
    settings.FOUR_EYES = four_eyes
    number = limits().max_examples // 25
    run_state_machine_as_test(Newsroom, settings=limits(max_examples=number, stateful_step_count=15))
