"""What is known about this site: values in, without a database. Everything an answer is made from is here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto

from accounts.models import RecordKind
from accounts.operations.figures import RecordSpan, Share


class Protection(StrEnum):
    """How a connection is guarded."""

    ENCRYPTED = auto()
    OWN_MACHINE = auto()
    PLAIN = auto()
    UNUSED = auto()


class Connection(StrEnum):
    """Between the parts of a site."""

    PAGES = auto()
    DATABASE = auto()
    REDIS = auto()
    MAIL = auto()


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """At `now`. `rules_database` is None where the database has no roles; `weaknesses` before the first comparison."""

    now: datetime
    second_steps: Share
    second_step_required: bool
    connections: Mapping[Connection, Protection]
    rules_database: bool | None
    deleted_at: datetime | None
    failed_erasures: int
    unconfirmed: Share
    failed_jobs: int
    weaknesses: int | None
    records: Mapping[RecordKind, RecordSpan] = field(default_factory=dict)
