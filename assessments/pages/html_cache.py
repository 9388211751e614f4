"""HTML that was laid out once and is kept in the process, within a bound in bytes and in time."""

import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic

# The quickest one.
COMPRESSION = 1
NOTHING = (0.0, b"")


class HtmlCache:
    """Compressed; what was not read for longest makes room. Threads may share it, and may lay out the same at once.

    After `most_seconds` it is laid out anew: an erasure, which another process does, takes names out of what is frozen.
    """

    def __init__(self, most_bytes: int, most_seconds: float, *, clock: Callable[[], float] = monotonic) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._most_seconds, self._clock = most_seconds, clock
        self._kept: OrderedDict[Hashable, tuple[float, bytes]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get_or_set(self, key: Hashable, lay_out: Callable[[], str]) -> str:
        now = self._clock()
        with self._lock:
            laid_out_at, packed = self._kept.get(key, NOTHING)
            if packed:
                self._kept.move_to_end(key)
        if packed and now - laid_out_at < self._most_seconds:
            return zlib.decompress(packed).decode()
        html = lay_out()
        self._keep(key, now, zlib.compress(html.encode(), COMPRESSION))
        return html

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def _keep(self, key: Hashable, laid_out_at: float, packed: bytes) -> None:
        with self._lock:
            self.bytes += len(packed) - len(self._kept.pop(key, NOTHING)[1])
            self._kept[key] = laid_out_at, packed
            while self.bytes > self.most_bytes:
                self.bytes -= len(self._kept.popitem(last=False)[1][1])
