"""Levels that stand alone."""

import pytest

from assessments.bank.types import Edition, Question
from assessments.bank.whole_levels import AS_BEFORE, whole_level
from tests.bank.editions import edition_2026_1
from tests.bank.making import question

ALONE = ("Nothing", "Begun", "Most rooms are locked.", "All rooms are locked", "Locked and checked")


def _question(*levels: str) -> Question:
    return question("STORE-01", levels=levels)


def test_a_whole_level_stays_as_it_is() -> None:
    assert [whole_level(_question(*ALONE), n) for n in range(5)] == list(ALONE)


def test_what_a_level_builds_on_comes_first() -> None:
    asked = _question(*ALONE[:3], "As before, and the keys are listed", "As before; the list is checked")
    assert whole_level(asked, 3) == "Most rooms are locked; and the keys are listed"
    assert whole_level(asked, 4) == "Most rooms are locked; and the keys are listed; the list is checked"


@pytest.fixture(scope="module")
def old_edition() -> Edition:
    return edition_2026_1()


def test_no_level_of_the_old_edition_refers_to_another(old_edition: Edition) -> None:
    referring = 0
    for asked in old_edition.questions:
        for number, own in enumerate(asked.levels):
            whole = whole_level(asked, number)
            referring += own.startswith(AS_BEFORE)
            assert AS_BEFORE not in whole
            assert whole == own or own.startswith(AS_BEFORE)
    assert referring > 100
