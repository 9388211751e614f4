"""The headline of a result: what a list of many clients shows and sorts by."""

from collections.abc import Mapping
from typing import Any

from assessments.models import NewestResult, Result, ResultSummary
from assessments.results.comparison import earlier_result, told_since
from assessments.scoring.types import Figure, ScoredResult

Range = tuple[Figure, Figure]
StoredFigures = Mapping[str, list[list[int]]]
"""As stored in `ResultSummary.figures`."""


def store_summary(*, result: Result, outcome: ScoredResult) -> ResultSummary:
    """Store the headline together with its result, which becomes the newest of its organisation.

    A pillar that is only a first indication has no figure in it.
    """
    assessed = {pillar.code: (pillar.low, pillar.high) for pillar in outcome.pillars if not pillar.first_indication}
    figures = {code: (low.figure, high.figure) for code, (low, high) in assessed.items() if low and high}
    summary = ResultSummary.objects.create(
        result=result,
        figures={code: [_plain(low), _plain(high)] for code, (low, high) in figures.items()},
        lowest=min((10 * low.label + low.tenths for low, _ in figures.values()), default=None),
        closed_gates=outcome.counts.urgent_gaps if outcome.counts else 0,
        **_since_last_time(result),
    )
    point_out(summary)
    return summary


def point_out(summary: ResultSummary) -> None:
    """Its result is the newest of its organisation from now on."""
    NewestResult.objects.update_or_create(
        organisation_id=summary.result.assessment.organisation_id,
        defaults={
            "summary": summary,
            "lowest": summary.lowest,
            "closed_gates": summary.closed_gates,
            "fell": summary.fell,
            "finished_at": summary.result.finished_at,
        },
    )


def compare_again(result: Result) -> None:
    """What its summary says about the result before is worked out anew: that one is gone."""
    since = _since_last_time(result)
    ResultSummary.objects.filter(result=result).update(**since)
    NewestResult.objects.filter(summary__result=result).update(fell=since["fell"])


def _since_last_time(result: Result) -> dict[str, Any]:
    earlier = earlier_result(result)
    if earlier is None:
        return {"better": None, "worse": None, "gaps_closed": None, "gaps_new": None, "fell": False}
    told = told_since(earlier, result)
    return {
        "better": len(told.better),
        "worse": len(told.worse),
        "gaps_closed": len(told.gaps_worked_on),
        "gaps_new": len(told.gaps_new),
        "fell": told.fell,
    }


def ranges_of(summary: ResultSummary) -> dict[str, Range]:
    """Low and high of each pillar that was assessed."""
    return ranges_in(summary.figures)


def ranges_in(figures: StoredFigures) -> dict[str, Range]:
    """Like `ranges_of`, from the stored figures alone."""
    return {code: (Figure(*low), Figure(*high)) for code, (low, high) in figures.items()}


def _plain(figure: Figure) -> list[int]:
    return [figure.label, figure.tenths]


def is_newest(result: Result) -> bool:
    """Whether the organisation has no result after this one."""
    return bool(NewestResult.objects.filter(summary__result=result.pk).exists())
