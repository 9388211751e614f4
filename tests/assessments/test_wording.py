"""Figures, caps and answers in words."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.bank.steps import StepCost, StepDoer
from assessments.bank.types import Depth, Edition, GateKind
from assessments.models.edition_choices import GateKindChoice
from assessments.presentation.figures import CapValue, cap_value
from assessments.scoring.types import Cap, Figure, PillarResult, Sum
from assessments.wording import (
    answer_text,
    cap_sentence,
    date_text,
    depth_name,
    figure_change_text,
    figure_words,
    gate_name,
    joined,
    level_name,
    pillar_figure_words,
)
from assessments.wording.scales import cost_text, doer_text, product_name
from tests.bank.editions import edition_2026_1


def total(figure: Figure, caps: tuple[Cap, ...] = ()) -> Sum:
    return Sum((), 1, None, figure.label, caps, figure)


def cap(edition: Edition, question: str, *, provisional: bool = False) -> CapValue:
    found = edition.question[question]
    return cap_value(edition, Cap(found, found.gates[0], 1, provisional))


def test_a_sure_figure(edition: Edition) -> None:
    words = figure_words(edition, total(Figure(2, 5)), total(Figure(2, 5)))
    assert (words.number, words.name, words.range, words.capped) == ("2.5", "Basics in place", "", "")
    assert words.full == "Basics in place 2.5"


def test_a_figure_that_could_be_higher(edition: Edition) -> None:
    words = figure_words(edition, total(Figure(1, 9)), total(Figure(4, 0)))
    assert words.full == "On the way 1.9, could be up to 4.0 Well kept"
    within = figure_words(edition, total(Figure(1, 2)), total(Figure(1, 9)))
    assert within.range == "could be up to 1.9"


def test_what_is_not_assessed(edition: Edition) -> None:
    words = figure_words(edition, None, None)
    assert (words.assessed, words.full) == (False, "Not assessed")


def test_a_cap_is_named_with_its_reason(edition: Edition) -> None:
    one = cap(edition, "ACCESS-02")
    assert cap_sentence((one,)) == f"Capped by ACCESS-02: {one.gate.reason}"


def test_a_cap_that_rests_on_an_unsure_fact_is_marked(edition: Edition) -> None:
    caps = (cap(edition, "ACCESS-02", provisional=True), cap(edition, "STORE-05", provisional=True))
    assert cap_sentence(caps).startswith("Capped by ACCESS-02 (to be checked): ")
    assert cap_sentence(caps).endswith(" Also by STORE-05 (to be checked).")


def test_every_cap_is_named(edition: Edition) -> None:
    caps = tuple(cap(edition, question) for question in ("ACCESS-02", "STORE-05", "DEFEND-01"))
    assert cap_sentence(caps).endswith(" Also by STORE-05 and DEFEND-01.")
    assert cap_sentence(()) == ""


@pytest.mark.parametrize(
    ("after", "text"),
    [
        (Figure(2, 4), "2.4, unchanged"),
        (Figure(2, 6), "2.4 → 2.6"),
        (Figure(3, 0), "Basics in place 2.4 → Solid 3.0"),
    ],
)
def test_moves(edition: Edition, after: Figure, text: str) -> None:
    assert figure_change_text(edition, Figure(2, 4), after) == text


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists(words: list[str], text: str) -> None:
    assert joined(words) == text


def test_answers(edition: Edition) -> None:
    question = edition.question["ACCESS-02"]
    assert answer_text(edition, question, "level", 0) == question.levels[0]
    assert answer_text(edition, question, "unknown", None) == "I don't know, or nobody has looked"
    assert answer_text(edition_2026_1(), question, "unknown", None) == "Don’t know"
    assert answer_text(edition, question, "not_applicable", None) == "Not applicable"
    assert answer_text(edition, question, None, None) == answer_text(edition, question, "open", None)


@pytest.mark.parametrize("bank", ["shipped", "2026.1"])
def test_no_level_that_stands_alone_begins_with_as_before(edition: Edition, bank: str) -> None:
    shown = edition if bank == "shipped" else edition_2026_1()
    texts = [
        answer_text(shown, question, "level", level)
        for question in shown.questions
        for level in range(len(question.levels))
    ]
    assert len(texts) == 5 * len(shown.questions)
    assert [text for text in texts if "As before" in text] == []


def test_a_first_indication_in_a_list(edition: Edition) -> None:
    low = total(Figure(2, 5))
    pillar = PillarResult("privacy", low, low, low, ("GOV",), counted=9)
    assert pillar_figure_words(edition, pillar).full == "Basics in place 2.5"
    thin = pillar_figure_words(edition, replace(pillar, counted=3, first_indication=True))
    assert thin.full == "First indication"


def test_what_a_step_costs_and_who_can_do_it() -> None:
    assert [cost_text(cost, "a drive") for cost in StepCost] == [
        "costs only time",
        "small cost: a drive",
        "larger cost: a drive",
    ]
    assert cost_text(StepCost.LARGER, "") == "larger cost"
    assert len({doer_text(who) for who in StepDoer}) == len(StepDoer)


def test_every_product_of_a_link_has_its_name(edition: Edition) -> None:
    products = {link.product for question in edition.questions for step in question.steps for link in step.links}
    assert {product for product in products if not product_name(product)} <= {"any", "authority"}


def test_names_of_scales(edition: Edition) -> None:
    gate = replace(edition.question["ACCESS-02"].gates[0], kind=GateKind.LEGAL_STOP)
    assert level_name(edition, 2) == "Basics work"
    assert gate_name(edition, gate) == "Stop or change first"
    assert [depth_name(depth) for depth in Depth] == ["Quick", "Standard", "Full"]


def test_a_kind_of_gate_has_one_name(edition: Edition) -> None:
    """In the bank, and where it is chosen."""
    assert [(step.code, step.name) for step in edition.gate_kinds] == [(c.value, str(c.label)) for c in GateKindChoice]


def test_dates() -> None:
    assert date_text(date(2026, 11, 2)) == "2 November 2026"
