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
    "revise": ("live", "draft", WRITERS, ARTICLES),
    "discard": ("draft in_review", "approved", WRITERS, COPIES),
    "keep": ("draft in_review", "", WRITERS, COPIES),
    "withdraw": ("live", "withdrawn", APPROVERS, ARTICLES),
    "reinstate": ("withdrawn", "approved", APPROVERS, ARTICLES),
    "remove": ("live withdrawn", "gone", APPROVERS, ARTICLES),
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
    )


def words(article):
    return {"headline": article.headline, "body": article.body}


def public():
    """What readers see of each live article."""
    live = Article.objects.live().order_by()
    seen = {row.pk: [row.office_id, row.headline, row.body, row.slug] for row in live}
    for article, region in ArticleRegion.objects.filter(article__in=live).values_list("article", "region"):
        seen[article].append(region)
    return seen


def assert_kept(name, before, made, at, bases):
    """What came of a move is what was promised. `bases`: the public words that a working copy's writer knows."""
    to = PROMISED[name][1]
    assert not to or Article.objects.get(pk=made.pk).state == to, name
    if name == "approve" and at and at > timezone.now():
        assert not Article.objects.get(pk=before.pk).is_live, "nobody sees it yet, nor what it revises anew"
    if name == "publish":
        assert Article.objects.get(pk=before.revises_id or before.pk).is_live, name
    if name in PUBLISHING and made.pk == (before.revises_id or before.pk):
        assert made.body, name
        assert name == "emergency" or all((made.topics.count(), made.regions.count(), made.contacts.count())), name
    for field, base in bases.items() if name in PUBLISHING else ():
        both = {getattr(before, field), getattr(before.revises, field)}
        assert base in both or len(both) == 1, f"{field} of the public text was lost"
