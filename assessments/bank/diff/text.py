"""Values of a diff as plain text, for `word_diff` and for pages: one fact a line, a different text for each value."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from assessments.bank.conditions import Condition
from assessments.bank.sheets.condition_text import write_condition, write_list


def text_of(value: Any) -> str:
    """Empty for an absent value: no text, no entries, "always"."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Condition):
        return write_condition(value)
    if isinstance(value, frozenset):
        return write_list(sorted(value))
    if isinstance(value, tuple):
        return _of_list(value)
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {text_of(own)}" for key, own in value.items())
    if is_dataclass(value):
        return _of_parts(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _of_list(values: Sequence[Any]) -> str:
    """Entries that have parts are separated by an empty line."""
    if all(is_dataclass(value) for value in values):
        return "\n\n".join(_of_parts(value) for value in values)
    return "\n".join(text_of(value) for value in values)


def _of_parts(value: Any) -> str:
    texts = ((field.name.replace("_", " "), text_of(getattr(value, field.name))) for field in fields(value))
    return "\n".join(f"{name}: {text}" for name, text in texts if text)
