"""What goes out compressed, what does not, and that pages stay what they are."""

import gzip
from collections.abc import Callable

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from config import settings
from config.middleware.compression import LEAST_BYTES, CompressionMiddleware

PAGE = b"<p>All of it is written down.</p>" * 200
WANTED = {"Accept-Encoding": "gzip, deflate, br"}


def through(answer: HttpResponseBase, **headers: str) -> HttpResponseBase:
    request = RequestFactory().get("/", headers=headers or WANTED)
    return CompressionMiddleware(lambda _request: answer).process_response(request, answer)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/plain", "application/json", "image/svg+xml"])
def test_texts_are_compressed(kind: str) -> None:
    answer = through(HttpResponse(PAGE, content_type=kind))
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Vary"] == "Accept-Encoding"
    assert isinstance(answer, HttpResponse)
    assert int(answer["Content-Length"]) == len(answer.content) < len(PAGE) / 5
    assert gzip.decompress(answer.content) == PAGE


@pytest.mark.parametrize("kind", ["application/pdf", "application/zip", "image/png", "font/woff2"])
def test_files_that_are_compressed_already_are_not(kind: str) -> None:
    assert not through(HttpResponse(PAGE, content_type=kind)).has_header("Content-Encoding")


def test_what_is_small_is_not() -> None:
    """Such as the answer to an autosave."""
    assert not through(HttpResponse(PAGE[: LEAST_BYTES - 1])).has_header("Content-Encoding")
    assert through(HttpResponse(PAGE[:LEAST_BYTES])).has_header("Content-Encoding")


def test_nor_is_what_a_browser_does_not_take() -> None:
    answer = through(HttpResponse(PAGE), accept_encoding="identity")
    assert not answer.has_header("Content-Encoding")
    assert answer["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "make",
    [lambda: StreamingHttpResponse([PAGE], content_type="text/csv"), lambda: FileResponse([PAGE], filename="a.csv")],
)
def test_what_is_streamed_stays_as_it_is(make: Callable[[], HttpResponseBase]) -> None:
    answer = make()
    answer["ETag"], answer["Content-Length"] = '"sha"', str(len(PAGE))
    answer = through(answer)
    assert not answer.has_header("Content-Encoding")
    assert (answer["ETag"], answer["Content-Length"]) == ('"sha"', str(len(PAGE)))


def test_a_tag_becomes_weak_because_the_bytes_differ_each_time() -> None:
    answer = through(HttpResponse(PAGE, headers={"ETag": '"one"'}))
    assert answer["ETag"] == 'W/"one"'


def test_no_two_answers_have_the_same_length_for_long() -> None:
    """Otherwise their lengths would tell what is in them: the BREACH attack."""
    lengths = {through(HttpResponse(PAGE))["Content-Length"] for _ in range(50)}
    assert len(lengths) > 5


def test_nothing_that_reads_a_page_comes_after_it() -> None:
    """A middleware above it would see compressed bytes: those set headers or answer before any page is made."""
    above = settings.MIDDLEWARE[: settings.MIDDLEWARE.index("config.middleware.compression.CompressionMiddleware")]
    assert above == ["config.middleware.health.HealthCheckMiddleware", "django.middleware.security.SecurityMiddleware"]
