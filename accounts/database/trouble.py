"""What an error of the database says about the database: that it is busy, or away. Any other is our own mistake."""

from enum import Enum, auto

import psycopg2
from django.db import InterfaceError, OperationalError

BUSY_CODES = frozenset({"55P03", "57014"})
"""PostgreSQL's lock_not_available and query_canceled: accounts/database/statement_limits.py."""
BUSY_NAMES = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED"})
AWAY_CODES = frozenset({"53300", "57P01", "57P02", "57P03"})
"""Too many connections; and three of a server that stops, crashed, or starts. The class 08 is of connections."""


class DatabaseTrouble(Enum):
    """What passes by itself."""

    BUSY = auto()
    """It stopped what took too long. Nothing was changed."""
    AWAY = auto()
    """It does not answer. What was being saved at that moment may have been saved."""


def database_trouble(error: BaseException | None) -> DatabaseTrouble | None:
    """Of an error as Django raises it; None for one that would come again."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return None
    cause = error.__cause__
    code = getattr(cause, "pgcode", None)
    if code in BUSY_CODES or getattr(cause, "sqlite_errorname", "") in BUSY_NAMES:
        return DatabaseTrouble.BUSY
    if isinstance(cause, psycopg2.Error) and (code is None or code in AWAY_CODES or code.startswith("08")):
        return DatabaseTrouble.AWAY
    return None
