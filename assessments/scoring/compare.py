"""Two results side by side (rule 19)."""

from assessments.scoring.plan import FigureBeforeAfter, figures_before_after
from assessments.scoring.types import Figure, ScoredResult

# Smaller moves of the number, in tenths, say nothing: one answer given differently on another day does that.
MIN_TENTHS = 3


def compare_results(old: ScoredResult, new: ScoredResult) -> tuple[FigureBeforeAfter, ...] | None:
    """The figures of all pillars, then of all domains, that both results have.

    None where the runs asked different things: other depth or other tags. That both results are of
    the same edition is for the caller to see to.
    """
    if (old.run.depth, old.run.tags) != (new.run.depth, new.run.tags):
        return None
    return figures_before_after(old.pillars, new.pillars) + figures_before_after(old.domains, new.domains)


def is_real_change(change: FigureBeforeAfter) -> bool:
    """Whether to call it a change: a label moved, or the number moved far enough."""
    moved = abs(_tenths(change.after) - _tenths(change.before))
    return change.before.label != change.after.label or moved >= MIN_TENTHS


def _tenths(figure: Figure) -> int:
    return 10 * figure.label + figure.tenths
