"""What journalists take away and verify, among the random moves of `test_workflow_machine`: it follows what is live."""

from django.core.cache import cache
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import rule

from articles.models import Article

which = st.integers(min_value=0, max_value=5)


class TakenAway:
    """Mixed into the state machine, which has `pick`."""

    @rule(number=which)
    def a_journalist_takes_text_and_kit(self, number):
        article, client = self.pick(number), Client()
        live = Article.objects.live().at_address(article.language, article.slug).first()
        for name in ("text.txt", "kit.zip"):
            response = client.get(f"/{article.language}/news/{article.slug}/{name}")
            given = b"".join(response) if response.status_code == 200 else b""
            assert (response.status_code == 200) == (live is not None), article.shown_state
            assert live is None or Article.objects.get(pk=live.pk).headline.encode() in given
            for hidden in self.hidden_headlines():
                assert hidden.encode() not in given

    @rule(number=which)
    def somebody_verifies(self, number):
        cache.clear()
        article, client = self.pick(number), Client()
        readable = Article.objects.readable().filter(pk=article.pk).exists()
        for asked in filter(None, [article.reference, f"/{article.language}/news/{article.slug}/"]):
            response = client.post("/en/verify/", {"text": "", "reference": asked})
            shown = {verdict.article and verdict.article.pk for verdict in response.context["verdicts"]}
            assert shown <= {None, *Article.objects.readable().order_by().values_list("pk", flat=True)}
            assert readable or article.pk not in shown

    def hidden_headlines(self):
        """Headlines that no readable article has."""
        readable = Article.objects.readable().order_by()
        known = set(readable.values_list("headline", flat=True))
        return set(Article.objects.exclude(pk__in=readable.values("pk")).values_list("headline", flat=True)) - known
