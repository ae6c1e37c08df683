"""A card in the answer to a search shows where the reader's words are."""

from django import template

from articles.html import plain

register = template.Library()


@register.filter
def marked(text, marks):
    return marks.marked(text)


@register.filter
def excerpt(article, marks):
    """The standfirst if it has one of the words, else the part of the text that has."""
    return marks.excerpt(article.summary, plain(article.body), plain(article.notes_to_editors))
