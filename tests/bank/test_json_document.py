"""An edition as JSON: lossless, judged by the same reader as the YAML document."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.document import json_document
from assessments.bank.document.json_document import read_json, write_json
from assessments.bank.document.writer import day_as_text
from assessments.bank.errors import DocumentError
from assessments.bank.types import Edition
from tests.bank import strategies as some
from tests.bank.broken import Break, broken
from tests.bank.broken_presets import MISTAKES
from tests.bank.making import edition, question
from tests.bank.test_document import BANK, texts
from tests.bank.test_shipped import shipped


def refused(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read_json(text, "bank.json")
    return [str(problem) for problem in caught.value.problems]


def test_what_is_written_reads_back_the_same() -> None:
    assert read_json(write_json(BANK)) == BANK


@settings(max_examples=50)
@given(some.editions())
def test_any_bank_reads_back_the_same(bank: Edition) -> None:
    assert read_json(write_json(bank)) == bank


@given(st.lists(texts, min_size=6, max_size=6))
def test_any_text_reads_back_the_same(said: list[str]) -> None:
    bank = edition(question("DATA-01", levels=tuple(said[:5]), text=said[5]))

    assert read_json(write_json(bank)) == bank


def test_the_shipped_edition_reads_back_the_same() -> None:
    assert read_json(write_json(shipped())) == shipped()


def test_it_is_plain_json_that_a_person_can_read() -> None:
    text = write_json(edition(question("DATA-01", text="Is the café done?")))

    assert '\n  "id": "test",\n' in text
    assert "café" in text
    assert json.loads(text)["law_status_as_of"] == "2026-11-21"


def test_a_byte_order_mark_does_not_matter() -> None:
    assert read_json("\ufeff" + write_json(BANK)) == BANK


@pytest.mark.parametrize(("make", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistakes_are_said_as_for_yaml(make: Break, expected: str) -> None:
    assert refused(json.dumps(broken(make), default=day_as_text)) == [f"{expected} (bank.json)"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not valid JSON: Expecting value (bank.json line 1)"),
        ('{"id": 1,\n}', "not valid JSON: Expecting property name enclosed in double quotes (bank.json line 2)"),
        ("[]", "expected a mapping of sections at the top (bank.json line 1)"),
        ('"id"', "expected a mapping of sections at the top (bank.json line 1)"),
        ('{"id": NaN}', "not valid JSON: NaN is not a number (bank.json)"),
        ("[" * 50 + "]" * 50, "nested deeper than 16 levels (bank.json)"),
        ("[" * 100_000, "nested deeper than 16 levels (bank.json)"),
        (
            r'{"id": "a\ud83d"}',
            r"half a character (\ud83d) in a text that begins with a (bank.json)",
        ),
    ],
)
def test_what_is_not_even_read(text: str, message: str) -> None:
    assert refused(text) == [message]


@pytest.mark.parametrize("ends", ["", '"', "\\"])
def test_a_text_of_quotation_marks_is_refused_at_once(ends: str) -> None:
    """Without an end it once took the square of its length: hours for the largest file."""
    assert refused('{"id": "' + '\\"' * 1_000_000 + ends)


def test_a_key_that_stands_twice_is_named() -> None:
    text = write_json(edition(question("DATA-01"))).replace('"id": "test"', '"id": "test", "id": "other"')

    assert refused(text) == ["id appears twice (bank.json)"]


@pytest.mark.parametrize("number", ["1.0", "1e1", "-1", "9" * 5_000])
def test_odd_numbers_are_refused_like_any_other_mistake(number: str) -> None:
    text = write_json(edition(question("DATA-01"))).replace('"weight": 2', f'"weight": {number}')

    [problem] = refused(text)
    assert problem.startswith("questions DATA-01, weight: expected a whole number")


@pytest.mark.parametrize("many", ["0,", "[],", "{},", '"a",', '{"a":0},', "null,"])
def test_more_entries_than_any_bank_has_are_refused_before_they_are_read(many: str) -> None:
    assert refused('{"a": [' + many * 300_000 + "0]}") == ["more than 300,000 entries (bank.json)"]


def test_signs_inside_texts_are_no_entries() -> None:
    bank = replace(BANK, disclaimer=', : [ { " \\ ' * 100_000)
    assert read_json(write_json(bank)) == bank


def test_a_document_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_document, "MAX_BYTES", 2_000_000)

    assert refused(" " * 2_000_001) == ["the document is larger than 2 MB (bank.json)"]
