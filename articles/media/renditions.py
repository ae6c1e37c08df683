"""Renditions, the smaller copies of pictures that pages show: their names, which are missing, and making them.

They are never made in a request: a photograph takes a second or more. `manage.py renditions` and the demo call
`make_missing`.
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

from django.core.files.storage import default_storage

from ..models import Image
from . import resize
from .storage import put

WORKERS = os.cpu_count() or 1
# Starting other processes takes half a second; fewer pictures than this are made sooner without them.
PARALLEL_FROM = 3


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


def is_complete(image):
    return image.renditions == expected_renditions(image)


def make_missing(images=None, everything=False, progress=lambda images: images):
    """Make the missing renditions (or `everything`) of these images, by default of all, on all cores.

    Returns (number made, [(image, error) of those that failed]). `progress` wraps the iteration, as tqdm does.
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
    if len(images) < PARALLEL_FROM or WORKERS == 1:
        for image in images:
            yield image, _result_or_error(lambda image=image: resize.renditions(*_arguments(image)))
        return
    # Spawned, not forked: a fork would share this process's database connection.
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
        queue, waiting = iter(images), []
        while True:
            # Only a few at a time, or the files of the whole library would wait in memory.
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
