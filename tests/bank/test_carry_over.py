"""The file that says which answers given under an earlier edition still hold."""

from hashlib import sha256
from pathlib import Path

import pytest

from assessments.bank.document.carry_over import CarryOver, Predecessor, read_carry_over
from assessments.bank.document.writer import write_edition
from assessments.bank.errors import DocumentError
from assessments.bank.types import Edition
from assessments.editions.shipped import shipped_carry_overs
from tests.bank.editions import SHA_OF_2026_2, edition_2026_1, edition_2026_2

ASKED = ("ACCESS-01", "ACCESS-02")
GOOD = "follows:\n- edition: '2'\n- edition: '1'\n  changed:\n    ACCESS-02: It asks for more.\n"


def read(text: str) -> CarryOver:
    return read_carry_over("3.carry_over.yaml", text, edition="3", questions=ASKED)


def problems(text: str) -> list[str]:
    with pytest.raises(DocumentError) as refused:
        read(text)
    return [str(problem) for problem in refused.value.problems]


def test_it_names_the_editions_before_and_what_changed() -> None:
    assert read(GOOD) == CarryOver((Predecessor("2", {}), Predecessor("1", {"ACCESS-02": "It asks for more."})))


def test_every_problem_is_told_with_its_line() -> None:
    wrong = "follows:\n- changed: {ACCESS-01: '', ACCESS-03: It is new.}\n- {edition: '1', same: [ACCESS-02]}\n"
    assert problems(wrong) == [
        "follows, entry 1: edition is missing (3.carry_over.yaml line 2)",
        "follows, entry 1, changed, ACCESS-01: expected text, found nothing (3.carry_over.yaml line 2)",
        "follows, entry 1, changed, ACCESS-03: edition 3 has no question ACCESS-03 (3.carry_over.yaml line 2)",
        "follows 1, same: unknown key (3.carry_over.yaml line 3)",
    ]
    assert problems("follows: [{edition: '3'}]") == [
        "follows 3: an edition cannot follow itself (3.carry_over.yaml line 1)"
    ]
    assert problems("follows: [{edition: '1'}, {edition: '1'}]") == [
        "follows 1: appears twice (3.carry_over.yaml line 1)"
    ]
    assert problems("changed: {}")[0] == "follows is missing (3.carry_over.yaml line 1)"
    assert "not valid YAML" in problems("follows: [")[0]


def test_a_file_of_an_edition_that_is_not_shipped_is_refused(edition: Edition, tmp_path: Path) -> None:
    (tmp_path / "2026.9.carry_over.yaml").write_text(GOOD)

    with pytest.raises(DocumentError, match=r"no shipped edition of this name \(2026.9.carry_over.yaml\)"):
        shipped_carry_overs([edition], tmp_path)


def test_2026_3_follows_2026_2_in_which_nothing_was_different(edition: Edition) -> None:
    same, _older = shipped_carry_overs([edition])[edition.id].follows

    assert (same.id, same.changed) == ("2026.2", {})
    before = edition_2026_2()
    assert sha256(write_edition(before).encode()).hexdigest() == SHA_OF_2026_2
    assert before.questions == edition.questions


def test_what_changed_since_2026_1_was_asked_in_2026_1_already(edition: Edition) -> None:
    before = edition_2026_1()
    _same, told = shipped_carry_overs([edition])[edition.id].follows

    assert told.id == before.id
    assert told.changed.keys() <= before.question.keys() & edition.question.keys()
    unchanged = {own.id for own in edition.questions if before.question.get(own.id) == own}
    assert not told.changed.keys() & unchanged
    assert all(reason.endswith((".", ".”", "”.")) for reason in told.changed.values())
