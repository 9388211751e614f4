"""How long a service waits for its database before it gives up, so that one who holds a lock does not stop all."""

from collections.abc import Mapping

LOCK_SECONDS: Mapping[str, int] = {"web": 5, "worker": 10, "scheduler": 30}
"""For a row or a table that somebody else holds. People wait for the web server; workers try again anyway."""
STATEMENT_SECONDS: Mapping[str, int] = {"web": 30, "worker": 120, "scheduler": 600}
"""For one statement, its waiting included. The scheduler's read every text of the site."""


def statement_limits(service: str) -> dict[str, str]:
    """Options of the connection. Migrations have none: they change tables for as long as that takes."""
    if service not in LOCK_SECONDS:
        return {}
    lock, statement = LOCK_SECONDS[service], STATEMENT_SECONDS[service]
    return {"options": f"-c lock_timeout={lock}s -c statement_timeout={statement}s"}
