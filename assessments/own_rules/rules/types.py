"""One question of the bank, answered about this software."""

from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import RecordKind
from assessments.own_rules.findings import LiveFact


@dataclass(frozen=True, slots=True)
class OwnRule:
    """`code` is that of the question; `does` is what the software does about it, in words that help no attacker.

    `shown_by` names files, headings of pages and tests, as docs/yardstick.md prints them. `task` is what is left to
    whoever runs the site; what shows whether it was done is among `needs`. A rule without a task needs nobody.
    `by_hand`: nothing is won until somebody does the task, so before that it is not even partly kept.
    """

    code: str
    does: str | Promise
    shown_by: tuple[str, ...]
    task: str | Promise = ""
    needs: tuple[LiveFact | RecordKind, ...] = ()
    by_hand: bool = False
