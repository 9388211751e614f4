"""What answering one domain has brought: what is known now, what is solid, and the first step there."""

from dataclasses import dataclass

from assessments.bank.types import Domain, Edition
from assessments.bank.whole_levels import whole_level
from assessments.presentation.placeholders import BusinessPlace
from assessments.presentation.step_values import StepValue, business_steps
from assessments.scoring.types import ScoredResult, Trace

MOST_SOLID = 2


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
