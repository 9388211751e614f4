"""The file that says which answers given under an earlier edition still hold."""

from pathlib import Path

import pytest

from assessments.bank.document.carry_over import CarryOver, read_carry_over
from assessments.bank.errors import DocumentError
from assessments.bank.types import Edition
from assessments.editions.shipped import shipped_carry_overs
from tests.bank.editions import edition_2026_1

ASKED = ("ACCESS-01", "ACCESS-02")
GOOD = "follows: '1'\nchanged:\n  ACCESS-02: It asks for more.\n"


def read(text: str) -> CarryOver:
    return read_carry_over("2.carry_over.yaml", text, edition="2", questions=ASKED)


def problems(text: str) -> list[str]:
    with pytest.raises(DocumentError) as refused:
        read(text)
    return [str(problem) for problem in refused.value.problems]


def test_it_names_the_edition_before_and_what_changed() -> None:
    assert read(GOOD) == CarryOver("1", {"ACCESS-02": "It asks for more."})
    assert read("follows: '1'") == CarryOver("1", {})


def test_every_problem_is_told_with_its_line() -> None:
    assert problems("changed: {ACCESS-01: '', ACCESS-03: It is new.}\nsame: [ACCESS-02]\n") == [
        "follows is missing (2.carry_over.yaml line 1)",
        "changed, ACCESS-01: expected text, found nothing (2.carry_over.yaml line 1)",
        "changed, ACCESS-03: edition 2 has no question ACCESS-03 (2.carry_over.yaml line 1)",
        "same: unknown key (2.carry_over.yaml line 2)",
    ]
    assert problems("follows: '2'") == ["follows: an edition cannot follow itself (2.carry_over.yaml line 1)"]
    assert "not valid YAML" in problems("follows: [")[0]


def test_a_file_of_an_edition_that_is_not_shipped_is_refused(edition: Edition, tmp_path: Path) -> None:
    (tmp_path / "2026.9.carry_over.yaml").write_text(GOOD)

    with pytest.raises(DocumentError, match=r"no shipped edition of this name \(2026.9.carry_over.yaml\)"):
        shipped_carry_overs([edition], tmp_path)


def test_what_changed_in_2026_2_was_asked_in_2026_1_already(edition: Edition) -> None:
    before = edition_2026_1()
    carry_over = shipped_carry_overs([edition])[edition.id]

    assert carry_over.follows == before.id
    assert carry_over.changed.keys() <= before.question.keys() & edition.question.keys()
    unchanged = {own.id for own in edition.questions if before.question.get(own.id) == own}
    assert not carry_over.changed.keys() & unchanged
    assert all(reason.endswith((".", ".”", "”.")) for reason in carry_over.changed.values())
