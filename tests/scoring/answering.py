"""Short ways to write answers."""

from assessments.bank.types import Depth, Edition
from assessments.scoring.engine import score
from assessments.scoring.types import (
    DomainResult,
    PillarResult,
    Run,
    ScoredAnswer,
    ScoredAnswerKind,
    ScoredResult,
    Trace,
)
from tests.bank.strategies import TODAY

UNKNOWN = ScoredAnswer(ScoredAnswerKind.UNKNOWN)
FULL = Run(Depth.FULL, frozenset())


def level(value: int, *, proof: bool = False) -> ScoredAnswer:
    return ScoredAnswer(ScoredAnswerKind.LEVEL, value, has_evidence=proof)


def left_out(reason: str = "we have none") -> ScoredAnswer:
    return ScoredAnswer(ScoredAnswerKind.NOT_APPLICABLE, reason=reason)


def all_at(bank: Edition, value: int, **others: ScoredAnswer) -> dict[str, ScoredAnswer]:
    """Every question at one level but some, named with _ for the hyphen: all_at(bank, 4, ACCESS_02=level(1))."""
    answers = {question.id: level(value) for question in bank.questions}
    return answers | {name.replace("_", "-"): answer for name, answer in others.items()}


def run(*tags: str, depth: Depth = Depth.FULL, provisional: tuple[str, ...] = ()) -> Run:
    return Run(depth, frozenset(tags), frozenset(provisional))


def scored(bank: Edition, answers: dict[str, ScoredAnswer], on: Run = FULL) -> ScoredResult:
    return score(bank, on, answers, TODAY)


def domain(result: ScoredResult, code: str) -> DomainResult:
    return next(domain for domain in result.domains if domain.code == code)


def pillar(result: ScoredResult, code: str) -> PillarResult:
    return next(pillar for pillar in result.pillars if pillar.code == code)


def number(part: DomainResult | PillarResult, which: str = "low") -> str:
    """The number as shown; "-" where nothing is assessed."""
    found = getattr(part, which)
    return str(found.figure) if found else "-"


def trace(result: ScoredResult, question_id: str) -> Trace:
    return next(t for d in result.domains for t in d.traces if t.question.id == question_id)
