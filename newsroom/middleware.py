"""What every request passes, on top of Django's own middleware: probes, security headers, the language of answers."""

import time

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.middleware.security import SecurityMiddleware

from contacts.public_pages import begin_page

from .cluster import purge

PERMISSIONS = "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
# For what is no page, such as files and plain text: if a browser should show it as one, it loads and runs nothing.
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"

WITH_ID = ("/admin/", "/healthz", "/readyz", "/metrics")  # paths whose answers have the id of the request


def outermost(get_response):
    """Answers /healthz, /readyz and /metrics whatever Host, TLS or language are; leaves no answer without its headers.

    A load balancer and Prometheus ask by address and over plain HTTP; the layers below would redirect or refuse that.
    They also refuse some requests before the headers are set, for instance those for a foreign host. Here each request
    gets its id, and is counted for /metrics.
    """
    from .metrics import counters
    from .metrics import view as metrics
    from .serving import health, request_id  # these need Django's apps

    django = SecurityMiddleware(get_response)
    counters.start(bool(settings.METRICS_TOKEN))

    def answer(request):
        if request.path_info in ("/healthz", "/readyz") and request.method in ("GET", "HEAD"):
            return health.healthz() if request.path_info == "/healthz" else health.readyz()
        if metrics.is_wanted(request):
            return metrics.answer(request)
        began = time.perf_counter()
        response = get_response(request)
        if counting := counters.counters():
            cache = getattr(request, "page_cache", "none")
            counting.add_rendered(request.path_info, cache, response.status_code, time.perf_counter() - began)
        if told := getattr(request, "rate_limit", None):  # of this client: no part of a stored page
            response.headers["RateLimit"] = told
        return response

    def middleware(request):
        begin_page()
        known = request_id.begin(request.META)
        response = answer(request)
        if "Permissions-Policy" not in response.headers and response.status_code != 304:
            response = _completed(django.process_response(request, response))
        # Not on public pages: a cache would give it to others, and answers that must be the same would differ in it.
        if response.status_code >= 500 or (request.path_info.startswith(WITH_ID) and response.status_code != 404):
            response.headers[request_id.HEADER] = known
        return response

    return middleware


def security_headers(get_response):
    """The headers that Django's SecurityMiddleware does not know, within the page cache: it keeps them."""

    def middleware(request):
        response = _completed(get_response(request))
        purge.mark(request, response)
        return response

    return middleware


def _completed(response):
    response.headers["Permissions-Policy"] = PERMISSIONS
    if "Content-Security-Policy" not in response.headers:
        response.headers["Content-Security-Policy"] = NO_PAGE
    return response


class Language(LocaleMiddleware):
    """Django's, but an answer that is `the_same_in_all_languages` does not vary with the language, and is in none."""

    def process_response(self, request, response):
        if getattr(response, "the_same_in_all_languages", False):
            return response
        return super().process_response(request, response)
