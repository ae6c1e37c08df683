"""What the workflow promises, said once more beside its table, and the people to whom it is promised."""

from django.utils import timezone

from articles.models import Article, ArticleRegion

PEOPLE = [
    ("walt", "writer", "geneva"), ("wilma", "writer", "lima"), ("tara", "translator", "geneva"),
    ("edna", "editor", "geneva"), ("aziz", "approver", "geneva"), ("lola", "approver", "lima"),
    ("chief", "approver", None),
]  # fmt: skip
ROLES = {name: (role, office) for name, role, office in PEOPLE}
WRITERS, APPROVERS = {"writer", "editor", "approver"}, {"approver"}
# From where a move leads where, whose it is, for which kind of row.
BOTH, ARTICLES, COPIES = (False, True), (False,), (True,)
PROMISED = {
    "submit": ("draft", "in_review", WRITERS, BOTH),
    "request_changes": ("in_review", "draft", APPROVERS, BOTH),
    "recall": ("in_review scheduled approved", "draft", WRITERS, BOTH),
    "approve": ("in_review", "approved", APPROVERS, BOTH),
    "publish": ("in_review scheduled approved", "approved", APPROVERS, BOTH),
    "emergency": ("draft in_review", "approved", APPROVERS, BOTH),
    "look": ("live withdrawn gone", "", APPROVERS, ARTICLES),
    "revise": ("live", "draft", WRITERS, ARTICLES),
    "discard": ("draft in_review", "", WRITERS, COPIES),
    "keep": ("draft in_review", "", WRITERS, COPIES),
    "withdraw": ("live", "withdrawn", APPROVERS, ARTICLES),
    "reinstate": ("withdrawn", "approved", APPROVERS, ARTICLES),
    "remove": ("live withdrawn", "gone", APPROVERS, ARTICLES),
    "take_back": ("withdrawn gone", "", APPROVERS, ARTICLES),
}
EXPLAINED = {"request_changes", "emergency", "withdraw", "reinstate", "remove"}
PUBLISHING = {"approve", "publish", "emergency"}


def promised(name, article, who):
    """Whether the move is this person's to make now."""
    origins, _to, roles, kinds = PROMISED[name]
    role, office = ROLES[who]
    if article.translation_of_id and roles is WRITERS:
        roles = roles | {"translator"}
    offices = {row.office.code for row in filter(None, (article, article.revises))}
    return (
        article.shown_state in origins.split()
        and bool(article.revises_id) in kinds
        and role in roles
        and (office is None or offices == {office})
        and (name != "look" or waits_for_a_look(article, who))
    )


def waits_for_a_look(article, who):
    """Whether the last emergency is somebody else's, and nobody has looked at it."""
    last = article.moves.filter(name__in=["emergency", "look"]).first()
    return last is not None and last.name == "emergency" and last.by.username != who


def words(article):
    return {"headline": article.headline, "body": article.body}


def public():
    """What readers see of each live article."""
    live = Article.objects.live().order_by()
    seen = {row.pk: [row.office_id, row.headline, row.body, row.slug] for row in live}
    for article, region in ArticleRegion.objects.filter(article__in=live).values_list("article", "region"):
        seen[article].append(region)
    return seen


def assert_told(before, made):
    """Readers are told of the edition what its copy said, and of no other one's correction."""
    edition = made.revisions.exclude(edition=None).order_by("-edition")[0]
    assert (edition.change_kind, edition.change_note) == (before.change_kind, before.change_note)
    corrected = list(made.corrections.filter(edition=edition.edition).values_list("wrong", "now"))
    is_correction = before.change_kind == "correction"
    assert corrected == ([(before.was_wrong, before.change_note)] if is_correction else [])
    assert before.change_kind == "minor" or before.change_note.strip()


def assert_kept(name, before, made, at, bases):
    """What came of a move is what was promised. `bases`: the public words that a working copy's writer knows."""
    to = PROMISED[name][1]
    assert not to or Article.objects.get(pk=made.pk).state == to, name
    if name == "discard":  # the public row stays as it is: live, or withdrawn meanwhile
        assert (made.pk, made.state) == (before.revises_id, before.revises.state)
    if name == "approve" and at and at > timezone.now():
        assert not Article.objects.get(pk=before.pk).is_live, "nobody sees it yet, nor what it revises anew"
    if name in {"publish", "emergency"}:
        assert Article.objects.get(pk=before.revises_id or before.pk).is_live, name
    if name in PUBLISHING and made.pk == (before.revises_id or before.pk):
        assert made.body, name
        assert name == "emergency" or all((made.topics.count(), made.regions.count(), made.contacts.count())), name
    if name == "take_back":
        taking = made.moves.filter(name__in=["withdraw", "remove"]).first()
        assert made.state == ("approved" if taking.from_state == "live" else "withdrawn")
    if name in PUBLISHING and before.revises_id and made.pk == before.revises_id:
        assert_told(before, made)
    for field, base in bases.items() if name in PUBLISHING else ():
        both = {getattr(before, field), getattr(before.revises, field)}
        assert base in both or len(both) == 1, f"{field} of the public text was lost"
