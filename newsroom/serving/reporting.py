"""Reports errors to a Sentry-compatible service (SENTRY_DSN), without anything that is personal or not public.

No cookies, headers, bodies, query strings, local variables, SQL or accounts; messages pass `redact`. The package is an
extra: `pip install newsroom[sentry]`, or sentry-sdk itself.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from . import request_id
from .redact import redacted


def start(**options):
    """Begin, if there is a SENTRY_DSN. Call it once, at the start."""
    if not settings.SENTRY_DSN:
        return
    try:
        import sentry_sdk
    except ImportError:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, and sentry-sdk is not installed: pip install sentry-sdk"
        ) from None
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        before_send=cleaned,
        before_breadcrumb=lambda crumb, hint: None,  # earlier log lines and queries
        include_local_variables=False,
        max_request_body_size="never",
        **options,
    )


def cleaned(event, hint=None):
    """The event without what is personal; what stays of the request is method, path and id."""
    for name in ("user", "breadcrumbs", "extra", "modules"):
        event.pop(name, None)
    if request := event.pop("request", None):
        path = redacted(str(request.get("url", "")).partition("?")[0])
        event["request"] = {"method": request.get("method", ""), "url": path}
    if found := request_id.current():
        event.setdefault("tags", {})["request_id"] = found
    for one in (event.get("exception") or {}).get("values") or ():
        one["value"] = redacted(str(one.get("value") or ""))
    if entry := event.get("logentry"):
        event["logentry"] = {"message": redacted(str(entry.get("formatted") or entry.get("message") or ""))}
    if "message" in event:
        event["message"] = redacted(str(event["message"]))
    return event
