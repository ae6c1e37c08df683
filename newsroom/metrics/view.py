"""The view of /metrics, for clients with METRICS_TOKEN, never cached. Without that setting there is no such page."""

import hmac
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.db import connection
from django.http import HttpResponse

from . import counters, exposition, readings
from .exposition import Metric

PATH = "/metrics"


def is_wanted(request):
    """Whether the request is for this page, and there is one."""
    return request.path_info == PATH and bool(settings.METRICS_TOKEN) and request.method in ("GET", "HEAD")


def answer(request):
    given = request.META.get("HTTP_AUTHORIZATION", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        response = HttpResponse("Authorization: Bearer, with METRICS_TOKEN\n", status=401, content_type="text/plain")
        response["WWW-Authenticate"] = 'Bearer realm="metrics"'
    else:
        found = [*_of_requests(), *readings.metrics(), _build()]
        response = HttpResponse(exposition.text(found), content_type=exposition.CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def _of_requests():
    counting = counters.counters()
    if counting is None:
        return
    requests, times = counting.read()
    metric = Metric("newsroom_requests_total", "Requests by kind of page, page cache and class of status.", "counter")
    for kind, cache, status, number in requests:
        metric.add(number, kind=kind, cache=cache, status=status)
    yield metric
    words = "How long pages took that no cache had."
    yield exposition.histogram("newsroom_render_seconds", words, counters.UP_TO, times)


def _build():
    return Metric("newsroom_build_info", "The version that runs.").add(
        1, version=_version(), database=connection.vendor
    )


def _version():
    """That of the installed package or, in a clone, of pyproject.toml."""
    try:
        return version("newsroom")
    except PackageNotFoundError:
        lines = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8").splitlines()
        return next((line.split('"')[1] for line in lines if line.startswith("version = ")), "unknown")
