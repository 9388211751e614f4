"""Where a less deep run of the same answers would say something else, and which questions make the difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assessments.bank.types import Depth, Edition
from assessments.planning.depths import LabelDifference, label_differences
from assessments.presentation.named_values import NamedLevel, QuestionRef, named_label, question_ref
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.engine import score
from assessments.scoring.types import Run, ScoredResult


@dataclass(frozen=True, slots=True)
class DepthDifferenceStatement:
    """A pillar or domain whose label is more than one from that of a run at `depth`; `name` is its title."""

    kind: ClassVar[StatementKind] = StatementKind.DEPTH_DIFFERENCE
    code: str
    name: str
    depth: Depth
    here: NamedLevel
    there: NamedLevel
    questions: tuple[QuestionRef, ...]


def tell_depth_differences(edition: Edition, result: ScoredResult, day: date) -> tuple[DepthDifferenceStatement, ...]:
    """Against each less deep run, the quickest first; pillars before domains. Most results have none."""
    return tuple(_told(edition, result, day))


def _told(edition: Edition, result: ScoredResult, day: date) -> Iterator[DepthDifferenceStatement]:
    run = result.run
    traces = [trace for domain in result.domains for trace in domain.traces]
    answers = {trace.question.id: trace.answer for trace in traces if trace.answer}
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    names |= {domain.code: domain.title for domain in edition.domains}
    for depth in (depth for depth in Depth if depth.rank < run.depth.rank):
        other = score(edition, Run(depth, run.tags, run.provisional), answers, day)
        for found in label_differences(result, other):
            yield _statement(edition, names[found.code], depth, found)


def _statement(edition: Edition, name: str, depth: Depth, found: LabelDifference) -> DepthDifferenceStatement:
    return DepthDifferenceStatement(
        code=found.code,
        name=name,
        depth=depth,
        here=named_label(edition, found.label),
        there=named_label(edition, found.other_label),
        questions=tuple(question_ref(rise.question) for rise in found.rises),
    )
