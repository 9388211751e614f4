"""The web server of `./run`: `python -m config.local_server PORT`, for this machine alone.

waitress takes a request in whole before a thread sees it, and hands a response over whole: nobody who sends or reads
slowly holds a thread. In production the proxy does that, for gunicorn (docs/operations.md).
"""

import signal
import sys
import time
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge

from config.middleware.headers import BARE
from config.middleware.uploads import MAX_UPLOAD_BYTES
from config.wsgi import application

THREADS = 8
# Far more than one machine's browsers open, and fewer than the files that a process may have open.
CONNECTIONS = 900
# A request that is not complete after this time is given up.
REQUEST_SECONDS = 60
IDLE_SECONDS = 30
# Asked to stop, it finishes what it has begun.
GRACE_SECONDS = 5


class WholeRequest(HTTPRequestParser):
    """Knows when it began. One that announces too much goes to the application without its body, which refuses it."""

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.begun = time.monotonic()

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if not isinstance(self.error, RequestEntityTooLarge) or self.chunked:
            return consumed
        self.error: object = None
        self.body_rcv = None
        self.headers["CONNECTION"] = "close"
        return len(data)


class Refusal(ErrorTask):
    """What waitress says to what is no request: with the headers of every response."""

    def execute(self) -> None:
        self.response_headers.extend(BARE.items())
        super().execute()


class BrowserConnection(HTTPChannel):
    parser_class = WholeRequest
    error_task_class = Refusal

    @property
    def busy(self) -> bool:
        return bool(self.requests or self.total_outbufs_len)


class LocalServer(TcpWSGIServer):
    channel_class = BrowserConnection

    def __init__(self, port: int) -> None:
        super().__init__(
            application,
            host="127.0.0.1",
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=5,
            # waitress refuses what is as large as this.
            max_request_body_size=MAX_UPLOAD_BYTES + 1,
            max_request_header_size=32 * 1024,
            asyncore_use_poll=True,
            ident=None,
            # Django reads them itself, and only if BEHIND_PROXY says that a proxy sets them.
            clear_untrusted_proxy_headers=False,
        )
        self.stopping = False

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in self.active_channels.values():
            if channel.request is not None and time.monotonic() - channel.request.begun > REQUEST_SECONDS:
                channel.will_close = True

    def stop(self, *_: object) -> None:
        """Also as the handler of a signal: `run` then finishes what has begun and returns."""
        self.stopping = True
        self.pull_trigger()

    def run(self) -> None:
        while not self.stopping:
            self._turn(1)
        wasyncore.dispatcher.close(self)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and any(channel.busy for channel in self.active_channels.values()):
            self._turn(0.1)
        for channel in list(self.active_channels.values()):
            channel.handle_close()
        self.task_dispatcher.shutdown(timeout=1)
        self.trigger.close()

    def _turn(self, seconds: float) -> None:
        """Waits for something to happen, this long at most, and does it."""
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)


if __name__ == "__main__":
    server = LocalServer(int(sys.argv[1]))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.stop)
    server.run()
