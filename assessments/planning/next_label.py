"""What stands between a business and its next label, by name: the smallest set of rises that reaches it.

What nobody knows counts as level 0, as in the headline. A pillar needs most of its domains at the label, all of them
at most one below, and every gate open that forbids it; its domains have no question in common, so each is solved alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.bank.types import Question
from assessments.planning.rises import Cost, Rises, Row, cheapest_to_label, less, rows_of
from assessments.scoring.sums import enough_domains
from assessments.scoring.types import TOP, DomainResult, ScoredResult, Trace


@dataclass(frozen=True, slots=True)
class Rise:
    """One question to raise. `level` is None where nobody knows it; `provisional` rests on an open scope fact."""

    question: Question
    level: int | None
    to: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class NextLabel:
    """The `rises`, in bank order, with which a domain or pillar gets from `label` to `following` or above."""

    code: str
    label: int
    following: int
    rises: tuple[Rise, ...]


def domain_next_label(result: ScoredResult, code: str) -> NextLabel | None:
    """None at the highest label and where nothing is assessed."""
    domain = next(domain for domain in result.domains if domain.code == code)
    if domain.low is None or domain.low.figure.label == TOP:
        return None
    label = domain.low.figure.label
    return _next_label(code, label, label + 1, domain_rises(result, code, label + 1))


def pillar_next_label(result: ScoredResult, code: str) -> NextLabel | None:
    """None at the highest label and for a pillar that has none."""
    pillar = next(pillar for pillar in result.pillars if pillar.code == code)
    if pillar.label is None or pillar.label == TOP:
        return None
    return _next_label(code, pillar.label, pillar.label + 1, pillar_rises(result, code, pillar.label + 1))


def domain_rises(result: ScoredResult, code: str, label: int) -> tuple[Rise, ...]:
    """The smallest set with which an assessed domain has at least this label."""
    found = cheapest_to_label(rows_by_domain(result)[code], label, {})
    return _named(result, found.to)


def pillar_rises(result: ScoredResult, code: str, label: int) -> tuple[Rise, ...]:
    """The smallest set with which an assessed pillar has at least this label."""
    pillar = next(pillar for pillar in result.pillars if pillar.code == code)
    rows = rows_by_domain(result)
    least = gates_to_open(result.domains, code, label)
    own = [
        _Domain(
            just=cheapest_to_label(rows[domain], max(label - 1, 0), least),
            full=cheapest_to_label(rows[domain], label, least),
        )
        for domain in pillar.domains
    ]
    enough = enough_domains(len(own))
    by_extra = sorted(own, key=lambda domain: domain.extra)
    to = {name: level for domain in by_extra[:enough] for name, level in domain.full.to.items()}
    to |= {name: level for domain in by_extra[enough:] for name, level in domain.just.to.items()}
    return _named(result, {**least, **to})


@dataclass(frozen=True, slots=True)
class _Domain:
    """The cheapest rises to one below the label of the pillar, and to that label."""

    just: Rises
    full: Rises

    @property
    def extra(self) -> Cost:
        return less(self.full.cost, self.just.cost)


def _next_label(code: str, label: int, following: int, rises: tuple[Rise, ...]) -> NextLabel | None:
    """None where a stored result has a label that today's rules would not give."""
    return NextLabel(code, label, following, rises) if rises else None


def gates_to_open(domains: Iterable[DomainResult], pillar: str, label: int) -> Mapping[str, int]:
    """The questions, of any domain, whose gates do not allow the pillar this label, with the level that opens each."""
    gates = [
        (trace.question.id, trace.gate)
        for domain in domains
        for trace in domain.traces
        if trace.gate and trace.low is not None
    ]
    return {
        question_id: gate.min_level
        for question_id, gate in gates
        if gate.cap_pillar is not None and gate.cap_pillar < label and pillar in gate.pillars
    }


def rows_by_domain(result: ScoredResult) -> Mapping[str, tuple[Row, ...]]:
    among = sum(len(domain.traces) for domain in result.domains)
    rows, start = {}, 1
    for domain in result.domains:
        rows[domain.code] = rows_of(domain.traces, among, start)
        start += len(domain.traces)
    return rows


def _named(result: ScoredResult, to: Mapping[str, int]) -> tuple[Rise, ...]:
    return tuple(
        _rise(trace, to[trace.question.id])
        for domain in result.domains
        for trace in domain.traces
        if trace.low is not None and to.get(trace.question.id, 0) > trace.low
    )


def _rise(trace: Trace, to: int) -> Rise:
    known = trace.low == trace.high
    return Rise(trace.question, trace.low if known else None, to, trace.provisional)
