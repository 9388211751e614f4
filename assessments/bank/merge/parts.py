"""One field of which both the file and the draft changed something: merged part by part where the parts are known.

A row of a sheet is such a part: a level, a step, a gate, an option of a scope question, a date.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from assessments.bank.conditions import Condition
from assessments.bank.diff.order import merged
from assessments.bank.laws import KeyDate
from assessments.bank.scope_types import PresetFact, ScopeOption
from assessments.bank.steps import Step
from assessments.bank.types import QuestionCitation

_Parts = Mapping[Any, Any]

_NAMES: Mapping[type, Callable[[Any], Any]] = {
    Step: attrgetter("to"),
    ScopeOption: attrgetter("id"),
    PresetFact: attrgetter("question", "when"),
    QuestionCitation: attrgetter("label"),
    KeyDate: attrgetter("law", "text"),
}
_MISSING = object()


@dataclass(frozen=True, slots=True)
class MergedField:
    """`value` is the draft's with everything that the file changed; `both` says that they changed the same part."""

    value: Any
    both: bool


def merge_field(base: Any, draft: Any, file: Any) -> MergedField:
    """What cannot be split is one part."""
    if isinstance(base, Mapping):
        return _merge_parts(base, draft, file)
    if isinstance(base, tuple) and isinstance(draft, tuple) and isinstance(file, tuple):
        return _merge_sequences(base, draft, file)
    return MergedField(file, both=True)


def loses_something(before: Any, after: Any) -> bool:
    """Whether a part of the value is gone, or all of it. An option that has another id is another option."""
    if isinstance(before, tuple | Mapping):
        options = {own.id for own in before if isinstance(own, ScopeOption)}
        return len(after) < len(before) or not options <= {own.id for own in after if isinstance(own, ScopeOption)}
    if isinstance(before, Condition):
        return bool(before.clauses) and not (after and after.clauses)
    return before not in ("", None) and after in ("", None)


def _merge_sequences(base: tuple[Any, ...], draft: tuple[Any, ...], file: tuple[Any, ...]) -> MergedField:
    """Parts with names by their names, others by their places while none was added or taken out."""
    named = [_named(own) for own in (base, draft, file)]
    if all(named) and _same_order(named):
        found = _merge_parts(*named)
    elif len(base) == len(draft) == len(file):
        found = _merge_parts(*(dict(enumerate(own)) for own in (base, draft, file)))
    else:
        return MergedField(file, both=True)
    value = tuple(found.value.values())
    return MergedField(value, found.both or len(set(value)) < len(value))


def _merge_parts(base: _Parts, draft: _Parts, file: _Parts) -> MergedField:
    found: dict[Any, Any] = {}
    both = False
    for key in dict.fromkeys((*draft, *file)):
        old, now, wanted = (parts.get(key, _MISSING) for parts in (base, draft, file))
        both = both or (old != wanted and old != now and now != wanted)
        value = now if wanted == old else wanted
        if value is not _MISSING:
            found[key] = value
    order = merged(list(draft), list(file), [key for key in file if key not in draft], found.keys())
    return MergedField({key: found[key] for key in order}, both)


def _named(values: Sequence[Any]) -> dict[Any, Any]:
    """By name; empty where the parts have no names, or two have the same."""
    found = {_NAMES[type(value)](value): value for value in values if type(value) in _NAMES}
    return found if len(found) == len(values) else {}


def _same_order(named: Sequence[_Parts]) -> bool:
    """Of the parts that all of them have."""
    shared = set(named[0]).intersection(*named[1:])
    first, *others = ([name for name in own if name in shared] for own in named)
    return all(own == first for own in others)
