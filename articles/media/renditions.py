"""The smaller copies of pictures that pages show: which there are, which are missing, making them.

Never in a request: a photograph takes a second or more. `manage.py renditions`, the demo, an import
and the worker call `make_missing`.
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

from django.core.files.storage import default_storage

from ..models import Image
from . import resize
from .storage import put

WORKERS = os.cpu_count() or 1
# Starting other processes takes half a second; below this many pictures one does it sooner.
WORTH_PROCESSES = 3


def rendition_name(image, name, kind):
    return f"renditions/{image.sha256}/{name}.{kind}"


def focal_code(image):
    """The focal point in per cent; part of a thumb's name, which a cache may keep for ever."""
    return f"{round(image.focal_x * 100)}-{round(image.focal_y * 100)}"


def thumb_name(image, width):
    return f"thumb-{width}-{focal_code(image)}"


def expected_renditions(image):
    """What the row must say when all is made: widths for each format, and the thumbs of this focal point."""
    widths = resize.widths_for(image.width)
    box = resize.thumb_box(image.width, image.height, image.focal_x, image.focal_y)
    thumbs = resize.widths_for(box[2] - box[0], resize.THUMB_WIDTHS)
    return dict.fromkeys(resize.FORMATS, widths) | {"thumb": thumbs, "focal": focal_code(image)}


def is_complete(image):
    return image.renditions == expected_renditions(image)


def make_renditions(image):
    """Make all copies of one picture, here and now."""
    _store(image, resize.renditions(*_arguments(image)))


def make_missing(images=None, everything=False, progress=lambda images: images):
    """Make what is missing (or `everything`) on all cores; gives how many were made and which failed.

    `progress` wraps the iteration, as tqdm does.
    """
    images = Image.objects.order_by("pk") if images is None else images
    wanted = [image for image in images if everything or not is_complete(image)]
    made, failed = 0, []
    for image, result in progress(_results(wanted)):
        if isinstance(result, Exception):
            failed.append((image, result))
            continue
        _store(image, result)
        made += 1
    return made, failed


def _results(images):
    if len(images) < WORTH_PROCESSES or WORKERS == 1:
        for image in images:
            yield image, _result_or_error(lambda image=image: resize.renditions(*_arguments(image)))
        return
    # Spawned, not forked: a fork would share this process's database connection.
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
        queue, waiting = iter(images), []
        while True:
            # Only so many at a time, or the files of the whole library would wait in memory.
            while len(waiting) < WORKERS * 2 and (image := next(queue, None)):
                started = _result_or_error(lambda image=image: pool.submit(resize.renditions, *_arguments(image)))
                waiting.append((image, started))
            if not waiting:
                return
            image, future = waiting.pop(0)
            yield image, future if isinstance(future, Exception) else _result_or_error(future.result)


def _result_or_error(deed):
    try:
        return deed()
    except (OSError, ValueError) as error:
        return error


def _arguments(image):
    with default_storage.open(image.file.name) as file:
        content = file.read()
    wanted = expected_renditions(image)
    return content, wanted["webp"], wanted["thumb"], (image.focal_x, image.focal_y)


def _store(image, files):
    for (name, kind), content in files.items():
        if name.startswith("thumb-"):
            name = thumb_name(image, name.removeprefix("thumb-"))
        put(rendition_name(image, name, kind), content)
    image.renditions = expected_renditions(image)
    Image.objects.filter(pk=image.pk).update(renditions=image.renditions)
