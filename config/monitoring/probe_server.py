"""The door for probes: a port of its own, answered by a thread of its own in each web process.

Whoever watches over the site must hear from it when every thread that answers people is busy. It listens only where
PROBE_BIND says so; no proxy leads there.
"""

import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from config.env import probe_address

SLOWEST_SECONDS = 5
_listener: socket.socket | None = None


def open_door() -> None:
    """In the master process, once: its workers share the socket. OSError if the port is taken."""
    global _listener
    address = probe_address()
    if address is not None and _listener is None:
        _listener = socket.create_server(address, backlog=64)
        # Each worker waits for it, and only one of them gets the connection.
        _listener.setblocking(False)


def answer_probes() -> None:
    """In a worker, once the application is loaded; does nothing without a door."""
    if _listener is not None:
        Thread(target=ProbeServer(_listener).serve_forever, name="probes", daemon=True).start()


class ProbeServer(ThreadingHTTPServer):
    """On a socket that listens already."""

    daemon_threads = True

    def __init__(self, listener: socket.socket) -> None:
        super().__init__(listener.getsockname(), ProbeHandler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up in the middle is not worth a line."""


class ProbeHandler(BaseHTTPRequestHandler):
    """What /healthz, /readyz and /metrics say, and 404."""

    timeout = SLOWEST_SECONDS
    server_version, sys_version = "Evenkeel", ""

    def do_GET(self) -> None:
        # Imported here: settings are read before a worker has loaded the application.
        from django.db import connections

        from config.middleware.health import HEADERS, probe_response

        path = self.path.partition("?")[0]
        try:
            response = probe_response(path, self.headers.get("Authorization", ""))
        finally:
            connections.close_all()
        self.send_response(response.status_code if response else 404)
        for name, value in (response.headers if response else HEADERS).items():
            self.send_header(name, value)
        body = response.content if response else b""
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """A line for every probe would bury the others."""
