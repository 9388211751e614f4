"""A Redis that a test may stop, start again and empty, because nobody else uses it."""

import contextlib
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator

from launch.machine import find_program
from launch.servers import REDIS_OPTIONS, free_port

START_SECONDS = 20


class OwnRedis:
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Empty, at the same address as before."""
        program = find_program("redis-server")
        assert program, "redis-server is not installed"
        command = [str(program), "--port", str(self._port), "--dir", self._folder, *map(str, REDIS_OPTIONS)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, "Redis did not start"
            time.sleep(0.05)

    def stop(self) -> None:
        """At once, as a machine that goes away does."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def hang(self) -> None:
        """It keeps its connections and says nothing, until `go_on`."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), timeout=1) as door:
            door.sendall(b"PING\r\n")
            return door.recv(1) == b"+"
        return False


@contextlib.contextmanager
def own_redis() -> Iterator[OwnRedis]:
    with tempfile.TemporaryDirectory(prefix="evenkeel-redis-") as folder:
        redis = OwnRedis(folder)
        redis.start()
        try:
            yield redis
        finally:
            redis.stop()
