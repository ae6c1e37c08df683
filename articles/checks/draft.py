"""What the checks look at: an article as it is stored, or as a form holds it before it is saved."""

from functools import cached_property

from ..html import TooComplex, body_image_keys, plain
from ..html.tree import Element, parse
from ..models import Article, Image, Quote, Recording, RelatedLink

HTML_FIELDS = ("body", "notes_to_editors")


class Draft:
    """An article and what it refers to.

    `chosen`: {relation: [ids]} of the regions, topics … that a form has; of other relations the stored ones count.
    `images`, `recordings`: those that may be spoken of. `links`, `quotes`: the addresses of the form's related links,
    the words of its quotes.
    """

    def __init__(self, article, chosen=None, images=None, links=None, quotes=None, recordings=None):
        self.article, self._chosen, self._links, self._quotes = article, chosen or {}, links, quotes
        self._images = Image.objects.all() if images is None else images
        self._recordings = Recording.objects.all() if recordings is None else recordings

    def chosen(self, relation):
        """The ids of what the article has in a relation, such as "regions"."""
        if relation not in self._chosen:
            rows = Article._meta.get_field(relation).remote_field.through.objects.filter(article=self.article.pk)
            self._chosen[relation] = list(rows.values_list(f"{rows.model.target}_id", flat=True))
        return self._chosen[relation]

    @cached_property
    def related_links(self):
        if self._links is not None:
            return self._links
        return list(RelatedLink.objects.filter(article=self.article.pk).values_list("url", flat=True))

    @cached_property
    def quotes(self):
        """The words of each quote."""
        if self._quotes is not None:
            return self._quotes
        return list(Quote.objects.filter(article=self.article.pk).values_list("text", flat=True))

    @cached_property
    def text(self):
        """The text of the body and of the notes in one line."""
        return " ".join(filter(None, (plain(getattr(self.article, name)) for name in HTML_FIELDS)))

    def elements(self, *tags, field="body"):
        """The elements with these tags in the HTML of a field, in its order."""
        return [element for element in self._all_elements[field] if element.tag in tags]

    @cached_property
    def _all_elements(self):
        return {name: list(_elements(_tree(getattr(self.article, name)))) for name in HTML_FIELDS}

    @cached_property
    def images(self):
        """[(field, Image)] of the lead image and the gallery, each once."""
        places = {self.article.lead_image_id: "lead_image"} if self.article.lead_image_id else {}
        places |= {key: "gallery" for key in self.chosen("gallery") if key not in places}
        found = self._images.prefetch_related("translations").in_bulk(places) if places else {}
        return [(place, found[key]) for key, place in places.items() if key in found]

    @cached_property
    def recordings(self):
        """The article's recordings, in its order."""
        ids = self.chosen("recordings")
        found = self._recordings.with_translations().in_bulk(ids) if ids else {}
        return [found[pk] for pk in ids if pk in found]

    @cached_property
    def posters(self):
        """[("recordings", Image)] of the pictures that the recordings show before they are played."""
        ids = [recording.poster_id for recording in self.recordings if recording.poster_id]
        found = self._images.filter(pk__in=ids).prefetch_related("translations") if ids else ()
        return [("recordings", image) for image in found]

    @cached_property
    def body_images(self):
        """[(field, Image, the alternative text beside it)] of the library's pictures in the texts."""
        elements = {name: self.elements("img", field=name) for name in HTML_FIELDS}
        keys = body_image_keys(*(getattr(self.article, name) for name in HTML_FIELDS))
        rows = self._images.filter(sha256__in=keys).prefetch_related("translations")
        known = {image.get_absolute_url(): image for image in rows} if keys else {}
        return [
            (name, known[element.get("src")], element.get("alt").strip())
            for name, found in elements.items()
            for element in found
            if element.get("src") in known
        ]


def _tree(html):
    try:
        return parse(html) if html else Element("")
    except TooComplex:
        return Element("")


def _elements(root):
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [child for child in reversed(element.children) if isinstance(child, Element)]


def text_of(element):
    """The text within an element, in one line."""
    parts, waiting = [], [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
        else:
            waiting += reversed([" ", *node.children] if node.tag == "br" or node.is_block else node.children)
    return " ".join("".join(parts).split())
