"""What an export of WordPress says of its site: terms, authors, and the media library."""

from dataclasses import dataclass, field

from ..stories import Media


@dataclass(slots=True)
class Attachment:
    media: Media
    parent: str
    place: str
    description: str = ""


@dataclass
class Site:
    """What the first pass collects of one export."""

    address: str = ""
    language: str = ""
    authors: dict = field(default_factory=dict)  # {login: name}
    terms: dict = field(default_factory=dict)  # {(taxonomy, code): (name, code of the term above)}
    attachments: dict = field(default_factory=dict)  # {id: Attachment}
    by_address: dict = field(default_factory=dict)  # {comparable address: id}
    children: dict = field(default_factory=dict)  # {id of an article: ids of its attachments}
    hosts: set = field(default_factory=set)  # of the site and its attachments
    used: set = field(default_factory=set)  # ids of attachments
    described: dict = field(default_factory=dict)  # {(taxonomy, code): description of the term}
    used_terms: set = field(default_factory=set)  # (taxonomy, code)

    def above(self, taxonomy, code):
        """(code, name) of the terms above a term, the highest first."""
        found = {}
        _name, parent = self.terms.get((taxonomy, code), ("", ""))
        while parent and parent not in found and parent != code and (taxonomy, parent) in self.terms:
            name, above = self.terms[taxonomy, parent]
            found[parent], parent = name, above
        return tuple(reversed(found.items()))
