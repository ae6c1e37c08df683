"""The codes that a filter includes: a region with its subregions, a topic with subtopics, and what these replaced."""

from dataclasses import dataclass, field

from contacts.models.links import listed_under


@dataclass(frozen=True, eq=False)
class Groups:
    """The codes of one facet.

    inner: {code: codes that count for it, besides itself}. outer: {code: codes for which it counts}, for codes that
    count for others. former: {code that leads on: the code it leads to}; no list offers it.
    """

    inner: dict = field(default_factory=dict)
    outer: dict = field(default_factory=dict)
    former: dict = field(default_factory=dict)

    @classmethod
    def of(cls, codes, nested):
        """`codes`: {row: code} of all rows of a model, connected."""
        by_key = {row.pk: code for row, code in codes.items()}
        inner, outer = {}, {}
        for pk, (_, *others) in listed_under(codes, nested).items():
            if others:
                inner[by_key[pk]] = tuple(by_key[one] for one in others)
            for one in (pk, *others):
                outer.setdefault(by_key[one], []).append(by_key[pk])
        former = {code: by_key[row.final.pk] for row, code in codes.items() if row.final != row}
        return cls(inner, {code: tuple(those) for code, those in outer.items() if those != [code]}, former)

    def counted_for(self, codes):
        """The codes for which an article with these codes counts."""
        return {one for code in codes for one in self.outer.get(code, (code,))}


NO_GROUPS = Groups()
