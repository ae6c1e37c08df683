"""The documentation of the API, OpenAPI 3.1, from the views themselves: parameters, answers and errors."""

from http import HTTPStatus
from inspect import cleandoc

from django.conf import settings
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

PROBLEM = "application/problem+json"
LONGEST_WORDS = 200
JSON = "JSON, whatever `Accept` says."
REASONS = {
    400: "A parameter is not known, is given twice or has a malformed value.",
    404: "There is no such resource, or nothing has the code or language that was asked for.",
    405: "The API is read-only.",
    410: "The article was removed.",
    429: "Too many answers that no cache had were made for this address; `Retry-After` says when to go on.",
    503: "The database is down or busy for a moment; `Retry-After` says when to try again.",
}


class WrongParameterSerializer(serializers.Serializer):
    parameter = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """An error (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = WrongParameterSerializer(many=True, required=False)


def text(**more):
    return {"type": "string", "minLength": 1, "maxLength": 1000, "pattern": "^[^\\u0000]+$"} | more


def one_of(values):
    return {"type": "string", "enum": list(values)}


def _parameters():
    """{name: (schema, description)} of all query parameters."""
    from ..kinds import kind_choices
    from .paging import CODE_CURSOR, LARGEST_SIZE, MOMENT_CURSOR

    code = "A code, as in the addresses of this API."
    day = {"type": "string", "format": "date"}
    return {
        "kind": (one_of(code for code, _ in kind_choices()), "The kind of article."),
        "region": (text(), f"{code} Finds articles of subregions, too."),
        "country": (text(), f"{code} Finds a country by ISO 3166-1 alpha-2 and -3, UN M49 or name, too."),
        "topic": (text(), f"{code} Finds articles of subtopics, too."),
        "office": (text(), f"{code} Finds articles of closed offices whose work it continues, too."),
        "year": ({"type": "integer", "minimum": 1, "maximum": 9999}, "Published in this year."),
        "from": (day, "Published on this day or later."),
        "to": (day, "Published on this day or earlier."),
        "q": (text(maxLength=LONGEST_WORDS), "Words, also “quoted phrases” and beginn*."),
        "sort": (one_of(["relevance"]), "Of a search: the most relevant hits first."),
        "language": (one_of(code for code, _ in settings.LANGUAGES), "Articles in this language; default: all."),
        "reference": (text(), "The story with this reference number, in all its languages."),
        "slug": (text(), "The last part of the address of an article's page."),
        "page_size": (
            {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE}, "How many a page has at most.",
        ),
        "moment_cursor": (text(pattern=f"^{MOMENT_CURSOR.pattern}$"), "Where the page begins: take `next`."),
        "code_cursor": (text(pattern=f"^{CODE_CURSOR.pattern}$"), "Where the page begins: take `next`."),
    }  # fmt: skip


class ResourceSchema(AutoSchema):
    """For the views of `base`: all that can be said of them stands in their classes."""

    @property
    def is_list(self):
        return hasattr(self.view, "cursor_pattern")

    @property
    def resource(self):
        """ "article" """
        return self.view.serializer_class.__name__.removesuffix("Serializer").lower()

    def get_operation_id(self):
        """listArticles, getArticle"""
        name = type(self.view).__name__
        return f"list{name}" if self.is_list else f"get{name.removesuffix('Detail')}"

    def get_tags(self):
        return [{"country": "countries"}.get(self.resource, f"{self.resource}s")]

    def get_description(self):
        return cleandoc(type(self.view).__doc__)

    def get_summary(self):
        return self.get_description().split(".")[0]

    def get_override_parameters(self):
        known = _parameters()
        names = [name for name in (*self.view.own_parameters, "page_size") if name in self.view.parameters]
        rows = [(name, *known[name]) for name in names]
        if self.is_list:
            from .paging import CODE_CURSOR

            is_code = self.view.cursor_pattern == CODE_CURSOR
            rows.append(("cursor", *known["code_cursor" if is_code else "moment_cursor"]))
        found = [OpenApiParameter(name, schema, description=told) for name, schema, told in rows]
        names = list(self.view.serializer_class().fields)
        fields = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": names}}
        told = "Only these fields, separated by commas; default: all."
        fields = OpenApiParameter("fields", fields, description=told, style="form", explode=False)
        return [*found, fields, *_headers()]

    def get_response_serializers(self):
        statuses = [400, 405, 429, 503] + ([404] if not self.is_list or self.view.own_parameters else [])
        statuses += [410] if type(self.view).__name__ == "ArticleDetail" else []
        problems = {(status, PROBLEM): _problem(status) for status in sorted(statuses)}
        return {200: OpenApiResponse(self._serializer(), description=JSON)} | problems

    def _serializer(self):
        serializer = self.view.serializer_class
        if not self.is_list:
            return serializer()
        fields = {
            "count": serializers.IntegerField(allow_null=True, help_text="How many there are in all, if known."),
            "next": serializers.URLField(allow_null=True, help_text="The address of the next page."),
            "results": serializer(many=True),
        }
        return inline_serializer(f"{serializer.__name__.removesuffix('Serializer')}List", fields=fields)


def _problem(status):
    value = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    example = OpenApiExample(str(status), value=value, response_only=True)
    return OpenApiResponse(ProblemSerializer, description=REASONS[status], examples=[example])


def _headers():
    told = {
        "ETag": "For `If-None-Match`: 304 while nothing has changed.",
        "Link": "Of lists: the next page, and the page that shows the same to people.",
        "RateLimit": "What this client has left, if the answer was made anew (draft-ietf-httpapi-ratelimit-headers).",
        "RateLimit-Policy": "How many answers that no cache has a client gets.",
    }
    return [
        OpenApiParameter(name, str, OpenApiParameter.HEADER, description=text, response=[200])
        for name, text in told.items()
    ]


def without_marks(result, **options):
    """Postprocessing hook: leaves out drf-spectacular's own marks at enumerations."""
    if isinstance(result, dict):
        return {name: without_marks(value) for name, value in result.items() if name != "x-spec-enum-id"}
    return [without_marks(value) for value in result] if isinstance(result, list) else result
