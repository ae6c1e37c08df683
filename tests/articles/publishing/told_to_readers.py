"""Moves of the random workflow test about what readers are told: taken away in several languages, taken back, editions."""

from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from articles.models import Article, Correction
from articles.publishing.afterwards import taking_away, verification

from .told_by_mail import ToldByMail
from .workflow_promises import PEOPLE, PROMISED, ROLES, promised

people = st.sampled_from([name for name, *_ in PEOPLE])
which = st.integers(min_value=0, max_value=5)


class ToldToReaders(ToldByMail):
    """Mixed into the state machine, which has `pick`, `watched`, `people` and `corrections`."""

    @rule(
        who=people, number=which, name=st.sampled_from(["withdraw", "remove"]), reason=st.sampled_from(["", "Because."]),
        others=st.booleans(), instead=st.none() | which,
    )  # fmt: skip
    def a_story_is_taken_away_in_its_languages(self, who, number, name, reason, others, instead):
        article, user = self.pick(number), self.people[who]
        versions = taking_away.other_versions(article, name, user) if others else []
        rows = [article, *(one.article for one in versions)]
        target = None if instead is None else self.pick(instead)
        before = {row.pk: promised(name, row, who) for row in rows}
        with self.watched(user):
            moved = taking_away.take_away(article, name, user, dict.fromkeys(rows, reason), target)
            assert all(before.values())
            assert reason
            assert {row.state for row in moved} == {PROMISED[name][1]}

    @rule(who=people, number=which)
    def somebody_takes_it_back(self, who, number):
        article, user = self.pick(number), self.people[who]
        last, is_promised = article.moves.exclude(name="read_instead").first(), promised("take_back", article, who)
        with self.watched(user):
            for row in taking_away.take_back(article, user):
                assert row.state != last.to_state
                assert is_promised

    @rule(who=people, number=which, instead=st.none() | which)
    def something_is_read_instead(self, who, number, instead):
        article = self.pick(number)
        with self.watched(self.people[who]):
            taking_away.read_instead(article, instead and self.pick(instead), self.people[who])
            assert ROLES[who][0] == "approver"
            assert article.state in ("withdrawn", "gone")

    @rule(number=which)
    def a_reader_asks_for_editions(self, number):
        article = self.pick(number)
        address = f"/{article.language}/news/{article.slug}/editions/"
        shown = Article.objects.readable().at_address(article.language, article.slug).first()
        response = Client().get(address)
        assert (response.status_code == 200) == (shown is not None)
        if shown is None:
            assert article.headline not in response.content.decode()
            assert Client().get(f"{address}1/").status_code != 200
            return
        published = shown.revisions.exclude(edition=None).order_by("-edition")
        assert [row[0].pk for row in response.context["rows"]] == [edition.pk for edition in published]
        for edition in published[1:2]:
            assert edition.content["headline"] in Client().get(f"{address}{edition.edition}/").content.decode()

    @rule()
    def a_program_asks_the_api(self):
        """It gets what pages show: no list has what is not live, and no other text is anywhere."""
        client = Client()
        live = set(Article.objects.live().order_by().values_list("pk", flat=True))
        for query in ("", "&q=text", "&region=europe", "&language=fr"):
            answer = client.get(f"/api/v1/articles/?page_size=100{query}").json()
            assert {row["id"] for row in answer.get("results", ())} <= live, query
            assert query or {row["id"] for row in answer["results"]} == live
        for article in Article.objects.order_by("pk"):
            response = client.get(f"/api/v1/articles/{article.pk}/")
            article = Article.objects.filter(pk=article.pk).first()  # what was due has been merged
            is_readable = article is not None and Article.objects.readable().filter(pk=article.pk).exists()
            status = 410 if article is not None and article.state == "gone" and not article.revises_id else 404
            assert response.status_code == (200 if is_readable else status)
            assert not is_readable or response.json()["headline"] == article.headline
        corrected = {row["article"]["id"] for row in client.get("/api/v1/corrections/").json()["results"]}
        assert corrected <= set(Article.objects.readable().order_by().values_list("pk", flat=True))

    @invariant()
    def what_readers_were_told_stays(self):
        told = set(Correction.objects.values_list("article", "edition", "wrong", "now"))
        assert self.corrections <= told
        self.corrections = told
        for _, faults in verification.verify():
            # The texts that imports and other windows change in this test are not recorded.
            assert [fault for fault in faults if fault[1] is not None] == []

    @invariant()
    def what_is_listed_as_corrected_can_be_read(self):
        readable = set(Article.objects.readable().order_by().values_list("pk", flat=True))
        for language in ("en", "fr"):
            assert {one.article_id for one in Correction.objects.readable(language)} <= readable

    @invariant()
    def nothing_leads_in_a_circle(self):
        leads = dict(Article.objects.filter(redirect_to__gt=0).order_by().values_list("pk", "redirect_to"))
        for start in leads:
            at, seen = start, set()
            while at in leads:
                assert at not in seen
                seen.add(at)
                at = leads[at]
