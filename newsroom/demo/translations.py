"""What the demo shows of translations: behind a corrected source, held, begun by a machine, languages not wanted."""

from articles.checks.machine_texts import passages
from articles.models import Article, MachineDraft
from articles.publishing import workflow
from articles.publishing.workflow import move
from articles.translating.begin import waive

NIGER = "niger-river-crest-passes-niamey-below-alarm-level-as-warnings-hold-downstream"
RHINE = "rhine-alarm-now-names-a-spilled-chemical-within-four-hours"
VISIT = "media-advisory-launch-of-the-report-warned-in-time-and-council-vote-on-floods"


def show(users):
    """The French text on the Rhine is scheduled when its source is corrected; that on the Niger is public."""
    rhine = Article.objects.filter(translation_of__slug=RHINE, language="fr", state=Article.State.IN_REVIEW).first()
    if rhine:
        move(rhine, "approve", users["aziz"])
    correct(NIGER, "340 families", "430 families", users)
    correct(RHINE, "3,100 chemicals", "3,400 chemicals", users)
    if visit := Article.objects.filter(language="en", slug=VISIT, revises=None).first():
        for language in ("ru", "zh"):
            waive(visit, language, users["tara"])
    if begun := Article.objects.filter(state=Article.State.DRAFT, revises=None, translation_of__isnull=False).last():
        service = "translate.sharedwaters.example"
        MachineDraft.objects.create(article=begun, texts=passages(begun)[2:4], service=service, by=users["tara"])


def correct(slug, old, new, users):
    """Edna corrects a word of a public text, Aziz publishes it."""
    article = Article.objects.filter(language="en", slug=slug, revises=None, state=Article.State.APPROVED).first()
    if article is None or old not in article.body:
        return
    copy = move(article, "revise", users["edna"])
    copy.body, copy.change_kind = copy.body.replace(old, new), Article.Change.CORRECTION
    copy.was_wrong, copy.change_note = f"The text said {old}.", f"It says {new} now."
    copy.updated_by = users["edna"]
    copy.save()
    workflow.after_edit(copy, users["edna"])
    move(copy, "submit", users["edna"])
    move(copy, "publish", users["aziz"])
