"""Stores copies of deleted articles, and of discarded copies that were limited to named people."""

from contacts.models.membership import name_of

from ...models import DeletedArticle, Remark
from .. import revisions


def keep_deleted_copy(article, by):
    """Store what is lost with the article: its last content, moves, revisions and remarks. Call it before the deletion.

    `history` is {"moves": [{"at", "name", "from", "to", "by", "reason"}], "revisions": [{"at", "by", "edition",
    "content"}], "remarks": [{"at", "by", "paragraph", "text"}]}, the oldest first.
    """
    stored = DeletedArticle.objects.create(
        article=article.pk,
        headline=article.headline,
        language=article.language,
        office=article.office,
        author=name_of(article.created_by, article.created_by_name),
        by=by,
        restricted=article.restricted,
        content=revisions.content(article),
        history={
            "moves": [
                {
                    "at": move.at.isoformat(), "name": move.name, "from": move.from_state, "to": move.to_state,
                    "by": move.who, "reason": move.reason,
                }
                for move in article.moves.select_related("by").order_by("id")
            ],
            "revisions": [
                {"at": row.created_at.isoformat(), "by": row.who, "edition": row.edition, "content": row.content}
                for row in article.revisions.select_related("by").order_by("id")
            ],
            "remarks": [
                {"at": row.at.isoformat(), "by": row.who, "paragraph": row.paragraph_text, "text": row.text}
                for row in Remark.objects.filter(article=article).select_related("by").order_by("id")
            ],
        },
    )  # fmt: skip
    stored.readers.set(article.reader_rows.values_list("user", flat=True))
    return stored
