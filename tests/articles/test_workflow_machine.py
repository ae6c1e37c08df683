"""Random moves, edits, imports and hours by random roles: no way leads to a state that must not be."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from articles import due, facets, permissions, revisions, workflow
from articles.admin.views import begin_translation
from articles.models import Article, ArticleRegion
from articles.revisions import chain_is_whole
from articles.versions import Stale, claim
from articles.workflow import MOVES, Refused, move
from tests.cast import make_office, make_ready_article, make_region, make_user

PEOPLE = [
    ("walt", "writer", "geneva"), ("wilma", "writer", "lima"), ("tara", "translator", "geneva"),
    ("edna", "editor", "geneva"), ("aziz", "approver", "geneva"), ("lola", "approver", "lima"),
    ("chief", "approver", None),
]  # fmt: skip
people = st.sampled_from([name for name, *_ in PEOPLE])
which = st.integers(min_value=0, max_value=4)
moments = st.sampled_from([None, timedelta(hours=-1), timedelta(hours=1)])


def public():
    """What readers see of each live article."""
    live = Article.objects.live().order_by()
    seen = {row.pk: [row.office_id, row.headline, row.body, row.slug] for row in live}
    for article, region in ArticleRegion.objects.filter(article__in=live).values_list("article", "region"):
        seen[article].append(region)
    return seen


class Newsroom(RuleBasedStateMachine):
    @initialize()
    def open(self):
        self.all = transaction.atomic()
        self.all.__enter__()
        offices = {"geneva": make_office(), "lima": make_office("lima", "Lima"), None: None}
        self.people = {name: make_user(name, role, offices[at]) for name, role, at in PEOPLE}
        now, chief = timezone.now(), self.people["chief"]
        drafts = [make_ready_article(publish_at=now, office=offices[name]) for name in ("geneva", "lima", "geneva")]
        french = make_ready_article(publish_at=now, office=offices["geneva"], language="fr", translation_of=drafts[2])
        for article in (drafts[0], french):  # the third is the draft of something public in French
            article.state = "in_review"
            article.save()
            move(article, "approve", chief)
        self.admin = site.get_model_admin(Article)

    def teardown(self):
        if hasattr(self, "all"):
            transaction.set_rollback(True)
            self.all.__exit__(None, None, None)

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

    @rule(who=people, number=which, name=st.sampled_from(sorted(MOVES)), after=moments)
    def moves(self, who, number, name, after):
        user, article = self.people[who], self.pick(number)
        at = after and timezone.now() + after
        with self.watched(user):
            move(article, name, user, reason="Because.", at=at if name == "approve" else None)

    @rule(who=people, number=which)
    def presses_the_next_button(self, who, number):
        user, article = self.people[who], self.pick(number)
        if steps := workflow.moves_for(article, user):
            with self.watched(user):
                move(article, steps[number % len(steps)].name, user, reason="Because.")

    @rule(who=people, number=which, text=st.sampled_from(["One", "Two"]))
    def edits(self, who, number, text):
        user, article = self.people[who], self.pick(number)
        if not self.admin.has_change_permission(type("Request", (), {"user": user}), article):
            return
        with self.watched(user):
            claim(article)
            article.headline = text
            article.save(update_fields=["headline"])
            if article.translation_of_id is None:
                article.regions.set([make_region(text.lower())])
            facets.sync(article)
            revisions.record(article, user)
            workflow.edited(article, user)

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
        for name in ("publish_at", "first_published_at"):
            Article.objects.filter(**{f"{name}__gt": now}).update(**{name: now})
        facets.refresh_listed(Article.objects.all())

    @rule(number=which)
    def somebody_reads(self, number):
        article = self.pick(number)
        if Article.objects.readable().filter(pk=article.pk).exists():
            due.bring_in(article)

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


@pytest.mark.django_db
@pytest.mark.parametrize("four_eyes", [False, True])
def test_no_way_leads_to_a_forbidden_state(settings, four_eyes):
    settings.FOUR_EYES = four_eyes
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Newsroom,
        settings=limits(
            max_examples=10, stateful_step_count=15, deadline=None, suppress_health_check=checks, derandomize=True
        ),
    )
