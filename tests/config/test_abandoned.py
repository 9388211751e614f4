"""A page for which nobody waits any more is not made; a form that was sent is worked on."""

import socket
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.middleware.abandoned import NOBODY_LISTENS, AbandonedRequestMiddleware, has_hung_up


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of a connection: the client's and the server's."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        client = socket.create_connection(listening.getsockname())
        server, _address = listening.accept()
    with client, server:
        yield client, server


def status(method: str, connection: socket.socket | None) -> int:
    def work(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("made")

    request = RequestFactory().generic(method, "/coverage/")
    request.META["gunicorn.socket"] = connection
    return AbandonedRequestMiddleware(work)(request).status_code


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_whoever_waits_is_answered(method: str, ends: tuple[socket.socket, socket.socket]) -> None:
    client, server = ends
    client.sendall(b"GET / HTTP/1.1")
    assert status(method, server) == 200


@pytest.mark.parametrize(("method", "expected"), [("GET", NOBODY_LISTENS), ("HEAD", NOBODY_LISTENS), ("POST", 200)])
def test_whoever_hung_up_is_not(method: str, expected: int, ends: tuple[socket.socket, socket.socket]) -> None:
    client, server = ends
    client.sendall(b"GET / HTTP/1.1")
    client.close()
    while server.recv(64):  # until the end of the connection has arrived
        pass
    assert status(method, server) == expected


def test_where_that_cannot_be_known_everybody_is_answered() -> None:
    """Another server, a socket that is none of TCP, and one that is closed already."""
    assert status("GET", None) == 200
    one, other = socket.socketpair()
    with one, other:
        assert not has_hung_up(one)
    assert not has_hung_up(one)
