"""Renditions, the smaller copies of pictures that pages show: their names, which are missing, and making them.

A photograph takes a second or more, so they are made in the background (background.py) or by `manage.py renditions`.
Until then pages show a quick copy of each original that is too large. The database says which copies are due; a
process claims a picture before it makes its copies, so that two never make the same.
"""

import logging
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import timedelta
from functools import partial

from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.utils import timezone

from ..models import Copies, Image
from . import cleanup, resize
from .formats.embedded import packet
from .storage import NotStored, put

logger = logging.getLogger(__name__)

MOST_WORKERS = 4  # each may take 400 MB
WORKERS = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST_WORKERS)
# Starting other processes takes half a second; fewer pictures than this are made sooner without them.
PARALLEL_FROM = 3
# Spawned, not forked: a fork would share this process's database connection.
SPAWNED = multiprocessing.get_context("spawn")
# A change of these makes new copies: thumbnails show the focal point, and all copies carry the credit.
SHOWN_IN_COPIES = {"focal_x", "focal_y", "credit", "copyright", "terms"}
CLAIM = timedelta(minutes=2)  # what a killed process had claimed is free again after it


def rendition_name(image, name, kind):
    return f"renditions/{image.sha256}/{name}.{kind}"


def focal_code(image):
    """The focal point in per cent. Part of a thumbnail's name, because caches may keep a file for ever."""
    return f"{round(image.focal_x * 100)}-{round(image.focal_y * 100)}"


def thumb_name(image, width):
    return f"thumb-{width}-{focal_code(image)}"


def expected_renditions(image):
    """What `Image.renditions` holds when all files are made: widths by format, thumbnails, focal point."""
    widths = resize.widths_for(image.width)
    box = resize.thumb_box(image.width, image.height, image.focal_x, image.focal_y)
    thumbs = resize.widths_for(box[2] - box[0], resize.THUMB_WIDTHS)
    return dict.fromkeys(resize.FORMATS, widths) | {"thumb": thumbs, "focal": focal_code(image)}


def names_of_made(image, kind):
    """The names of the copies in a format ("avif", "webp") that were made."""
    made = image.renditions or {}
    names = [*map(str, made.get(kind, ())), *(f"thumb-{width}-{made['focal']}" for width in made.get("thumb", ()))]
    return [rendition_name(image, name, kind) for name in names]


def is_complete(image):
    return image.renditions == expected_renditions(image)


def quick_name(image):
    return rendition_name(image, "quick", "webp")


def needs_quick_copy(image):
    """Whether the original is too large to be shown while the copies are due."""
    return image.size > resize.QUICK_BYTES and not (image.renditions or {}).get("webp")


def make_quick(image):
    """Make the quick copy. Raises OSError, ValueError or ValidationError if the original cannot be read."""
    with default_storage.open(image.file.name) as file:
        put(quick_name(image), resize.quick(file.read()))


def due():
    """The images whose copies are due."""
    return Image.objects.filter(copies=Copies.DUE).order_by("-pk")


def unclaimed():
    """Those of them that no process is working on."""
    return due().filter(Q(copies_claimed_until=None) | Q(copies_claimed_until__lt=timezone.now()))


def is_claimed():
    """Whether a process is working on any."""
    return due().filter(copies_claimed_until__gte=timezone.now()).exists()


def claimed():
    """Claim and yield images until nothing is due, the newest first; last those that a process had when it ended.

    These have `was_claimed`: they may have killed that process.
    """
    untried_first = F("copies_claimed_until").asc(nulls_first=True)
    while found := unclaimed().order_by(untried_first, "-pk").values_list("pk", "copies_claimed_until").first():
        pk, earlier_claim = found
        is_mine = unclaimed().filter(pk=pk).update(copies_claimed_until=timezone.now() + CLAIM)
        if is_mine and (image := Image.objects.filter(pk=pk).first()):
            image.was_claimed = earlier_claim is not None
            yield image


def mark_incomplete(everything=False):
    """Mark the copies as due of all images that lack some, or failed, or of all. Returns how many are due now."""
    images = Image.objects.exclude(copies=Copies.DUE)
    wanted = [image.pk for image in images.iterator() if everything or not is_complete(image)]
    for at in range(0, len(wanted), 500):
        Image.objects.filter(pk__in=wanted[at : at + 500]).update(copies=Copies.DUE, copies_claimed_until=None)
    return due().count()


