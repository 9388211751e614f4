"""The headline of a result: what a list of many clients shows and sorts by."""

from assessments.models import Result, ResultSummary
from assessments.scoring.types import Figure, ScoredResult

Range = tuple[Figure, Figure]


def store_summary(*, result: Result, outcome: ScoredResult) -> ResultSummary:
    """Stored once, with the result."""
    assessed = {pillar.code: (pillar.low, pillar.high) for pillar in outcome.pillars}
    figures = {code: (low.figure, high.figure) for code, (low, high) in assessed.items() if low and high}
    return ResultSummary.objects.create(
        result=result,
        figures={code: [_plain(low), _plain(high)] for code, (low, high) in figures.items()},
        lowest=min((10 * low.label + low.tenths for low, _ in figures.values()), default=None),
        closed_gates=sum(each.gate is not None for each in outcome.must_fix),
    )


def ranges_of(summary: ResultSummary) -> dict[str, Range]:
    """Low and high of each pillar that was assessed."""
    return {code: (Figure(*low), Figure(*high)) for code, (low, high) in summary.figures.items()}


def _plain(figure: Figure) -> list[int]:
    return [figure.label, figure.tenths]
