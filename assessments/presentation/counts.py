"""What is in place, how much that is and how much was answered, of a result and of one domain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from assessments.bank.types import Domain, Edition
from assessments.bank.whole_levels import whole_level
from assessments.presentation.named_values import NamedLevel, QuestionRef, named_level, question_ref
from assessments.presentation.placeholders import BusinessPlace
from assessments.presentation.plan import PlanStepStatement
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.step_values import StepValue, business_steps
from assessments.scoring.types import Counts, DomainResult, ScoredResult, Trace

MOST_STRENGTHS = 3
MOST_SOLID = 2
MOST_DOMAINS = 2
"""More names make no sentence."""


@dataclass(frozen=True, slots=True)
class CountsStatement:
    """`unknown` is answered "don't know" or not at all; `untouched` only the latter.

    `reached` are the counts of scoring, None in results stored before there were any.
    """

    kind: ClassVar[StatementKind] = StatementKind.COUNTS
    asked: int
    answered: int
    unknown: int
    untouched: int
    open_duties: int
    reached: Counts | None


@dataclass(frozen=True, slots=True)
class StrengthStatement:
    """Something that is in place, in the words of the answer, read whole."""

    kind: ClassVar[StatementKind] = StatementKind.STRENGTH
    domain: str
    question: QuestionRef
    level: NamedLevel
    answer: str


def tell_counts(result: ScoredResult) -> CountsStatement:
    return CountsStatement(
        asked=result.asked,
        answered=result.answered,
        unknown=len(result.find_out),
        untouched=result.asked - result.answered,
        open_duties=sum(not duty.provisional for duty in result.open_duties),
        reached=result.counts,
    )


def tell_strengths(edition: Edition, result: ScoredResult) -> tuple[StrengthStatement, ...]:
    """Of each domain the weightiest question that is in place, the weightiest of these; fewer where less is."""
    best = sorted(_best_of_domains(result), key=_place)
    return tuple(_strength(edition, trace) for trace in best[:MOST_STRENGTHS])


def _best_of_domains(result: ScoredResult) -> Iterator[Trace]:
    for domain in result.domains:
        in_place = [trace for trace in domain.traces if trace.in_place and not trace.provisional]
        if in_place:
            yield min(in_place, key=_place)


def _place(trace: Trace) -> tuple[int, int, int]:
    """Questions with a gate first: what would do most damage. `min` and `sorted` keep bank order among equals."""
    return int(trace.gate is None), -trace.question.weight, -(trace.low or 0)


def _strength(edition: Edition, trace: Trace) -> StrengthStatement:
    level = trace.low or 0
    return StrengthStatement(
        domain=edition.domain[trace.question.domain].title,
        question=question_ref(trace.question),
        level=named_level(edition, level),
        answer=whole_level(trace.question, level),
    )


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


@dataclass(frozen=True, slots=True)
class DomainDone:
    """`known` of `asked` questions have an answer, `unknown` are to be found out, the rest is left open.

    `in_place` of `counted` are where they should be; `solid` are the weightiest of these, in the words of the answer.
    Counts and never a level: a domain may be a single question. `step` is None where nothing is to be done.
    """

    domain: Domain
    asked: int
    known: int
    unknown: int
    in_place: int
    counted: int
    solid: tuple[str, ...]
    step: StepValue | None

    @property
    def left_open(self) -> int:
        return self.asked - self.known - self.unknown


def tell_domain_done(edition: Edition, domain: Domain, result: ScoredResult, place: BusinessPlace) -> DomainDone:
    """`result` is the outcome of the questions of this domain alone."""
    traces = [trace for own in result.domains for trace in own.traces]
    in_place = [trace for trace in traces if trace.in_place and not trace.provisional]
    unknown = sum(found.answered for found in result.find_out)
    steps = business_steps(edition, result, place)
    return DomainDone(
        domain=domain,
        asked=result.asked,
        known=result.answered - unknown,
        unknown=unknown,
        in_place=len(in_place),
        counted=sum(trace.counted for trace in traces),
        solid=tuple(whole_level(trace.question, trace.low or 0) for trace in _weightiest(in_place)[:MOST_SOLID]),
        step=steps[result.todo[0].question.id][0] if result.todo else None,
    )


def _weightiest(traces: list[Trace]) -> list[Trace]:
    """Questions with a gate first, as among the strengths of a result; `sorted` keeps bank order among equals."""
    return sorted(traces, key=lambda trace: (trace.gate is None, -trace.question.weight))
