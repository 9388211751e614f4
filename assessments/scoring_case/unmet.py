"""Expectations held against a result: which do not hold, and what stands there instead."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from assessments.bank.errors import Problem
from assessments.bank.types import GateKind
from assessments.scoring.types import PillarResult, ScoredResult
from assessments.scoring_case.case import score_case
from assessments.scoring_case.expectations import FIRST_FIVE, FIRST_INDICATION, NONE, OVERALL, Expectation, Relation
from assessments.scoring_case.reader import CaseReading

Names = Sequence[str]


def unmet_expectations(reading: CaseReading, file: str) -> list[Problem]:
    """A problem for each expectation of the case that its result does not meet, in the order of the file."""
    if not reading.expectations:
        return []
    found = found_names(score_case(reading.case), reading.case.out_of_view)
    said = ((expectation, what_is_unmet(expectation, found)) for expectation in reading.expectations)
    problems = [Problem(own.place, message, file=file, line=own.line) for own, message in said if message]
    return sorted(problems, key=lambda problem: problem.line or 0)


def found_names(result: ScoredResult, out_of_view: Iterable[str]) -> Mapping[str, Names]:
    """Every list that can be expected, by its name. One that is not among them is empty."""
    plan = [todo.question.id for todo in result.todo]
    stops = (fix for fix in result.must_fix if fix.gate and fix.gate.kind is GateKind.LEGAL_STOP)
    found: dict[str, list[str]] = {
        f"labels.{OVERALL}": [NONE if result.overall is None else str(result.overall)],
        "plan": plan,
        "first_five": plan[:FIRST_FIVE],
        "stop": [fix.question.id for fix in stops],
        "on_the_day": [fix.question.id for fix in result.on_the_day],
        "soon": [soon.question.id for soon in result.starting_soon],
        "find_out": [unknown.question.id for unknown in result.find_out],
        "to_check": [check.question.id for check in result.to_check],
        "out_of_view": list(out_of_view),
        "open_duties": [f"{duty.question.id} ({duty.law.code})" for duty in result.open_duties],
    }
    for pillar in result.pillars:
        found[f"labels.{pillar.code}"] = [_label(pillar)]
    for duty in result.open_duties:
        found.setdefault(f"open_duties.{duty.law.code}", []).append(duty.question.id)
    for check in result.to_check:
        found[f"to_check.{check.question.id}"] = [fact.scope_question for fact in check.open_facts]
    return found


def _label(pillar: PillarResult) -> str:
    if pillar.first_indication:
        return FIRST_INDICATION
    return NONE if pillar.label is None else str(pillar.label)


def what_is_unmet(expectation: Expectation, found: Mapping[str, Names]) -> str:
    """In words, or "" if the expectation holds."""
    return _JUDGES[expectation.relation](expectation.names, found.get(expectation.listed, ()))


def _must(names: Names, found: Names) -> str:
    missing = [name for name in names if name not in found]
    return f"{_listed(missing)} missing, found {_listed(found)}" if missing else ""


def _must_not(names: Names, found: Names) -> str:
    wrong = [name for name in names if name in found]
    return f"{_listed(wrong)} must not stand here" if wrong else ""


def _nothing(_names: Names, found: Names) -> str:
    return f"nothing may stand here, found {_listed(found)}" if found else ""


def _exactly(names: Names, found: Names) -> str:
    return "" if list(found) == list(names) else f"expected {_listed(names)}, found {_listed(found)}"


def _first(names: Names, found: Names) -> str:
    begins = list(found[: len(names)]) == list(names)
    return "" if begins else f"expected {_listed(names)} first, found {_listed(found)}"


def _among(names: Names, found: Names) -> str:
    others = [name for name in found if name not in names]
    return f"{_listed(others)} not expected, found {_listed(found)}" if others else ""


def _order(names: Names, found: Names) -> str:
    standing = [name for name in found if name in names]
    return "" if standing == list(names) else f"expected in this order {_listed(names)}, found {_listed(standing)}"


def _one_of(names: Names, found: Names) -> str:
    standing = [name for name in found if name in names]
    return "" if standing else f"expected {' or '.join(names)}, found {_listed(found)}"


def _listed(names: Names) -> str:
    return ", ".join(dict.fromkeys(names)) or "nothing"


_JUDGES: Mapping[Relation, Callable[[Names, Names], str]] = {
    Relation.MUST: _must,
    Relation.MUST_NOT: _must_not,
    Relation.NOTHING: _nothing,
    Relation.EXACTLY: _exactly,
    Relation.FIRST: _first,
    Relation.AMONG: _among,
    Relation.ORDER: _order,
    Relation.ONE_OF: _one_of,
}
