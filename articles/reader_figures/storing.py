"""Adds what a process has counted to the rows of the day: the job "reader figures" of every process."""

from collections import Counter
from datetime import timedelta
from pathlib import PurePath

from django.conf import settings
from django.db import connection, transaction
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import get_language_from_path, override

from ..models import Article, Attachment, ReaderCount, Recording
from ..pages.kit import public_pictures
from .counting import counts

JOB, STORE_EVERY = "reader figures", 30  # seconds
CLEANING, CLEAN_EVERY, KEPT = "reader figures: old ones", 24 * 60 * 60, timedelta(days=800)
Kind = ReaderCount.Kind
PLACES = ("region", "country", "topic", "office")
PAGES = {"home", "list", "archive", "corrections", "contact", "verify", "alerts", "offices", "media-contacts", "page"}
KITS = {"press-kit": "kit", "plain-text": "text"}
FILES = {"attachments": Attachment, "recordings": Recording}


def store():
    """Nothing is lost while the database is away: what could not be stored is counted again."""
    taken = counts.take()
    if not taken:
        return
    try:
        _add(_rows(taken))
    except Exception:
        for key, number in taken.items():
            counts.add(key, number)
        raise


def clean():
    """Sums of days and languages are kept forever, all else for some two years."""
    ReaderCount.objects.filter(day__lt=timezone.now().date() - KEPT).exclude(kind=Kind.ALL).delete()


def _rows(taken):
    """{(kind, article, key, language): number}"""
    rows, of_slug, of_file = Counter(), Counter(), Counter()
    for (path, query, site), number in taken.items():
        language = get_language_from_path(path) or ""
        with override(language or settings.LANGUAGE_CODE):
            try:
                match = resolve(path)
            except Resolver404:
                continue
        name, values = match.url_name, match.kwargs
        if name == "media":
            of_file[values["name"]] += number
        elif name == "article" or name in KITS:
            of_slug[name, language, values["slug"], site] += number
        elif name == "picture-file":
            if found := public_pictures.find(values["key"]):
                image, _articles = found
                rows[Kind.DOWNLOAD, 0, f"image {image.pk}", ""] += number
        elif name in PAGES or name in PLACES:
            keys = [f"{name} {values['code']}"] if name in PLACES else [name, *_chosen(query)]
            for key in keys:
                rows[Kind.PAGE, 0, key, language] += number
            _count_page(rows, 0, language, site, number)
    _count_articles(rows, of_slug)
    _count_files(rows, of_file)
    return rows


def _chosen(query):
    """What a list was narrowed to: ["region europe"]."""
    chosen = QueryDict(query) if query else {}
    return [f"{name} {chosen[name]}"[:200] for name in PLACES if chosen.get(name)]


def _count_page(rows, article, language, site, number):
    rows[Kind.ALL, 0, "", language] += number
    if site:
        rows[Kind.SITE, article, site, language] += number


def _count_articles(rows, of_slug):
    pairs = {(language, slug) for _, language, slug, _ in of_slug}
    live = Article.objects.live().filter(slug__in={slug for _, slug in pairs}).order_by()
    ids = {(language, slug): pk for pk, language, slug in live.values_list("pk", "language", "slug")}
    for (name, language, slug, site), number in of_slug.items():
        if article := ids.get((language, slug)):
            if name in KITS:
                rows[Kind.DOWNLOAD, article, KITS[name], language] += number
            else:
                rows[Kind.ARTICLE, article, "", language] += number
                _count_page(rows, article, language, site, number)


def _count_files(rows, of_file):
    """Attachments and recordings: what a reader asks for, and no picture, which a page brings along."""
    for folder, model in FILES.items():
        digests = {name: PurePath(name).stem for name in of_file if name.startswith(f"{folder}/")}
        ids = dict(model.objects.filter(sha256__in=set(digests.values())).values_list("sha256", "pk"))
        for name, digest in digests.items():
            if digest in ids:
                rows[Kind.DOWNLOAD, 0, f"{model._meta.model_name} {ids[digest]}", ""] += of_file[name]


def _add(rows):
    table, today = ReaderCount._meta.db_table, timezone.now().date()
    sql = (
        f"INSERT INTO {table} (day, kind, article, key, language, number) VALUES (%s, %s, %s, %s, %s, %s)"
        f" ON CONFLICT (day, kind, article, key, language) DO UPDATE SET number = {table}.number + excluded.number"
    )
    # In one order, so that two processes never wait for each other.
    values = [(today, *map(str, key[:1]), *key[1:], number) for key, number in sorted(rows.items())]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(sql, values)
