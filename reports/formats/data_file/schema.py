"""The JSON Schema of the file, made from the types of what stands in it.

`report.schema.json` is what this gives: it is what the address of the schema serves, and a test says when it is old.
Written anew by `python -m reports.formats.data_file.schema`.
"""

import inspect
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from assessments.presentation.as_json import FORMAT as TOLD_FORMAT
from assessments.presentation.told_result import ToldResult
from assessments.scoring.types import Figure
from reports.formats.data_file.types import ALWAYS, ReportData

FILE = Path(__file__).with_name("report.schema.json")
SCHEMA_PATH = "schemas/report-1.json"
"""Where the site serves it."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]
PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Fraction: {
        "description": "Numerator and denominator.",
        "type": "array",
        "items": {"type": "integer"},
        "minItems": 2,
        "maxItems": 2,
    },
}


@cache
def published_schema() -> bytes:
    """As the address of the schema serves it."""
    return FILE.read_bytes()


def data_schema() -> Schema:
    definitions: dict[str, Schema] = {}
    whole = _of_class(ReportData, definitions)
    told = _of_class(ToldResult, definitions)
    told["properties"] = {"format": {"const": TOLD_FORMAT}, **told["properties"]}
    told["required"] = list(ALWAYS)
    definitions["ToldResult"] = told
    whole["properties"]["told"] = {"$ref": "#/$defs/ToldResult"}
    whole["properties"] = {"$schema": {"type": "string", "format": "uri"}, **whole["properties"]}
    whole["required"] = ["$schema", *whole["required"]]
    return {"$schema": DIALECT, "title": "Evenkeel report", **whole, "$defs": dict(sorted(definitions.items()))}


def schema_text() -> str:
    return json.dumps(data_schema(), indent=2, ensure_ascii=False) + "\n"


def _of_class(kind: type, definitions: dict[str, Schema]) -> Schema:
    hints = get_type_hints(kind)
    named = {"kind": {"const": kind.kind.value}} if hasattr(kind, "kind") else {}
    properties = {each.name: _of(hints[each.name], definitions) for each in fields(kind)}
    return {
        "description": inspect.cleandoc(kind.__doc__ or "").replace("\n", " "),
        "type": "object",
        "properties": {**named, **properties},
        "required": [*named, *properties],
    }


def _of(hint: Any, definitions: dict[str, Schema]) -> Schema:
    """The schema of a type, classes by reference."""
    if hint in PLAIN:
        return dict(PLAIN[hint])
    if get_origin(hint) in (Union, UnionType):
        return {"anyOf": [_of(each, definitions) for each in get_args(hint)]}
    if hint is NoneType:
        return {"type": "null"}
    if get_origin(hint) is tuple:
        return _of_tuple(get_args(hint), definitions)
    if get_origin(hint) is dict:
        return {"type": "object"}
    if issubclass(hint, Enum):
        return {"enum": [each.value for each in hint]}
    return _reference(hint, definitions)


def _of_tuple(parts: tuple[Any, ...], definitions: dict[str, Schema]) -> Schema:
    if parts[1:] == (Ellipsis,):
        return {"type": "array", "items": _of(parts[0], definitions)}
    length = len(parts)
    return {"type": "array", "prefixItems": [_of(each, definitions) for each in parts], "minItems": length}


def _reference(kind: type, definitions: dict[str, Schema]) -> Schema:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        definitions[kind.__name__] = _figure() if kind is Figure else _of_class(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _figure() -> Schema:
    number = {"type": "integer", "minimum": 0}
    return {
        "description": "A figure from 0 to 4: its label, the tenths above it, and both as they are written.",
        "type": "object",
        "properties": {"label": number, "tenths": number, "number": {"type": "string"}},
        "required": ["label", "tenths", "number"],
    }


if __name__ == "__main__":
    FILE.write_text(schema_text(), "utf-8")
