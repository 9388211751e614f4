"""What of one edition another one no longer asks: much of it must not reach new assessments by accident."""

from collections.abc import Mapping
from dataclasses import dataclass

MOST_GONE = 30
"""Per cent of the questions that may go without anybody being asked twice."""


@dataclass(frozen=True, slots=True)
class Loss:
    """`before` and `after` count the questions, `gone` those of before that are not there after; ids decide.

    `pillars` are the codes of the pillars that had questions and have none.
    """

    before: int
    after: int
    gone: int
    pillars: tuple[str, ...]

    @property
    def is_grave(self) -> bool:
        return self.gone * 100 > self.before * MOST_GONE or bool(self.pillars)


def loss_between(before: Mapping[str, str], after: Mapping[str, str]) -> Loss:
    """Both name the pillar of each question by the question's id."""
    left = set(after.values())
    pillars = dict.fromkeys(pillar for pillar in before.values() if pillar not in left)
    return Loss(len(before), len(after), len(before.keys() - after.keys()), tuple(pillars))
