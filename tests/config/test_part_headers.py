"""A form with files is read as before, and no part of it takes long to read."""

from io import BytesIO

import pytest
from django.core.exceptions import TooManyFieldsSent
from django.core.handlers.wsgi import WSGIRequest
from django.http import multipartparser
from django.utils.http import parse_header_parameters

from config.middleware.part_headers import MOST_SEMICOLONS, limit_part_headers

DISPOSITION = b"Content-Disposition: form-data; "


@pytest.fixture(autouse=True)
def _limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipartparser, "parse_header_parameters", parse_header_parameters)
    limit_part_headers()


def request(*parts: bytes) -> WSGIRequest:
    body = b"".join(b"--BB\r\n" + part + b"\r\n" for part in parts) + b"--BB--\r\n"
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "multipart/form-data; boundary=BB",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
        }
    )


@pytest.mark.parametrize("name", ["a.pdf", "a;b;c.pdf", "Übersicht 2.xlsx", "\U0001f9c1.json"])
def test_what_a_browser_sends_is_read(name: str) -> None:
    file = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\nwords'
    read = request(DISPOSITION + b'name="a"\r\n\r\n1; 2; 3', b"content-disposition" + file.encode()[19:])
    assert read.POST["a"] == "1; 2; 3"
    [given] = read.FILES.getlist("file")
    assert (given.name, given.content_type, given.read()) == (name, "text/plain", b"words")


@pytest.mark.parametrize(
    "line", [DISPOSITION + b'name="a"' + b";" * MOST_SEMICOLONS, b'Other: form-data; name="a"', b"a" * 900]
)
def test_what_no_browser_sends_is_no_header(line: bytes) -> None:
    assert request(line + b"\r\n\r\nvalue").POST == {}


@pytest.mark.parametrize(
    "header", [b'Content-Disposition: form-data; x="' + b";" * 900, (b'A: b;"\r\n') * 110, b"X" + b"; a*0*=b''" * 90]
)
def test_no_header_of_a_thousand_parts_reaches_the_slow_parser(header: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    slow: list[str] = []

    def parse(line: str) -> tuple[str, dict[str, str]]:
        slow.append(line)
        return "multipart/form-data", {"boundary": "BB"}

    monkeypatch.setattr("config.middleware.part_headers.parse_header_parameters", parse)
    with pytest.raises(TooManyFieldsSent):
        _ = request(*[header + b"\r\n\r\n"] * 1100).POST
    assert slow == ["multipart/form-data; boundary=BB"]
