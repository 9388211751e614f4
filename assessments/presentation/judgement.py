"""The one sentence that a result begins with: what stands well, and where to begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from assessments.bank.types import Edition
from assessments.presentation.plan import PlanStepStatement
from assessments.presentation.statement_kinds import StatementKind
from assessments.scoring.types import DomainResult, ScoredResult

MOST_DOMAINS = 2
"""More names make no sentence."""


@dataclass(frozen=True, slots=True)
class BeginWith:
    """The topic of the first entry of the plan: the title of its domain, and how long its first step takes.

    `minutes` is None in editions before 2026.2.
    """

    domain: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class JudgementStatement:
    """`strengths` are the titles of domains that stand well, the best first; `begin` is None without a plan.

    `in_place` of `counted` questions are at their target; both are 0 in results stored without targets.
    """

    kind: ClassVar[StatementKind] = StatementKind.JUDGEMENT
    strengths: tuple[str, ...]
    in_place: int
    counted: int
    unknown: int
    begin: BeginWith | None


def tell_judgement(edition: Edition, result: ScoredResult, plan: Sequence[PlanStepStatement]) -> JudgementStatement:
    counts = result.counts
    return JudgementStatement(
        strengths=tuple(edition.domain[code].title for code in _strong(result)),
        in_place=counts.in_place if counts else 0,
        counted=counts.counted if counts else 0,
        unknown=len(result.find_out),
        begin=_begin(edition, plan[0]) if plan else None,
    )


def _begin(edition: Edition, entry: PlanStepStatement) -> BeginWith:
    domain = edition.question[entry.question.id].domain
    return BeginWith(edition.domain[domain].title, entry.steps[0].minutes)


def _strong(result: ScoredResult) -> list[str]:
    """At least half in place, more than one question of it, and no gate closed: praise has to hold."""
    shares = {
        domain.code: _share_in_place(domain)
        for domain in result.domains
        if not any(trace.closed for trace in domain.traces)
    }
    strong = [code for code, share in shares.items() if 2 * share >= 1]
    return sorted(strong, key=lambda code: -shares[code])[:MOST_DOMAINS]


def _share_in_place(domain: DomainResult) -> Fraction:
    """Of the counted weight; 0 where that is a single question."""
    weights = [trace.question.weight for trace in domain.traces if trace.in_place and not trace.provisional]
    whole = sum(trace.question.weight for trace in domain.traces if trace.counted)
    return Fraction(sum(weights), whole) if len(weights) > 1 else Fraction()