def make_due(progress=lambda results: results):
    """Make the copies that are due, on all cores. Returns (number made, [(image, error) of those that failed]).

    `progress` wraps the iteration, as tqdm does.
    """
    made, failed = 0, []
    for image, result in progress(_results(claimed(), due().count())):
        if isinstance(result, Exception):
            if _finish(image, Copies.FAILED):
                failed.append((image, result))
                logger.warning("The smaller copies of %s could not be made: %s", image.file.name, result)
            continue
        try:
            made += _store(image, result)
        except NotStored as error:  # the others would fail, too; all stay due
            failed.append((image, error.messages[0]))
            logger.warning("The smaller copies of %s could not be stored: %s", image.file.name, error.messages[0])
            break
    return made, failed


def _results(images, number):
    """Yield (image, its copies or an error). Only the picture that kills its process fails, however often that is."""
    if number < PARALLEL_FROM or WORKERS == 1:
        for image in images:
            yield image, _made_alone(image) if image.was_claimed else _result_or_error(partial(_made_here, image))
        return
    while True:
        unfinished = []
        for image, result in _made_side_by_side(images):
            if isinstance(result, BrokenProcessPool):
                unfinished.append(image)  # its process was killed, by this picture or by one beside it
            else:
                yield image, result
        if not unfinished:
            return
        for image in unfinished:
            yield image, _made_alone(image)


def _made_side_by_side(images):
    """Yield (image, result) until there are no more images or a process is killed."""
    with ProcessPoolExecutor(WORKERS, SPAWNED) as pool:
        waiting, is_whole = [], True
        while True:
            # Only a few at a time, or the files of the whole library would wait in memory.
            while is_whole and len(waiting) < WORKERS * 2 and (image := next(images, None)):
                waiting.append((image, _result_or_error(partial(_begun, pool, image))))
            if not waiting:
                return
            image, future = waiting.pop(0)
            result = future if isinstance(future, Exception) else _result_or_error(future.result)
            is_whole = is_whole and not isinstance(result, BrokenProcessPool)
            yield image, result


def _made_alone(image):
    """The copies, made by a process that has nothing else to do."""
    with ProcessPoolExecutor(1, SPAWNED) as pool:
        return _result_or_error(lambda: _begun(pool, image).result())


def _made_here(image):
    return resize.renditions(*_arguments(image))


def _begun(pool, image):
    return pool.submit(resize.renditions, *_arguments(image))


def _result_or_error(deed):
    try:
        return deed()
    except (OSError, ValueError, MemoryError, BrokenProcessPool) as error:
        return error


def _arguments(image):
    with default_storage.open(image.file.name) as file:
        content = file.read()
    wanted = expected_renditions(image)
    texts = (image.credit, image.copyright_notice, image.terms, image.terms_address)
    return (
        content,
        wanted["webp"],
        wanted["thumb"],
        (image.focal_x, image.focal_y),
        packet(*texts, original=image.sha256),
    )


def _store(image, files):
    """Store the copies; False, and none stays, if somebody has deleted the picture or replaced its file meanwhile."""
    for (name, kind), content in files.items():
        if name.startswith("thumb-"):
            name = thumb_name(image, name.removeprefix("thumb-"))
        put(rendition_name(image, name, kind), content, replace=True)
    image.renditions = expected_renditions(image)
    is_there = _finish(image, Copies.MADE, renditions=image.renditions)
    if not is_there:
        cleanup.delete_unused_copies(image.sha256)
    return is_there


def _finish(image, copies, **fields):
    """Record the outcome. If somebody changed what the copies show or carry meanwhile, they are still due.

    False if the picture was deleted or got another file.
    """
    row = Image.objects.filter(pk=image.pk, sha256=image.sha256)
    same = row.filter(**{name: getattr(image, name) for name in SHOWN_IN_COPIES})
    return bool(
        same.update(copies=copies, copies_claimed_until=None, **fields)
        or row.update(copies_claimed_until=None, **fields)
    )
