"""Two results side by side (rule 19)."""

from assessments.scoring.plan import FigureBeforeAfter, figures_before_after
from assessments.scoring.types import ScoredResult

# Smaller differences, in tenths, mean nothing: one answer given differently on another day can cause them.
MIN_TENTHS = 3


def compare_results(old: ScoredResult, new: ScoredResult) -> tuple[FigureBeforeAfter, ...] | None:
    """The figures of all pillars, then of all domains, that both results have.

    None if the runs asked different things: another depth or other tags. The caller ensures that
    both results belong to the same edition.
    """
    if (old.run.depth, old.run.tags) != (new.run.depth, new.run.tags):
        return None
    return figures_before_after(old.pillars, new.pillars) + figures_before_after(old.domains, new.domains)


def is_real_change(change: FigureBeforeAfter) -> bool:
    """Whether to call it a change: another label, or a number that differs enough."""
    before, after = change.before, change.after
    return before.label != after.label or abs(after.tenths - before.tenths) >= MIN_TENTHS
