"""A result as JSON and back, so that a frozen result is shown unchanged even when the rules have changed since.

Questions, gates, duties, laws and citations are part of the pinned edition, which never changes: here they are
names ("ACCESS-02", "ACCESS-02/0"). Everything computed is stored and never computed again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from cattrs import Converter

from assessments.bank.laws import Citation, Law
from assessments.bank.types import Duty, Edition, FindingKind, Gate, GateKind, Question
from assessments.scoring.types import MustFix, ScoredResult

FORMAT = 2
# The first format had one kind of finding, and no counts.
_FIRST = 1


class UnknownFormat(ValueError):
    """A stored result in a format that this code does not read."""


def dump_result(result: ScoredResult) -> dict[str, Any]:
    """As plain JSON values, which `load_result` reads back with the same edition."""
    questions = {trace.question.id: trace.question for domain in result.domains for trace in domain.traces}
    names = {part: name for name, part in _parts(questions.values())}
    return {"format": FORMAT, **_plain(result, names)}


def load_result(stored: Mapping[str, Any], edition: Edition) -> ScoredResult:
    """`edition` is the one that the result was scored with."""
    if stored["format"] not in (_FIRST, FORMAT):
        raise UnknownFormat(str(stored["format"]))
    result = _converter(edition).structure(stored, ScoredResult)
    return _with_kinds(result) if stored["format"] == _FIRST else result


def _with_kinds(result: ScoredResult) -> ScoredResult:
    """A gate about harm never meant that a law is broken now."""
    return replace(result, must_fix=tuple(_with_kind(item) for item in result.must_fix))


def _with_kind(item: MustFix) -> MustFix:
    is_harm = item.gate is not None and item.gate.kind is GateKind.HARM
    return replace(item, finding=FindingKind.ON_THE_DAY) if is_harm else item


def _plain(value: Any, names: Mapping[Gate | Duty, str]) -> Any:
    if isinstance(value, Gate | Duty):
        return names[value]
    if isinstance(value, Question):
        return value.id
    if isinstance(value, Law | Citation):
        return value.code if isinstance(value, Law) else value.label
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name), names) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item, names) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _parts(questions: Iterable[Question]) -> Iterator[tuple[str, Gate | Duty]]:
    """Equal gates or duties of two questions may share a name: they are the same value."""
    for question in questions:
        parts: tuple[Gate | Duty, ...] = (*question.gates, *question.duties)
        for place, part in enumerate(parts):
            yield f"{question.id}/{place}", part


@lru_cache(maxsize=8)
def _converter(edition: Edition) -> Converter:
    converter = Converter(detailed_validation=False)
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    parts = dict(_parts(edition.questions))
    known: tuple[tuple[type, Mapping[str, Any]], ...] = (
        (Question, edition.question),
        (Law, {law.code: law for law in edition.laws}),
        (Citation, edition.citations),
        (Gate, parts),
        (Duty, parts),
    )
    for kind, by_name in known:
        converter.register_structure_hook(kind, _look_up(by_name))
    return converter


def _look_up(by_name: Mapping[str, Any]) -> Callable[[str, type], Any]:
    return lambda name, _: by_name[name]
