"""What every request passes, on top of Django's own middleware: probes, security headers, the language of answers."""

from django.middleware.locale import LocaleMiddleware
from django.middleware.security import SecurityMiddleware

PERMISSIONS = "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
# For what is no page, such as files and plain text: if a browser should show it as one, it loads and runs nothing.
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"


def outermost(get_response):
    """Answers /healthz and /readyz whatever the Host, TLS or language is, and leaves no answer without its headers.

    A load balancer asks by address and over plain HTTP; the layers below would redirect or refuse it. They also refuse
    some requests before the headers are set, for instance those for a foreign host.
    """
    django = SecurityMiddleware(get_response)

    def middleware(request):
        if request.path_info in ("/healthz", "/readyz") and request.method in ("GET", "HEAD"):
            from .serving import health  # needs Django's apps

            response = health.healthz() if request.path_info == "/healthz" else health.readyz()
        else:
            response = get_response(request)
        if "Permissions-Policy" not in response.headers and response.status_code != 304:
            response = _completed(django.process_response(request, response))
        return response

    return middleware


def security_headers(get_response):
    """The headers that Django's SecurityMiddleware does not know, within the page cache: it keeps them."""
    return lambda request: _completed(get_response(request))


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
