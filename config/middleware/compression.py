"""Pages go out compressed, under `./run` as in production: docs/decisions/0022-compression.md says why that is safe."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# About what fits into one packet anyway; the answer to an autosave is smaller.
LEAST_BYTES = 1_400
TEXTS = frozenset({"application/json", "image/svg+xml"})


class CompressionMiddleware(GZipMiddleware):
    """Django's, for texts that are worth it. What is streamed has its own size and ETag, and stays as it is.

    WhiteNoise serves static files from copies that were compressed once.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not isinstance(response, HttpResponse) or len(response.content) < LEAST_BYTES or not _is_text(response):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed


def _is_text(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind in TEXTS
