"""How many questions and duties: counts that change with every improvement."""

from dataclasses import dataclass
from typing import ClassVar

from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.types import ScoredResult


@dataclass(frozen=True, slots=True)
class CountsStatement:
    """`unknown` is answered "don't know" or not at all; `untouched` only the latter."""

    kind: ClassVar[StatementKind] = StatementKind.COUNTS
    asked: int
    answered: int
    unknown: int
    untouched: int
    open_duties: int


def tell_counts(result: ScoredResult) -> CountsStatement:
    return CountsStatement(
        asked=result.asked,
        answered=result.answered,
        unknown=len(result.find_out),
        untouched=result.asked - result.answered,
        open_duties=len(result.open_duties),
    )
