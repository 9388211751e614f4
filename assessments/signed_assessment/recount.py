"""The result computed once more from the data of a file, and where it differs from the one that the file holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.bank.types import Edition
from assessments.scoring.engine import score
from assessments.scoring.scope import find_tags
from assessments.scoring.stored import FORMAT, dump_result
from assessments.scoring.types import Answers, Run, ScoredAnswer, ScoredAnswerKind
from assessments.signed_assessment.types import NOT_ANSWERED, AssessmentFile, Plain

MOST_DIFFERENCES = 200
_NAMES = ("code", "question", "tag", "law")
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """`place` names the value ("pillars security, low, figure, label"); both are as JSON would say them."""

    place: str
    stored: str
    recounted: str


@dataclass(frozen=True, slots=True)
class Recount:
    """`why_not` says why it could not be recounted; then nothing is known about differences."""

    differences: tuple[Difference, ...] = ()
    why_not: str = ""

    @property
    def is_equal(self) -> bool:
        return not self.differences and not self.why_not


def recount_result(file: AssessmentFile, edition: Edition) -> Recount:
    """`edition` is the one in the file. Values that results of earlier versions lack are no difference."""
    if file.result.get("format") != FORMAT:
        return Recount(why_not="the result was stored under earlier rules of scoring")
    try:
        found = find_tags(edition.scope, file.facts)
        run = Run(file.depth, frozenset(file.tags), frozenset(file.provisional))
        counted = dump_result(score(edition, run, scored_answers_in(file), file.finished_on))
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        return Recount(why_not="its edition contradicts itself")
    stored: Plain = {"tags": sorted(file.tags), "provisional": sorted(file.provisional), **file.result}
    again = {"tags": sorted(found.on), "provisional": sorted(found.provisional), **counted}
    differences = []
    for difference in _differences(stored, again, ""):
        differences.append(difference)
        if len(differences) == MOST_DIFFERENCES:
            break
    return Recount(tuple(differences))


def scored_answers_in(file: AssessmentFile) -> Answers:
    """As scoring takes them."""
    return {
        answer.question: ScoredAnswer(ScoredAnswerKind(answer.kind), answer.level, answer.reason, answer.has_evidence)
        for answer in file.answers
        if answer.kind != NOT_ANSWERED
    }


def _differences(stored: Any, again: Any, place: str) -> Iterator[Difference]:
    if isinstance(stored, Mapping) and isinstance(again, Mapping):
        for key in stored:
            yield from _differences(stored[key], again.get(key, _MISSING), _join(place, str(key)))
    elif isinstance(stored, list) and isinstance(again, list) and len(stored) == len(again):
        for number, (one, other) in enumerate(zip(stored, again, strict=True), 1):
            yield from _differences(one, other, f"{place} {_name(other, number)}")
    elif type(stored) is not type(again) or stored != again:
        yield Difference(place, _said(stored), _said(again))


def _join(place: str, key: str) -> str:
    return f"{place}, {key}" if place else key


def _name(item: Any, number: int) -> str:
    """By its own name where it has one."""
    names = (item[key] for key in _NAMES if key in item) if isinstance(item, Mapping) else ()
    return str(next((name for name in names if isinstance(name, str)), number))


def _said(value: Any) -> str:
    if value is _MISSING:
        return "nothing"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "a group of values" if isinstance(value, Mapping) else f"{value}"[:80]
