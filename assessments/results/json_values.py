"""Frozen values of the pure rooms to JSON values and back."""

from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

Value = TypeVar("Value")

_converter = make_converter()


def structure(stored: object, kind: type[Value]) -> Value:
    return _converter.structure(stored, kind)


def unstructure(value: object) -> Any:
    return _converter.unstructure(value)
