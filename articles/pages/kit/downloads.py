"""Downloads that are written while they are sent."""

from django.http import StreamingHttpResponse
from django.utils.cache import get_conditional_response


def streamed(request, etag, pieces, content_type, name):
    """An answer with a file; whoever has it already (`etag`) is told so. `pieces`: a generator of its bytes."""
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    return get_conditional_response(request, etag=etag, response=response)
