"""An application with a page that never ends: GET /endless. Any other says which process answers."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from config.middleware.overdue import OverdueRequests


def _answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    while environ["PATH_INFO"] == "/endless":
        pass
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]


application = OverdueRequests(_answer, longest=1, grace=1)
