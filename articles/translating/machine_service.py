"""Asks a translation service (TRANSLATION_URL): LibreTranslate, which an organisation can run itself, or DeepL.

https://docs.libretranslate.com/api/operations/translate/, https://developers.deepl.com/api-reference/translate
"""

import json
import logging
import time
import urllib.error
import urllib.request
from http.client import HTTPException

from django.conf import settings
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

SECONDS = 45  # for a whole article: somebody waits
TIMEOUT = 20  # seconds without an answer
TEXTS, CHARACTERS = 40, 20_000  # of one request
MOST_BYTES = 2 * 1024 * 1024  # of one answer
# As DeepL calls them, where it has several; for sources it has none.
DEEPL_TARGETS = {"en": "EN-GB", "zh": "ZH-HANS"}


class ServiceFailed(Exception):
    """The service did not translate; the text is a sentence for editors."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The texts are not public: they go to the service that the operator has named, and nowhere else."""

    def redirect_request(self, *args):
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def host():
    """The name of the service's machine, as editors see it; "" without a service."""
    return settings.TRANSLATION.host if settings.TRANSLATION else ""


def translate(texts, source, target):
    """The HTML fragments `texts` in the language `target`, in the same order. Raises ServiceFailed."""
    deadline, found = time.monotonic() + SECONDS, []
    for batch in _batches(texts):
        left = deadline - time.monotonic()
        if left <= 0:
            raise ServiceFailed(_("The translation service took too long. Nothing was changed."))
        found += _answer(batch, source, target, min(TIMEOUT, left))
    return found


def _batches(texts):
    batch, length = [], 0
    for text in texts:
        if batch and (len(batch) == TEXTS or length + len(text) > CHARACTERS):
            yield batch
            batch, length = [], 0
        batch.append(text)
        length += len(text)
    if batch:
        yield batch


def _answer(texts, source, target, timeout):
    service = settings.TRANSLATION
    request = (_deepl if service.kind == "deepl" else _libretranslate)(service, texts, source, target)
    try:
        with _opener.open(request, timeout=timeout) as response:
            content = response.read(MOST_BYTES + 1)
        told = json.loads(content)
        found = [one["text"] for one in told["translations"]] if service.kind == "deepl" else told["translatedText"]
        if len(found) != len(texts) or not all(isinstance(one, str) for one in found):
            raise ValueError("another number of texts came back")
    except urllib.error.HTTPError as error:
        with error:
            logger.error("The translation service %s answers %s: %r", service.host, error.code, _beginning(error))
        text = _("The translation service refused (%(status)s). Nothing was changed. The site’s log says more.")
        raise ServiceFailed(text % {"status": error.code}) from error
    except (OSError, HTTPException) as error:
        logger.error("The translation service %s cannot be reached: %s", service.host, error)
        raise ServiceFailed(_("The translation service does not answer. Nothing was changed.")) from error
    except (ValueError, KeyError, TypeError) as error:
        logger.error("The translation service %s answers what nobody can read: %s", service.host, error)
        raise ServiceFailed(_("The translation service answered with something else. Nothing was changed.")) from error
    return found


def _beginning(answer):
    try:
        return answer.read(500)
    except (OSError, HTTPException):
        return b""


def _libretranslate(service, texts, source, target):
    data = {"q": texts, "source": source, "target": target, "format": "html"}
    if service.key:
        data["api_key"] = service.key
    return _post(f"{service.address}/translate", data)


def _deepl(service, texts, source, target):
    data = {
        "text": texts,
        "source_lang": source.partition("-")[0].upper(),
        "target_lang": DEEPL_TARGETS.get(target, target.upper()),
        "tag_handling": "html",
    }
    return _post(f"{service.address}/v2/translate", data, {"Authorization": f"DeepL-Auth-Key {service.key}"})


def _post(address, data, headers=None):
    headers = {"Content-Type": "application/json", "User-Agent": "newsroom"} | (headers or {})
    return urllib.request.Request(address, json.dumps(data).encode(), headers, method="POST")
