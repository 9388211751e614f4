"""The published JSON Schema and the reader check the same documents: they agree."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from assessments.bank.document.writer import day_as_text, to_plain
from assessments.bank.types import Edition
from tests.bank import strategies as some
from tests.bank.broken import SOUND, Break, broken
from tests.bank.broken_presets import MISTAKES

SCHEMA = json.loads((Path(__file__).parents[2] / "assessments" / "bank" / "edition.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def as_json(plain: dict[str, Any]) -> Any:
    return json.loads(json.dumps(plain, default=day_as_text))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_accepts_a_sound_document() -> None:
    VALIDATOR.validate(as_json(SOUND))


@given(some.editions())
def test_the_schema_accepts_what_is_written(bank: Edition) -> None:
    VALIDATOR.validate(as_json(to_plain(bank)))


@pytest.mark.parametrize("make", [make for make, _ in MISTAKES.values()], ids=MISTAKES.keys())
def test_the_schema_refuses_what_the_reader_refuses(make: Break) -> None:
    assert not VALIDATOR.is_valid(as_json(broken(make)))


def test_only_days_are_turned_into_text() -> None:
    with pytest.raises(TypeError, match="set"):
        day_as_text(set())
