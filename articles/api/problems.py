"""Errors of the API as `application/problem+json` (RFC 9457), for clients that are programs."""

from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.http import JsonResponse
from rest_framework import exceptions
from rest_framework.views import exception_handler

CONTENT_TYPE = "application/problem+json"
STORED = (404, 410)  # for seconds, by the page cache
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After",
}


class Problem(exceptions.APIException):
    """An answer with this status. `errors`: [{"parameter": name, "detail": sentence}] of what is wrong."""

    def __init__(self, status, detail="", errors=()):
        super().__init__(detail)
        self.status_code, self.text, self.errors = status, detail, list(errors)


def answer(status, detail="", errors=(), headers=None):
    """The response. It is the same in all languages: programs read it."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = list(errors)
    response = JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=HEADERS | (headers or {}))
    if status not in STORED:
        response["Cache-Control"] = "no-store"
    response.the_same_in_all_languages = True
    return response


def handle(error, context):
    """DRF's EXCEPTION_HANDLER. None for what nobody expected: Django logs it and calls `handler500`."""
    if isinstance(error, Problem):
        return answer(error.status_code, error.text, error.errors)
    if isinstance(error, BadRequest):
        return answer(400, str(error))
    response = exception_handler(error, context)
    if response is None:
        return None
    kept = {name: response[name] for name in ("Allow", "Retry-After") if response.has_header(name)}
    if isinstance(error, exceptions.MethodNotAllowed):
        kept["Allow"] = ", ".join(context["view"].allowed_methods)
    detail = getattr(error, "detail", "")
    return answer(response.status_code, "" if response.status_code == 404 else str(detail), headers=kept)
