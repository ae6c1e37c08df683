"""What all answers of the API share: parameters, sparse fields, headers, and that nothing depends on who asks.

Every view is a public one in the sense of `contacts.public_pages.public_view`: no session, no user, and its answer
depends on path and parameters alone, so that the page cache keeps it. The answer is JSON whatever `Accept` says
(RFC 9110, 12.5.1, allows that), and the same whatever language the client prefers.
"""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import override
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.public_pages import absolute

from . import problems, throttle
from .problems import Problem
from .schema import ResourceSchema

FIELDS, LANGUAGE = "fields", "language"
LONGEST = 1000  # characters of a parameter
MAX_AGE_OF_PREFLIGHT = "86400"


class OnlyJSON(BaseContentNegotiation):
    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class PublicAPIView(APIView):
    """A view of the API. `own_parameters`: the query parameters that it reads, besides `fields`.

    serializer_class: of the rows that it gives; `request.asked` holds the parameters of the request.
    """

    own_parameters = ()
    serializer_class = None
    refuses_other_parameters = same_in_all_languages = True
    http_method_names = ["get", "head", "options"]
    schema = ResourceSchema()
    renderer_classes = [JSONRenderer]
    content_negotiation_class = OnlyJSON
    authentication_classes = permission_classes = parser_classes = []
    throttle_classes = [throttle.PerAddress]

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls.parameters = frozenset([*cls.own_parameters, *([FIELDS] if cls.serializer_class else [])])

    def dispatch(self, request, *args, **kwargs):
        with override(settings.LANGUAGE_CODE):
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        response.the_same_in_all_languages = True
        for name, value in problems.HEADERS.items():
            response[name] = value
        if settings.API_PER_MINUTE and self.throttle_classes:
            response["RateLimit-Policy"] = throttle.policy()
        if "Vary" in response:  # DRF's "Accept"
            del response["Vary"]
        return response

    def get_exception_handler(self):
        return problems.handle

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            request.asked = self._asked(request._request.GET)

    def options(self, request, *args, **kwargs):
        """For browsers that ask before they send headers of their own (the Fetch standard, "CORS-preflight")."""
        allowed = ", ".join(self.allowed_methods)
        headers = {
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": MAX_AGE_OF_PREFLIGHT,
        }
        return HttpResponse(status=204, headers=headers)

    def http_method_not_allowed(self, request, *args, **kwargs):
        raise MethodNotAllowed(request.method)

    def _asked(self, given):
        """{parameter: value}; what nobody reads, has no value or comes twice is refused, because it is a mistake."""
        errors = []
        for name, values in given.lists():
            if name not in self.parameters:
                errors.append({"parameter": name[:LONGEST], "detail": "There is no such parameter."})
            elif len(values) > 1:
                errors.append({"parameter": name, "detail": "Give it once."})
            elif not values[0]:
                errors.append({"parameter": name, "detail": "It has no value."})
            elif len(values[0]) > LONGEST or "\0" in values[0]:
                errors.append({"parameter": name, "detail": "This is too long or has a character that is not allowed."})
        if errors:
            raise Problem(400, "The address has parameters that cannot be used.", errors)
        return given.dict()

    def fields(self):
        """The names of the fields that were asked for; all without a choice."""
        known = self.serializer_class().fields
        if FIELDS not in self.request.asked:
            return list(known)
        names = self.request.asked[FIELDS].split(",")
        if unknown := [name for name in names if name not in known]:
            detail = f"There are no such fields: {', '.join(unknown)[:LONGEST]}. There are: {', '.join(known)}."
            raise Problem(400, "The fields are not known.", [{"parameter": FIELDS, "detail": detail}])
        return [name for name in known if name in names]

    def serialized(self, rows, fields):
        return self.serializer_class(rows, many=True, only=fields, context={"absolute": self.absolute}).data

    def absolute(self, path):
        return absolute(self.request._request, path)

    def language(self):
        """The language that was asked for, "" for all."""
        language = self.request.asked.get(LANGUAGE, "")
        if language and language not in dict(settings.LANGUAGES):
            raise Problem(404, "Nothing is published in this language.", [{"parameter": LANGUAGE, "detail": language}])
        return language


class DetailView(PublicAPIView):
    """One resource: that of the row that `found` gives for the parts of the address."""

    def get(self, request, **kwargs):
        fields = self.fields()
        row = self.found(fields, **kwargs)
        if isinstance(row, HttpResponse):
            return row
        if row is None:
            raise Http404
        return Response(self.serialized([row], fields)[0])

    def found(self, fields, **kwargs):
        """The row, a response instead of it, or None where there is nothing; for subclasses."""
        raise NotImplementedError
