"""Personal links among the random moves of `test_workflow_machine`: in every state they open what was promised."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from articles.models import Article, Pass, ReviewLink
from articles.personal_links import passes, review_links
from articles.publishing import revisions
from contacts import clock

which = st.integers(min_value=0, max_value=5)


def may_be_reviewed(article, seen):
    """Whether review links to it open: it was never public, or it is a new edition that is not."""
    if article.revises_id:
        due = article.state == "approved" and article.publish_at <= timezone.now()
        return article.revises.state == "approved" and not due
    return article.pk not in seen and article.shown_state in ("draft", "in_review", "scheduled")


def may_be_read_by_press(article):
    now = timezone.now()
    if article.press_from is None or article.press_from > now:
        return False
    if article.revises_id:
        return article.state == article.revises.state == "approved" and article.publish_at > now
    return article.shown_state == "scheduled"


def published(story):
    """{id of each public version of a story: (number of its editions, the working copy that it has)}"""
    return {
        row.pk: (
            row.revisions.exclude(edition=None).count(),
            Article.objects.filter(revises=row).values_list("pk", "created_at").first(),
        )
        for row in Article.objects.live().versions_of(story)
    }


def is_for(before, copy):
    """Whether a pass that was given when `published` was `before` is for this edition to come."""
    number, own = before.get(copy.revises_id, (None, None))
    same = copy.revises.revisions.exclude(edition=None).count() == number
    return number is not None and (same or own == (copy.pk, copy.created_at))


class OpenedLinks(RuleBasedStateMachine):
    """`self.seen` holds the ids of what has ever been public."""

    def no_links_yet(self):
        self.review_tokens, self.press_tokens = {}, {}  # {token: id of the link}
        self.given_at = {}  # {id of a pass: what was `published` then}

    def give_links(self):
        """A review link to every article that has none, and a pass for every story."""
        reviewed = ReviewLink.objects.values("revision__article")
        for article in Article.objects.exclude(pk__in=reviewed).order_by("pk"):
            link, token = review_links.make(revisions.record(article), None, name="Grace", purpose="fact_check")
            self.review_tokens[token] = link.pk
        for story in Article.objects.filter(translation_of=None, revises=None, passes=None).order_by("pk"):
            self.give_a_pass(story)

    def give_a_pass(self, story):
        person = {"name": "Jane", "outlet": "Times", "email": "jane@example.org"}
        [(given, token)] = passes.make(story, None, [person], ["en", "fr", "es"])
        self.press_tokens[token] = given.pk
        self.given_at[given.pk] = published(story)

    @rule(number=which)
    def a_pass_is_given_for_what_comes_next(self, number):
        article = self.pick(number)
        self.give_a_pass((article.revises or article).source)

    @rule(number=which, after=st.sampled_from(["read", "publish", "withdraw", "recall", "nothing"]))
    def a_new_edition_waits_under_embargo(self, number, after):
        copy = self.make("chief", self.pick(number), "revise")
        if copy is None:
            return
        self.give_a_pass(copy.revises.source)
        now = timezone.now()
        times = {"press_from": now - timedelta(minutes=30), "publish_at": now + timedelta(hours=1)}
        Article.objects.filter(pk=copy.pk).update(headline=f"Edition {copy.pk}", **times)
        self.make("walt" if copy.office.code == "geneva" else "wilma", Article.objects.get(pk=copy.pk), "submit")
        self.make("chief", Article.objects.get(pk=copy.pk), "approve", at=times["publish_at"])
        self.somebody_opens_links(len(self.press_tokens) - 1)
        if after in ("publish", "recall"):
            self.make("chief", Article.objects.get(pk=copy.pk), after)
        elif after == "withdraw":
            self.make("chief", Article.objects.get(pk=copy.revises_id), after)
        self.somebody_opens_links(len(self.press_tokens) - 1)

    @rule(number=which, minutes=st.sampled_from([-30, 30]))
    def an_embargo_is_set(self, number, minutes):
        now = timezone.now()
        waiting = Article.objects.filter(pk=self.pick(number).pk, state__in=["draft", "in_review"])
        waiting.update(press_from=now + timedelta(minutes=minutes), publish_at=now + timedelta(hours=1))

    @rule(number=which)
    def a_text_waits_under_embargo(self, number):
        self.an_embargo_is_set(number, -30)
        article = self.pick(number)
        for who, name in (("walt", "submit"), ("chief", "approve")):
            at = article.publish_at if name == "approve" else None
            if article.state != "approved":
                self.make(who, Article.objects.get(pk=article.pk), name, at=at)

    @rule(number=which)
    def links_are_revoked(self, number):
        for rows in (ReviewLink.objects.order_by("pk"), Pass.objects.order_by("pk")):
            chosen = list(rows)[number : number + 1]
            review_links.revoke(rows.filter(pk__in=[row.pk for row in chosen]), None)

    @rule(number=which)
    def somebody_opens_links(self, number):
        client = Client()
        for token, pk in list(self.review_tokens.items())[number : number + 1]:
            link = ReviewLink.objects.get(pk=pk)
            response = client.get(f"/review/{token}/")
            assert response.status_code == (200 if self.review_link_opens(link) else 404)
        for token, pk in list(self.press_tokens.items())[number : number + 1]:
            given = Pass.objects.get(pk=pk)
            versions = passes.versions(given)
            read = [row for row in versions if may_be_read_by_press(row) and not given.revoked_at]
            first = client.get(f"/press/{token}/").content.decode()
            assert ("watermark" in first) == bool(read)
            for row in versions:
                response = client.get(f"/press/{token}/{row.language}/")
                assert ("watermark" in response.content.decode()) == (row in read)
                assert row in read or f"<h1>{row.headline}</h1>" not in response.content.decode()

    def review_link_opens(self, link):
        return link.revoked_at is None and may_be_reviewed(link.revision.article, self.seen)

    @invariant()
    def links_open_what_was_promised(self):
        self.seen |= set(Article.objects.live().order_by().values_list("pk", flat=True))
        self.give_links()
        links = ReviewLink.objects.select_related("revision__article__revises").in_bulk(self.review_tokens.values())
        opening = set(review_links.opening(clock.now()).values_list("pk", flat=True))
        assert opening == {pk for pk, link in links.items() if self.review_link_opens(link)}
        articles = list(Article.objects.select_related("revises__translation_of"))
        for article in articles:
            assert passes.is_under_embargo(article) == may_be_read_by_press(article)
            assert not (passes.is_under_embargo(article) and article.is_live)
        coming = [row for row in articles if row.revises_id and may_be_read_by_press(row)]
        given = Pass.objects.in_bulk(self.press_tokens.values())
        for pk in given:
            read = {row.pk for row in passes.versions(given[pk]) if row.revises_id and passes.is_under_embargo(row)}
            ours = [row for row in coming if row.revises.source.pk == given[pk].story_id]
            assert read == {row.pk for row in ours if is_for(self.given_at[pk], row)}
