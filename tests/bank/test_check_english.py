"""Rules for editions in English: plain words, levels that state facts, a grade that most people read."""

import socket
from dataclasses import replace
from typing import Any

import pytest

from assessments.bank.checks.english import is_english
from assessments.bank.checks.grade import reading_grade
from assessments.bank.steps import FindOutHint, StepVariant
from assessments.bank.types import GateKind
from tests.bank.checking import WARNING, about, said, sound, with_question, with_step
from tests.bank.making import STEPS, duty, edition, gate, question, when

PLACE = "questions DATA-06"
LEVELS = ("No one does.", "One does.", "Most of us do.", "We all do.", "We all do it well.")
HARD = "Organisational accountability necessitates proportionate documentation of authorisation."


def test_the_grade_by_hand() -> None:
    # 0.39 x 6 words in 1 sentence + 11.8 x 1 syllable a word - 15.59
    assert reading_grade("We lock the door each night.") == pytest.approx(-1.5, abs=0.1)
    assert reading_grade(HARD) > 20


def test_the_grade_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Newer releases of textstat fetch a corpus."""
    reading_grade.cache_clear()
    with monkeypatch.context() as without_network:
        without_network.setattr(socket.socket, "connect", lambda *args: pytest.fail("connected"))
        without_network.setattr(socket, "getaddrinfo", lambda *args: pytest.fail("looked an address up"))
        grade = reading_grade("Do you lock the office each night?")

    assert grade > 0


@pytest.mark.parametrize(("language", "english"), [("en", True), ("en-GB", True), ("EN_us", True), ("de", False)])
def test_the_language_decides(language: str, english: bool) -> None:
    bank = edition(question("DATA-01", text=f"{HARD[:-1]}?"), language=language)

    assert is_english(bank) is english
    assert any("grade" in message for message in about(bank, "questions DATA-01", WARNING)) is english


def steps_with(**changes: Any) -> dict[str, Any]:
    return {"steps": (replace(STEPS[0], **changes), *STEPS[1:])}


@pytest.mark.parametrize(
    ("changes", "place", "most"),
    [
        ({"text": f"{HARD[:-1]}?"}, "text", 8),
        ({"levels": (*LEVELS[:4], HARD)}, "levels, level 4", 8),
        ({"help": HARD}, "help", 9),
        ({"find_out": FindOutHint(HARD, 5)}, "find_out", 9),
        (steps_with(text=HARD), "steps, to 1, text", 9),
        (steps_with(solo=HARD), "steps, to 1, solo", 9),
        (steps_with(done_when=HARD), "steps, to 1, done_when", 9),
        (steps_with(variants=(StepVariant(when("ccpa"), HARD),)), "steps, to 1, variants, entry 1, text", 9),
    ],
)
def test_hard_texts_are_named_unless_the_edition_says_why(changes: dict[str, Any], place: str, most: int) -> None:
    bank = with_question(**{"levels": LEVELS} | changes)

    [message] = about(bank, f"{PLACE}, {place}", WARNING)[-1:]
    assert message.startswith("reading grade ")
    assert message.endswith(f"at most {most}: shorter words and sentences")
    excepted = replace(bank, readability_exceptions={"DATA-06": "Words of the law."})
    assert [m for m in about(excepted, PLACE, WARNING) if "grade" in m] == []
    assert about(excepted, "readability", WARNING) == []


def test_what_is_paid_for_is_a_name_and_not_measured() -> None:
    assert about(with_step(1, pays_for="an independent penetration examination"), PLACE, WARNING) == [
        "the step costs nothing: leave it out, or say how much it costs"
    ]


def test_a_placeholder_counts_as_a_plain_word() -> None:
    assert about(with_question(help="Ask {cyber_agency} or {police}."), PLACE, WARNING) == []


def test_an_exception_that_nothing_needs_is_a_warning() -> None:
    bank = sound(readability_exceptions={"DATA-02": "No reason."})

    assert said(bank, WARNING) == ["readability_exceptions DATA-02: no text of it needs an exception"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ask for it at your authority.", "your authority"),
        ("Simply ask.", "Simply"),
        ("It is just a form.", "just"),
        ("This is obviously so.", "obviously"),
        ("Ask for compliance.", "compliance"),
        ("Ask each stakeholder.", "stakeholder"),
        ("We leverage it.", "leverage"),
    ],
)
@pytest.mark.parametrize("field", ["help", "solo"])
def test_words_that_are_refused(text: str, word: str, field: str) -> None:
    bank = with_question(help=text) if field == "help" else with_step(4, solo=text)
    place = f"{PLACE}, help" if field == "help" else f"{PLACE}, steps, to 4, solo"

    assert about(bank, place, WARNING) == [f'"{word}" is not a word for our readers']


def test_words_that_only_look_alike() -> None:
    assert about(with_question(help="Adjust it in a justified way, to your authority's taste."), PLACE, WARNING) == [
        '"your authority" is not a word for our readers'
    ]
    assert about(with_question(help="Justify it."), PLACE, WARNING) == []


def test_each_level_stands_alone() -> None:
    bank = with_question(levels=(*LEVELS[:3], "As before, in writing.", "We all do as before."))

    assert about(bank, f"{PLACE}, levels", WARNING) == ["refers to another level: each is also shown by itself"]


@pytest.mark.parametrize(
    ("level", "found"),
    [
        ("We lock it and log it; we look.", 0),
        ("We lock it and log it and look; no one asks.", 1),
        ("We lock it and log it and look.", 0),
    ],
)
def test_a_level_joins_two_conditions_at_most(level: str, found: int) -> None:
    bank = with_question(levels=(*LEVELS[:4], level))

    expected = ["joins more than two conditions: which one decides?"] * found
    assert about(bank, f"{PLACE}, levels, level 4", WARNING) == expected


@pytest.mark.parametrize(
    ("level", "word"),
    [
        ("No one has looked.", "looked"),
        ("It was never checked.", "checked"),
        ("We do not know whether it is so.", "know whether"),
        ("No one knows whether it is so.", "knows whether"),
        ("It was never thought about.", "thought about"),
        ("It was never compared.", "compared"),
    ],
)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_where_a_law_stands_the_low_levels_state_facts(level: str, word: str, number: int) -> None:
    levels = (*LEVELS[:number], level, *LEVELS[number + 1 :])
    expected = [f'"{word}": state a fact here; not having looked is the answer "I don\'t know"'] * (number < 2)

    def found(**changes: Any) -> list[str]:
        return [m for m in about(with_question(levels=levels, **changes), PLACE, WARNING) if "state a fact" in m]

    assert found() == []
    assert found(gates=(gate(GateKind.FOUNDATION),)) == []
    assert found(duties=(duty(),)) == expected
    for kind in (GateKind.LEGAL_STOP, GateKind.LEGAL, GateKind.HARM):
        assert found(gates=(gate(kind),)) == expected


KEPT = ("Nothing is kept", "Some lists are kept", "Some lists are kept, and old papers are shredded", "x", "y")


@pytest.mark.parametrize(
    ("done_when", "missing"),
    [
        ("Old papers are shredded.", ""),
        ("Papers went through shredding.", ""),
        ("Each old PAPER is gone.", ""),
        ("The lists are kept.", "paper, shredd"),
        ("You feel well.", "paper, shredd"),
    ],
)
def test_an_end_says_what_the_level_adds(done_when: str, missing: str) -> None:
    """Of "old papers shredded" the short word does not count, so one of two is half."""
    steps = tuple(replace(own, done_when=done_when) if own.to == 2 else own for own in STEPS)
    bank = with_question(levels=KEPT, steps=steps)

    expected = [f"says less than half of what level 2 adds: {missing}"] if missing else []
    assert about(bank, f"{PLACE}, steps, to 2, done_when", WARNING) == expected
