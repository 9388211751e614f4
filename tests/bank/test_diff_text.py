"""Values of a diff as text."""

from datetime import date

import pytest
from hypothesis import given

from assessments.bank.diff.editions import compare_editions
from assessments.bank.diff.text import text_of
from assessments.bank.steps import FindOutHint
from assessments.bank.types import Depth, Edition, QuestionCitation
from tests.bank import strategies as some
from tests.bank.making import duty, gate, when


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("Text.", "Text."),
        (2, "2"),
        (True, "yes"),
        (False, "no"),
        (Depth.QUICK, "quick"),
        (date(2026, 11, 21), "2026-11-21"),
        (("A list.", "A note."), "A list.\nA note."),
        (frozenset({"b", "a"}), "a\nb"),
        (when("gdpr", "uses_ai"), "all: gdpr, uses_ai"),
        (when(), ""),
        (
            (QuestionCitation("A 1"), QuestionCitation("B 2", when("gdpr"), date(2027, 1, 1))),
            "label: A 1\n\nlabel: B 2\nwhen: all: gdpr\nstarts: 2027-01-01",
        ),
        (FindOutHint("Look it up.", 5), "text: Look it up.\nminutes: 5"),
        ({"DATA-01": "A long name.", "DATA-02": "A title."}, "DATA-01: A long name.\nDATA-02: A title."),
        ((gate(),), "kind: harm\nmin level: 2\ncap domain: 1\nreason: It matters."),
        ((duty(),), "law: gdpr\nlevel: 2\nsays: Do what gdpr asks.\ncitations: GDPR Art. 1\nfinding: now"),
    ],
)
def test_how_a_value_is_said(value: object, text: str) -> None:
    assert text_of(value) == text


@given(some.editions(), some.editions())
def test_different_values_are_said_differently(old: Edition, new: Edition) -> None:
    for change in compare_editions(old, new).questions.changed:
        assert all(text_of(field.before) != text_of(field.after) for field in change.fields)
