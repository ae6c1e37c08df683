"""HTML that many pages share, rendered once by each process: `{% keep "footer" generation %}…{% endkeep %}`.

A piece is kept by its name, the language, the script prefix and the values beside its name. So these values must be
all that the piece shows: when one changes, the piece is rendered anew, and the old one is not asked for any more.
"""

import threading
from collections import OrderedDict

from django import template
from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language

from contacts.memory_size import memory_size

LIMIT = 16_000_000  # bytes in each process
ENTRY = 120  # bytes of an entry

register = template.Library()


class KeptHTML:
    """Pieces of HTML by their keys, up to a number of bytes; the least recently used ones are dropped."""

    def __init__(self, limit):
        self.limit, self.size = limit, 0
        self._pieces = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self):
        return len(self._pieces)

    def get(self, key):
        """The piece, or None. Nothing is kept while DEBUG is on: whoever edits templates sees every change."""
        key = self._full(key)
        with self._lock:
            html, _size = self._pieces.get(key, (None, 0))
            if html is not None:
                self._pieces.move_to_end(key)
            return html

    def put(self, key, html):
        """Keep the piece, and give it back."""
        if settings.DEBUG:
            return html
        key = self._full(key)
        size = ENTRY + memory_size((key, html))
        with self._lock:
            self.size += size - self._pieces.pop(key, (None, 0))[1]
            self._pieces[key] = html, size
            while self.size > self.limit:
                self.size -= self._pieces.popitem(last=False)[1][1]
        return html

    def clear(self):
        with self._lock:
            self._pieces.clear()
            self.size = 0

    @staticmethod
    def _full(key):
        return (get_language(), get_script_prefix(), *key)


kept_html = KeptHTML(LIMIT)


class KeepNode(template.Node):
    child_nodelists = ("content",)  # where Django finds the nodes within

    def __init__(self, content, values):
        self.content, self.values = content, values

    def render(self, context):
        key = ("template", *(str(value.resolve(context)) for value in self.values))
        html = kept_html.get(key)
        return kept_html.put(key, self.content.render(context)) if html is None else html


@register.tag
def keep(parser, token):
    """`{% keep "name" value … %}`: the content is rendered once for the same values, compared as text."""
    _tag, *values = token.split_contents()
    if not values:
        raise template.TemplateSyntaxError("keep needs the name of the piece.")
    content = parser.parse(["endkeep"])
    parser.delete_first_token()
    return KeepNode(content, [parser.compile_filter(value) for value in values])
