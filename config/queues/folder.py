"""The embedded default's queue: a folder with one file for each message, written atomically.

Kombu's filesystem transport writes a message into the file that readers already see. A reader that comes in between
takes an empty file, and its worker crashes. Here a message gets its name once it is written, and a file that is not a
message (the disk was full) is thrown away: the sweeper sends another for its report.
"""

import uuid
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

from config.queues.messages import UNREADABLE, CarefulTransport, log_thrown_away

SCHEME = "folder"


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override]
        # Readers take the oldest name first, and none that begins with a dot.
        name = f"{monotonic() * 1000:.0f}_{uuid.uuid4()}.{queue}.msg"
        folder = Path(self.data_folder_out)
        unfinished = folder / f".{name}"
        try:
            unfinished.write_text(dumps(payload))
            unfinished.rename(folder / name)
        except OSError as error:
            raise ChannelError(f"Cannot add a message to {folder}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        try:
            return super()._get(queue)
        except UNREADABLE:
            log_thrown_away()
            raise Empty from None


class Transport(CarefulTransport, filesystem.Transport):
    Channel = Channel


def register() -> None:
    """Make `folder://` known to kombu."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"
