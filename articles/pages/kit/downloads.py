"""Downloads that are written while they are sent."""

from django.http import StreamingHttpResponse
from django.utils.cache import get_conditional_response


def streamed(request, etag, pieces, content_type, name):
    """A file as a streamed response; 304 if the client has this `etag` already. `pieces`: a generator of its bytes."""
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    return get_conditional_response(request, etag=etag, response=response)
