"""Rows as readable tables: each is a JSON and a CSV file in the ZIP."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from assessments.formatting.spreadsheets import Cell, as_csv


@dataclass(frozen=True, slots=True)
class DataTable:
    """`name` is the path in the ZIP, without a suffix."""

    name: str
    columns: tuple[str, ...]
    rows: list[dict[str, Any]]

    def files(self) -> Iterable[tuple[str, str]]:
        """Names and contents."""
        yield f"{self.name}.json", json.dumps(self.rows, indent=2, ensure_ascii=False, default=str)
        lines: list[Sequence[Cell]] = [self.columns]
        lines += [[_cell(row[column]) for column in self.columns] for row in self.rows]
        yield f"{self.name}.csv", as_csv(lines)


def table_of(name: str, rows: "QuerySet[Any]", *columns: str) -> DataTable:
    """Lookups such as `user__email` are columns of the table under that name."""
    return DataTable(name, columns, list(rows.values(*columns)))


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | str):
        return value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
