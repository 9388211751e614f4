"""The told result as plain values, in a stable shape.

The top level is `{"format": 2, ...}` with the fields of ToldResult under their names: `edition`, `depth`, `interim`
(true or false), one statement under `judgement`, `overall`, `counts`, `answered_by`, `taken_over`, `first_steps`,
`firmness`, `partial_list` and `lens` (the last six may be null), lists of statements under all others. A statement is a
dict with its `kind` (a StatementKind value) and its fields. Inside statements

- a figure is `{"label": 2, "tenths": 5, "number": "2.5"}`, a fraction `[1, 2]` in lowest terms,
- a day is in ISO form, "no value" is null, lists keep their order.

A comparison of two results (`ToldSince`) has the same shape through `json_value`.

Adding a field keeps FORMAT; removing one or changing its meaning raises it. Format 2 has three kinds of finding, never
mixed, and steps with all there is to say where format 1 had one sentence.
"""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from assessments.presentation.told_result import ToldResult
from assessments.scoring.types import Figure

FORMAT = 2


def told_as_json(told: ToldResult) -> dict[str, Any]:
    """Dicts, lists, texts, whole numbers, booleans and None."""
    return {"format": FORMAT, **json_value(told)}


def json_value(value: Any) -> Any:
    """Any value of a statement, dataclasses included, in the shape that the module describes."""
    if isinstance(value, Figure):
        return {"label": value.label, "tenths": value.tenths, "number": str(value)}
    if is_dataclass(value):
        kind = {"kind": value.kind.value} if hasattr(value, "kind") else {}
        return {**kind, **{field.name: json_value(getattr(value, field.name)) for field in fields(value)}}
    if isinstance(value, tuple):
        return [json_value(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return [value.numerator, value.denominator]
    return value.isoformat() if isinstance(value, date) else value
