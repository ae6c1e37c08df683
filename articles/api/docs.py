"""The OpenAPI document of the API, the page on which to try it, and the answer to unknown URLs."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema

from contacts.languages import organisation_name
from contacts.public_pages import absolute, public_view

from .base import PublicAPIView
from .problems import Problem

DESCRIPTION = """What the public pages show, as JSON. It is read-only and needs no key.

A list gives its newest rows and in `next` the address of the next page; choose fields with `fields`. Answers have an
`ETag`. An address with an unknown parameter is refused, so that a mistake is not taken for an answer. Errors are
`application/problem+json` (RFC 9457). Both come whatever `Accept` says: no answer is 406, and caches keep one for all
(RFC 9110, 12.5.1, allows it). Texts are in the language of their article; names are given in all languages."""


RESOURCES = ("articles", "corrections", "topics", "regions", "countries", "offices", "contacts")


@public_view()
def page(request):
    """The page in English, whatever the reader's language: so is the API."""
    from .urls import urlpatterns

    views = {pattern.name: pattern.callback.view_class for pattern in urlpatterns if pattern.name in RESOURCES}
    context = {
        "alternates": {},
        "canonical_address": request.path,
        "per_minute": settings.API_PER_MINUTE,
        "resources": [(reverse(f"api:{name}"), views[name].__doc__.splitlines()[0]) for name in RESOURCES],
    }
    with override(settings.LANGUAGE_CODE):
        response = render(request, "articles/api.html", context)
    response.the_same_in_all_languages = True
    return response


page.same_in_all_languages = True


@extend_schema(exclude=True)
class Schema(PublicAPIView):
    """The OpenAPI 3.1 document. It does not count: whoever has asked too often may still read what the limits are."""

    throttle_classes = []

    def get(self, request):
        document = SchemaGenerator().get_schema(request=None, public=True)
        document["info"] = {"title": f"{organisation_name()}: API", "version": "1", "description": DESCRIPTION}
        document["servers"] = [{"url": absolute(request._request, "/").removesuffix("/")}]
        return JsonResponse(document)


@extend_schema(exclude=True)
class Nowhere(PublicAPIView):
    """An address without its last slash leads to the one with it; all others are unknown."""

    def get(self, request):
        query = request.META.get("QUERY_STRING")
        if not request.path.endswith("/"):
            return HttpResponsePermanentRedirect(f"{request.path}/" + (f"?{query}" if query else ""))
        raise Problem(404)

    def _asked(self, given):
        return {}
