"""Frozen values of the pure packages to JSON values and back."""

from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

Value = TypeVar("Value")

_converter = make_converter()


def structure(stored: object, kind: type[Value]) -> Value:
    """A `kind` from its JSON value. Raises errors of cattrs if the value does not fit."""
    return _converter.structure(stored, kind)


def unstructure(value: object) -> Any:
    """The JSON value that `structure` reads back."""
    return _converter.unstructure(value)
