"""The contacts of each topic, for the list of media contacts."""

from contacts.cldr.ordering import sorted_by_name

from ..models import Topic, TopicContact


def by_topic():
    """{code: (topic, ids of its contacts)} of the topics in use that have contacts, in the order of their names."""
    found = {}
    for topic, contact in TopicContact.objects.order_by().values_list("topic", "contact"):
        found.setdefault(topic, set()).add(contact)
    rows = sorted_by_name(Topic.objects.filter(pk__in=found, merged_into=None).with_translations())
    return {row.code: (row, found[row.pk]) for row in rows}
