"""Two results of one organisation side by side (rule 19): over the questions that count in both."""

from dataclasses import dataclass, replace
from datetime import date

from assessments.bank.types import Edition
from assessments.scoring.engine import score
from assessments.scoring.plan import FigureBeforeAfter
from assessments.scoring.types import Answers, Run, ScoredResult, Trace

# Smaller differences, in tenths, mean nothing: one answer given differently on another day can cause them.
MIN_TENTHS = 3


@dataclass(frozen=True, slots=True)
class DatedRun:
    """A run with its answers, scored as of `day`. `never_asked` are questions that came to the edition after it."""

    run: Run
    answers: Answers
    day: date
    never_asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RunComparison:
    """`before` and `after` are scored over `shared`, the questions that count in both; the other two over all."""

    shared: frozenset[str]
    before: ScoredResult
    after: ScoredResult
    whole_before: ScoredResult
    whole_after: ScoredResult


def compare_runs(edition: Edition, before: DatedRun, after: DatedRun) -> RunComparison:
    """Both under the same edition. What only one of them asks, or leaves out, would move figures by itself.

    So both are scored as if the bank had no other questions than the shared ones, at the lesser depth.
    """
    wholes = [
        score(edition, each.run, each.answers, each.day, among=edition.question.keys() - each.never_asked)
        for each in (before, after)
    ]
    first, second = (frozenset(name for name, trace in traces_of(whole).items() if trace.counted) for whole in wholes)
    shared = first & second
    depth = min(before.run.depth, after.run.depth, key=lambda depth: depth.rank)
    old, new = (
        score(edition, replace(each.run, depth=depth), each.answers, each.day, among=shared) for each in (before, after)
    )
    return RunComparison(shared, old, new, *wholes)


def traces_of(result: ScoredResult) -> dict[str, Trace]:
    """By question, in the order of the bank."""
    return {trace.question.id: trace for domain in result.domains for trace in domain.traces}


def is_real_change(change: FigureBeforeAfter) -> bool:
    """Whether to call it a change: another label, or a number that differs enough."""
    before, after = change.before, change.after
    return before.label != after.label or abs(after.tenths - before.tenths) >= MIN_TENTHS
