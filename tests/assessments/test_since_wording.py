"""What has changed, in words: praise where it is due, no blame, and each reason named."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.bank.types import GateKind
from assessments.presentation.since.statements import ToldSince
from assessments.presentation.since.tell import tell_since
from assessments.wording.over_time.since import Moves, moves_since_text, since_words
from tests.bank.making import duty, edition, gate, question
from tests.bank.strategies import TOMORROW
from tests.presentation.since.test_told_since import BANK, between, finished, newer_bank
from tests.scoring.answering import FULL, UNKNOWN, all_at, level, run


def improved() -> ToldSince:
    old = all_at(BANK, 1, STORE_01=UNKNOWN)
    return between(BANK, old, all_at(BANK, 2, STORE_02=level(0)), run("gdpr"), run("gdpr"))


@pytest.mark.parametrize(
    ("moves", "text"),
    [
        (Moves(7, 1, 5, 0), "7 better, 1 worse, 5 urgent gaps closed"),
        (Moves(0, 0, 1, 2), "1 urgent gap closed, 2 new urgent gaps"),
        (Moves(0, 0, 0, 0), "no answer has changed level"),
    ],
)
def test_one_line(moves: Moves, text: str) -> None:
    assert moves_since_text(moves) == text


def test_the_first_sentence_praises_what_was_achieved_and_keeps_nothing_back() -> None:
    lead = "Since your result of 21 November 2026: 1 urgent gap closed, 1 duty met and 10 better answers."
    assert since_words(improved()).lead == f"{lead} To look at: 1 lower answer."


def test_without_anything_to_praise_nobody_is_blamed() -> None:
    told = between(BANK, all_at(BANK, 2), all_at(BANK, 1))
    assert since_words(told).lead.endswith("some things have slipped. Below is what to look at.")
    same = between(BANK, all_at(BANK, 2), all_at(BANK, 2))
    assert since_words(same).lead.endswith("nothing has changed that counts.")


def test_counts_before_and_after() -> None:
    counts = {each.name: (each.before, each.after, each.change) for each in since_words(improved()).counts}
    assert counts["Urgent gaps"] == ("1", "0", "1 fewer")
    assert counts["To find out"] == ("1", "0", "1 fewer")
    assert counts["In place, of 11"][2].endswith("more")


def test_answers_with_their_levels() -> None:
    words = since_words(improved())
    first, unknown = words.better[0], words.better[2]
    assert (first.change, first.place) == ("1 Name of 1 → 2 Name of 2", "Now in place.")
    assert unknown.change == "not known → 2 Name of 2"
    assert words.worse[0].place == ""


def test_a_gap_that_went_by_itself_says_so() -> None:
    told = between(BANK, all_at(BANK, 1), all_at(BANK, 1, DATA_02=UNKNOWN))
    assert since_words(told).gaps_closed[0].why == "Not known at the moment: find out before you count on it."
    back = between(BANK, all_at(BANK, 1, DATA_02=UNKNOWN), all_at(BANK, 1))
    assert since_words(back).gaps_new[0].why == "Found out since then."


def test_a_duty_whose_day_has_come_says_from_when() -> None:
    bank = edition(question("DATA-01", duties=(duty("gdpr", 2, starts=TOMORROW),)))
    told = between(bank, all_at(bank, 1), all_at(bank, 1), run("gdpr"), run("gdpr"), TOMORROW)
    assert since_words(told).duties_new[0].why == "The law asks this from 22 November 2026."
    gone = between(BANK, all_at(BANK, 1), all_at(BANK, 1), run("gdpr"), FULL)
    assert since_words(gone).duties_met[0].why == "It no longer applies to your business as described."


def test_a_target_that_rose_is_no_step_back() -> None:
    bank = edition(question("DATA-01", duties=(duty("gdpr", 4, starts=TOMORROW),)))
    told = between(bank, all_at(bank, 3), all_at(bank, 3), run("gdpr"), run("gdpr"), TOMORROW)
    assert since_words(told).otherwise[0].place == "More is asked of you now than then."


def test_other_editions_and_other_questions_are_named() -> None:
    new = newer_bank()
    told = tell_since(finished(BANK, all_at(BANK, 1)), finished(new, all_at(new, 2)))
    words = since_words(told)
    assert f"edition {BANK.id}" in words.hints[0]
    assert "9 questions that count in both" in words.hints[1]
    assert {each.text.partition("; ")[2] for each in words.only_after} == {
        "not asked in the other result",
        "the question means something else now",
    }


def test_nothing_in_common() -> None:
    other = replace(edition(question("STORE-11", gates=(gate(GateKind.HARM, 1),))), id="TEST.9")
    told = tell_since(finished(BANK, all_at(BANK, 1)), finished(other, all_at(other, 2), day=date(2027, 1, 1)))
    words = since_words(told)
    assert "no question in common" in words.lead
    assert not any((words.better, words.pillars, words.gaps_closed))
