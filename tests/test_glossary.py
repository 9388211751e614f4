"""Every name in docs/glossary.md exists: in the code by import, in the database by table and column."""

import importlib
import re
from pathlib import Path

import pytest
from django.apps import apps

GLOSSARY = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"


def rows() -> list[list[str]]:
    """The table's cells, without its head."""
    lines = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def names_in(column: int) -> list[str]:
    return [name for row in rows() for name in re.findall(r"`([^`]+)`", row[column])]


def found(name: str) -> bool:
    """Whether it is a module, or something in one: a class, or a field or member of a class."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            value: object = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            if not hasattr(value, part) and part not in getattr(value, "__annotations__", {}):
                return False
            value = getattr(value, part, None)
        return True
    return False


def tables() -> dict[str, set[str]]:
    models = [
        model for app in ("accounts", "assessments", "reports") for model in apps.get_app_config(app).get_models()
    ]
    return {model._meta.db_table: {str(field.column) for field in model._meta.concrete_fields} for model in models}


def test_every_term_has_a_meaning_and_a_name_somewhere() -> None:
    terms = [row[0] for row in rows()]
    assert len(terms) == len(set(terms)) > 30
    assert [row[0] for row in rows() if len(row) != 5 or not row[1] or not (row[3] or row[4])] == []


@pytest.mark.parametrize("name", names_in(3))
def test_a_name_in_code_exists(name: str) -> None:
    assert found(name)


@pytest.mark.parametrize("name", names_in(4))
def test_a_name_in_the_database_exists(name: str) -> None:
    table, _, column = name.partition(".")
    assert table in tables()
    assert not column or column in tables()[table]


def test_a_name_that_does_not_exist_is_noticed() -> None:
    assert not found("assessments.bank.types.Nothing")
    assert not found("assessments.nothing")
