"""Values of a diff as plain text, for `word_diff` and for pages: one fact a line, a different text for each value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from assessments.bank.conditions import Condition
from assessments.bank.sheets.condition_text import write_condition, write_list


def text_of(value: Any) -> str:
    """Empty for an absent value: no text, no entries, "always"."""
    if value is None or isinstance(value, str):
        return value or ""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return _of_parts(value) if is_dataclass(value) else str(value)


def _of_list(values: Sequence[Any]) -> str:
    """Entries that have parts are separated by an empty line."""
    if all(is_dataclass(value) for value in values):
        return "\n\n".join(_of_parts(value) for value in values)
    return "\n".join(text_of(value) for value in values)


def _of_parts(value: Any) -> str:
    texts = ((field.name.replace("_", " "), text_of(getattr(value, field.name))) for field in fields(value))
    return "\n".join(f"{name}: {text}" for name, text in texts if text)


def _of_mapping(value: Mapping[str, Any]) -> str:
    return "\n".join(f"{key}: {text_of(own)}" for key, own in value.items())


_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "yes" if value else "no"),
    (Condition, write_condition),
    (frozenset, lambda value: write_list(sorted(value))),
    (tuple, _of_list),
    (Mapping, _of_mapping),
    (date, date.isoformat),
)
