from typing import Any

import pytest

from assessments.bank.checks.wording import HARD_TO_READ, check_wording, reading_index
from assessments.bank.errors import Problem, Severity
from tests.bank.making import question

PLAIN = ("Nobody looks.", "One does.", "Most of us do.", "We all do.", "We all do it well.")


def problems(**changes: Any) -> list[Problem]:
    return list(check_wording(question("DATA-01", levels=changes.pop("levels", PLAIN), **changes), "questions DATA-01"))


def test_a_plain_question_has_no_problem() -> None:
    assert problems() == []


@pytest.mark.parametrize("field", ["text", "help", "weight_reason", "first_step"])
def test_every_text_is_there(field: str) -> None:
    assert problems(**{field: " "}) == [Problem(f"questions DATA-01, {field}", "expected text, found nothing")]


def test_every_level_is_there() -> None:
    levels = (*PLAIN[:3], "", PLAIN[4])
    assert problems(levels=levels) == [Problem("questions DATA-01, levels, level 3", "expected text, found nothing")]


def test_the_reading_index_by_hand() -> None:
    assert reading_index("") == 0
    # Six words in two sentences, one of them long: 6 / 2 + 100 / 6 = 19.67.
    assert reading_index("We lock it. We certainly do.") == 19
    assert reading_index("Authentication mechanisms necessitate configuration") == 104


def test_hard_words_are_a_warning() -> None:
    text = "Do organisational governance mechanisms systematically operationalise proportionate accountability?"
    (problem,) = problems(text=text, help=text, levels=(text,) * 5)
    assert (problem.place, problem.severity) == ("questions DATA-01, text", Severity.WARNING)
    assert f"at most {HARD_TO_READ}" in problem.message


def test_links_begin_with_https() -> None:
    assert problems(help="Read [this](https://example.org/a).") == []
    (problem,) = problems(help="Read [this](http://example.org/a).")
    assert (problem.place, problem.severity) == ("questions DATA-01, help", Severity.WARNING)
    assert "http://example.org/a is shown as text" in problem.message
