"""The told result as values, without what a kind of report may not hold."""

from dataclasses import replace

from assessments.presentation.figures import FigureValues
from assessments.presentation.named_values import NamedFigure
from assessments.presentation.told_result import ToldResult
from reports.kinds.registry import ReportKind


def held_values(told: ToldResult, kind: ReportKind) -> ToldResult:
    """The counterpart of `held` for formats that programs read."""
    if not kind.answers:
        told = replace(told, left_out=(), sums=())
    return told if kind.findings else _without_findings(told)


def _without_findings(told: ToldResult) -> ToldResult:
    """Counts, levels and the names of the laws stay."""
    return replace(
        told,
        judgement=replace(told.judgement, strengths=(), begin=None),
        strengths=(),
        first_steps=None,
        changes=(),
        plan=(),
        firmness=None,
        must_fix=(),
        on_the_day=(),
        find_out=(),
        not_looked_at=(),
        to_check=(),
        starting_soon=(),
        depth_differences=(),
        laws=tuple(replace(law, duties=(), unsettled=()) for law in told.laws),
        pillars=tuple(replace(each, figure=_outline(each.figure), next_label=None) for each in told.pillars),
        domains=tuple(
            replace(each, figure=_outline(each.figure), next_label=None, not_applicable_heavy=False)
            for each in told.domains
        ),
        lens=replace(told.lens, figure=_outline(told.lens.figure), not_applicable_heavy=False) if told.lens else None,
    )


def _outline(figure: FigureValues | None) -> FigureValues | None:
    """A cap names the question that caps, what is there and missing quotes it."""
    if figure is None:
        return None
    low, high, proven = (_bare(each) for each in (figure.low, figure.high, figure.proven))
    return replace(figure, low=low, high=high, proven=proven, caps=())


def _bare(figure: NamedFigure) -> NamedFigure:
    return replace(figure, there="", missing="")
