"""What the demo shows of personal links: a fact check with answers, and embargo passes that were opened.

Their addresses are shown nowhere, as everywhere: in the demo, too, a link is made in the admin to be opened.
"""

from articles.models import Article
from articles.pages.private.text_parts import parts
from articles.personal_links import passes, review_links
from articles.publishing import revisions

CHECKED = "tunisia-and-algeria-plan-one-rule-for-a-fourth-dry-winter-on-the-medjerda"
REMARKS = [
    (0, "It is a proposal so far: the two commissions vote on it in January."),
    (3, "Sidi Salem stood at 23.6 on Monday morning, so “almost 24” would be exact."),
]
PRESS = [
    {"name": "Amina Osei", "outlet": "The Lakes Courier", "email": "amina.osei@lakescourier.example"},
    {"name": "Jonas Lindqvist", "outlet": "Norrland Radio", "email": "jonas@norrlandradio.example"},
    {"name": "Sofía Prado", "outlet": "Agencia Ribera", "email": "sprado@ribera.example"},
]


def make(users):
    _check_facts(users["edna"])
    for story in Article.objects.filter(state=Article.State.APPROVED, translation_of=None, press_from__isnull=False):
        if story.shown_state == "scheduled":
            _give_passes(story, users["aziz"])


def _check_facts(by):
    article = Article.objects.filter(language="en", slug=CHECKED).first()
    if article is None:
        return
    revision = revisions.record(article, article.updated_by)
    link, _token = review_links.make(revision, by, name="Dr Leïla Ben Amor", purpose="fact_check", days=5)
    review_links.note_opening(link)
    about = {part.number: part.about for part in parts(article)}
    review_links.answer(link, [(number, about[number], text) for number, text in REMARKS if number in about])
    review_links.make(revision, by, name="Karim Saïdi", purpose="preview", days=2)


def _give_passes(story, by):
    made = passes.make(story, by, PRESS, [story.language])
    made[0][0].openings.create(network="198.51.100.0/24", language=story.language)
    made[1][0].openings.create(network="203.0.113.0/24", language=story.language)
    passes.revoke(story.passes.filter(pk=made[2][0].pk), by)
