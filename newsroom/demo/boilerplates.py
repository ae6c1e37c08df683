"""The demo's published articles get the boilerplates of their offices, as they would have at publication."""

from articles.models import Article
from articles.publishing.revisions import take_boilerplate


def take(users):
    for article in Article.objects.readable().filter(boilerplate="").select_related("office"):
        take_boilerplate(article)
