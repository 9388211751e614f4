"""The text of one cell of a sheet, by the kind of its column, and back to a node of the document."""

import re
from datetime import date
from enum import StrEnum
from typing import Any

import yaml

from assessments.bank.conditions import Clause, Condition
from assessments.bank.document.nodes import mapping, scalar, sequence
from assessments.bank.sheets.condition_text import KEYS, read_condition_text, read_list, write_condition, write_list

# A fact of the file format: no spreadsheet holds more in one cell.
MAX_CELL = 32_767

_WHOLE = re.compile(r"(-?[0-9]+)(?:\.0+)?")
_YES, _NO = ("yes", "true", "x", "1"), ("no", "false", "0")


class CellKind(StrEnum):
    TEXT = "text"
    WORD = "word"
    WHOLE = "whole number"
    FLAG = "yes or empty"
    DAY = "day"
    LINES = "one entry in each line"
    CONDITION = "condition"


def write_cell(kind: CellKind, plain: Any) -> str:
    """`plain` as in the document's plain form; None is an empty cell."""
    if plain is None:
        return ""
    if kind is CellKind.LINES:
        return write_list(plain)
    if kind is CellKind.CONDITION:
        return write_condition(_condition(plain))
    if kind is CellKind.FLAG:
        return "yes" if plain else ""
    return plain.isoformat() if isinstance(plain, date) else str(plain)


def read_cell(kind: CellKind, cell: str, mark: yaml.Mark) -> yaml.Node:
    """Text that does not fit its kind is passed on as text, for the document reader to refuse.

    Raises `Unreadable` for a list or condition that cannot be read at all.
    """
    if kind is CellKind.TEXT:
        return scalar(cell, mark)
    if kind is CellKind.LINES:
        return sequence((scalar(entry, mark) for entry in read_list(cell)), mark)
    if kind is CellKind.CONDITION:
        return _condition_node(read_condition_text(cell), mark)
    cell = cell.strip()
    whole = whole_in(cell) if kind is CellKind.WHOLE else ""
    if whole:
        return scalar(whole, mark, "int")
    if kind is CellKind.FLAG and cell.casefold() in _YES + _NO:
        return scalar("true" if cell.casefold() in _YES else "false", mark, "bool")
    return scalar(cell, mark)


def whole_in(cell: str) -> str:
    """The digits of a whole number, also where it is shown as a decimal one; empty for anything else."""
    whole = _WHOLE.fullmatch(cell.strip())
    return whole[1] if whole else ""


def _condition(plain: Any) -> Condition:
    clauses = plain if isinstance(plain, list) else [plain]
    return Condition(tuple(Clause(**{key: tuple(clause.get(key, ())) for key in KEYS}) for clause in clauses))


def _condition_node(condition: Condition, mark: yaml.Mark) -> yaml.Node:
    clauses = [
        mapping(
            (
                (scalar(key, mark), sequence((scalar(name, mark) for name in names), mark))
                for key in KEYS
                if (names := getattr(clause, key))
            ),
            mark,
        )
        for clause in condition.clauses
    ]
    return clauses[0] if len(clauses) == 1 else sequence(clauses, mark)
