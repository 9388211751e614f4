"""HTML that was laid out once and is kept in the process, within a bound in bytes."""

import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

# The quickest one.
COMPRESSION = 1


class HtmlCache:
    """Compressed; what was not read for longest makes room. Threads may share it, and may lay out the same at once."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get_or_set(self, key: Hashable, lay_out: Callable[[], str]) -> str:
        with self._lock:
            packed = self._kept.get(key)
            if packed is not None:
                self._kept.move_to_end(key)
        if packed is not None:
            return zlib.decompress(packed).decode()
        html = lay_out()
        self._keep(key, zlib.compress(html.encode(), COMPRESSION))
        return html

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def _keep(self, key: Hashable, packed: bytes) -> None:
        with self._lock:
            self.bytes += len(packed) - len(self._kept.pop(key, b""))
            self._kept[key] = packed
            while self.bytes > self.most_bytes:
                self.bytes -= len(self._kept.popitem(last=False)[1])
