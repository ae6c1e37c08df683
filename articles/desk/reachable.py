"""Which articles have a press contact whom readers and journalists can reach today."""

from contacts import directory

from ..models import ArticleContact


def reachable(articles):
    """The ids of those of `articles` (ids) with a contact, or a successor, who has an e-mail address or a telephone."""
    contacts = {}
    joined = ArticleContact.objects.filter(article__in=articles).order_by()
    for article, contact in joined.values_list("article", "contact"):
        contacts.setdefault(article, set()).add(contact)
    answering = directory.answering(set().union(*contacts.values()))
    known = {pk for pk, one in answering.items() if one is not None and (one.email or one.phones.all())}
    return {article for article, several in contacts.items() if several & known}
