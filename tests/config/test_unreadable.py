"""Requests that cannot be read are refused with a page, every header and nothing in the log that was sent."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client, RequestFactory

pytestmark = pytest.mark.django_db


def served(path: str, content_type: str) -> tuple[str, dict[str, str], str]:
    """What the application that gunicorn runs answers to a POST."""
    from config.wsgi import application

    started: list[Any] = []
    url, _, query = path.partition("?")
    environ = RequestFactory().generic("POST", url, b"a=b").environ
    # A server answers a read beyond the end with what there is; Django's stand-in for tests refuses it.
    environ["wsgi.input"] = BytesIO(b"a=b")
    environ.update({"CONTENT_TYPE": content_type, "QUERY_STRING": query, "SERVER_NAME": "testserver"})
    body = b"".join(application(environ, lambda status, headers, *_: started.extend((status, dict(headers)))))
    return started[0], started[1], body.decode()


@pytest.mark.parametrize(
    "charset", ["rot13", "zlib", "hex", "base64", "utf-16", "unicode_escape", "idna", "utf-7", "\0"]
)
@pytest.mark.parametrize("path", ["/", "/account/sign-in/?next=/", "/account/sign-up/?a=%ff"])
def test_an_odd_character_set(charset: str, path: str) -> None:
    status, headers, body = served(path, f"text/plain; charset={charset}")
    assert status == "400 Bad Request"
    assert "That request could not be read" in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "content_type",
    [
        "a/b; x*=nosuch''y",
        "multipart/form-data; boundary=a; x*0*=nosuch''y",
        "a/b; " + ";" * 8000,
        "a/b; x=" + "y" * 200,
        "a/b" * 70,
        "a/b; c; d; e; f",
    ],
)
def test_an_odd_type(content_type: str) -> None:
    status, _, body = served("/account/sign-in/?next=/", content_type)
    assert status == "400 Bad Request"
    assert "That request could not be read" in body


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", f"multipart/form-data; boundary={'-' * 70}", "application/json; charset=utf-8", ";", "; ="],
)
def test_usual_types(content_type: str) -> None:
    assert served("/account/sign-in/", content_type)[0] == "403 Forbidden", "the CSRF check looked for the form"


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "us-ascii", "no-such-charset", '"', ""])
def test_others_are_served(charset: str) -> None:
    status, _, _ = served("/account/sign-in/?a=b", f"application/x-www-form-urlencoded; charset={charset}")
    assert status == "403 Forbidden", "the CSRF check read the form"


@pytest.mark.parametrize("path", ["/bank/%00/", "/organisations/%00/", "/\0", "/account/email/confirm/a%00b/"])
def test_no_address_has_a_nul(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["next=%00", "a%00=b", "q=a&q=b%00"])
def test_no_query_has_a_nul(client: Client, query: str) -> None:
    assert client.get(f"/account/sign-in/?{query}").status_code == 400
