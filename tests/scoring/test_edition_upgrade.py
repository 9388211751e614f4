"""What happens to answers under another edition."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.diff.editions import Meaning
from assessments.bank.scope_types import Scope, ScopeOption
from assessments.bank.types import Depth, Edition, GateKind, NotApplicable
from assessments.scoring.edition_upgrade import (
    CarriedAnswer,
    EditionUpgrade,
    FigureChange,
    LookAgain,
    LookAgainReason,
    upgrade_run,
)
from assessments.scoring.engine import score
from assessments.scoring.scope import FactAnswer, find_tags
from assessments.scoring.terms import asks
from assessments.scoring.types import Figure, Run, ScoredAnswer
from assessments.scoring.upgraded_scope import UpgradedFacts, upgrade_facts
from tests.bank import changing
from tests.bank import strategies as some
from tests.bank.making import SMALL_SCOPE, deciding_scope, edition, gate, question, scope, scope_question, tag, when
from tests.bank.strategies import TODAY
from tests.scoring.answering import UNKNOWN, left_out, level

EUROPE = {"base": FactAnswer(frozenset({"eu"})), "ai": FactAnswer(frozenset({"none"}))}

BANK = edition(question("DATA-01"), question("DATA-02"), question("ACCESS-01"))


def carried(
    old: Edition,
    new: Edition,
    answers: Mapping[str, ScoredAnswer],
    facts: Mapping[str, FactAnswer] = EUROPE,
    *,
    depth: Depth = Depth.FULL,
    **chosen: Meaning,
) -> EditionUpgrade:
    """`chosen` by id with _ for the hyphen."""
    found = find_tags(old.scope, facts)
    return upgrade_run(
        old=old,
        new=new,
        run=Run(depth, found.on, found.provisional),
        facts=facts,
        answers=answers,
        chosen={name.replace("_", "-"): meaning for name, meaning in chosen.items()},
        today=TODAY,
    )


def with_question(question_id: str, **changes: Any) -> Edition:
    return replace(
        BANK, questions=tuple(replace(own, **changes) if own.id == question_id else own for own in BANK.questions)
    )


ANSWERS = {"DATA-01": level(3), "DATA-02": level(1), "ACCESS-01": level(2)}


def test_what_means_the_same_is_carried_over() -> None:
    new = with_question("DATA-01", help="Another help.", text="is DATA-01 done")

    found = carried(BANK, new, ANSWERS)

    assert found.answers == ANSWERS
    assert found.carried == tuple(CarriedAnswer(own, ANSWERS[own.id]) for own in new.questions)
    assert (found.look_again, found.new, found.no_longer_asked) == ((), (), ())


def test_what_means_something_else_is_to_be_looked_at_again() -> None:
    new = with_question("DATA-01", text="Is it really done by all?")

    found = carried(BANK, new, ANSWERS)

    before, after = BANK.question["DATA-01"], new.question["DATA-01"]
    assert found.look_again == (LookAgain(after, before, level(3), LookAgainReason.MEANING),)
    assert "DATA-01" not in found.answers
    assert [own.question.id for own in found.carried] == ["DATA-02", "ACCESS-01"]


def test_the_editor_decides_what_a_change_means() -> None:
    new = with_question("DATA-01", text="Is it really done by all?")

    assert carried(BANK, new, ANSWERS, DATA_01=Meaning.SAME).look_again == ()
    again = carried(BANK, new, ANSWERS, DATA_01=Meaning.SAME, DATA_02=Meaning.CHANGED).look_again
    assert [own.question.id for own in again] == ["DATA-02"]


def test_a_new_question_is_told() -> None:
    new = replace(BANK, questions=(*BANK.questions, question("ACCESS-02")))

    found = carried(BANK, new, ANSWERS)

    assert found.new == (new.question["ACCESS-02"],)


def test_a_question_left_open_in_both_is_neither_new_nor_lost() -> None:
    found = carried(BANK, with_question("DATA-02", help="Other."), {"DATA-01": level(3)})

    assert (found.new, found.look_again, found.no_longer_asked) == ((), (), ())


def test_a_retired_question_is_no_longer_asked() -> None:
    found = carried(BANK, edition(question("DATA-02"), question("ACCESS-01")), ANSWERS)

    assert found.no_longer_asked == (CarriedAnswer(BANK.question["DATA-01"], level(3)),)
    assert found.answers == {"DATA-02": level(1), "ACCESS-01": level(2)}


def test_a_question_that_no_longer_applies_keeps_its_answer_for_later() -> None:
    new = with_question("DATA-01", applies_when=when("ccpa"))

    found = carried(BANK, new, ANSWERS, DATA_01=Meaning.SAME)

    assert found.no_longer_asked == (CarriedAnswer(BANK.question["DATA-01"], level(3)),)
    assert found.answers == ANSWERS
    assert [own.question.id for own in found.carried] == ["DATA-02", "ACCESS-01"]


def test_a_question_that_now_applies_takes_its_answer_of_old() -> None:
    old = with_question("DATA-01", applies_when=when("ccpa"))

    assert carried(old, BANK, ANSWERS, DATA_01=Meaning.SAME).carried[0] == CarriedAnswer(BANK.questions[0], level(3))
    assert carried(old, BANK, {}).new == (BANK.question["DATA-01"],)


@pytest.mark.parametrize("depth", [Depth.QUICK, Depth.FULL])
def test_the_depth_of_the_run_stays(depth: Depth) -> None:
    found = carried(BANK, with_question("DATA-01", depth=Depth.STANDARD), ANSWERS, depth=depth)

    assert found.run.depth is depth
    assert [own.question.id for own in found.no_longer_asked] == (["DATA-01"] if depth is Depth.QUICK else [])


def test_not_applicable_is_carried_only_where_it_is_still_offered() -> None:
    new = with_question("DATA-01", not_applicable=NotApplicable.NEVER, not_applicable_hint="")

    found = carried(BANK, new, {**ANSWERS, "DATA-01": left_out(), "DATA-02": left_out()})

    assert [(own.question.id, own.why) for own in found.look_again] == [
        ("DATA-01", LookAgainReason.NOT_APPLICABLE_NOT_OFFERED)
    ]
    assert found.answers == {"DATA-02": left_out(), "ACCESS-01": level(2)}


def test_not_knowing_and_proof_are_carried_too() -> None:
    answers = {"DATA-01": UNKNOWN, "DATA-02": level(4, proof=True)}

    assert carried(BANK, with_question("DATA-01", help="Other."), answers).answers == answers


def test_figures_before_and_after() -> None:
    new = replace(
        with_question("DATA-01", text="Is it really done by all?"),
        questions=(*with_question("DATA-01", text="Is it really done by all?").questions, question("ACCESS-02")),
    )

    found = carried(BANK, new, {"DATA-01": level(3), "DATA-02": level(3), "ACCESS-01": level(2)})

    assert found.pillars == (
        FigureChange("privacy", Figure(3, 0), Figure(2, 5)),
        FigureChange("security", Figure(2, 0), Figure(1, 5)),
    )
    assert found.domains == (
        FigureChange("DATA", Figure(3, 0), Figure(2, 5)),
        FigureChange("ACCESS", Figure(2, 0), Figure(1, 5)),
    )
    assert (found.overall_before, found.overall_after) == (2, 1)


def test_what_only_one_edition_has_is_compared_with_nothing() -> None:
    new = edition(question("DATA-01"), question("AIUSE-01"))

    found = carried(edition(question("DATA-01"), question("ACCESS-01")), new, ANSWERS)

    assert [(own.code, own.before is None, own.after is None, own.moves) for own in found.domains] == [
        ("DATA", False, False, False),
        ("AIUSE", True, False, True),
        ("ACCESS", False, True, True),
    ]


def test_a_new_gate_caps_what_the_answers_were_worth() -> None:
    new = with_question("DATA-01", gates=(gate(GateKind.HARM, 4, caps_pillar=True, pillars=("privacy",)),), weight=3)

    found = carried(BANK, new, {"DATA-01": level(3), "DATA-02": level(3), "ACCESS-01": level(3)}, DATA_01=Meaning.SAME)

    assert found.pillars[0].after == Figure(1, 9)
    assert found.overall_after == 1


def new_scope(*more: Any, tags: Any = ()) -> Edition:
    """The small scope with further questions and tags."""
    screen = SMALL_SCOPE.screens[0]
    grown = replace(screen, questions=(*screen.questions, *more))
    return replace(BANK, scope=Scope((grown,), (*SMALL_SCOPE.tags, *tags), ()))


def test_a_new_scope_question_leaves_its_tags_to_be_checked() -> None:
    staff = scope_question("staff", "yes", "no", many=False)
    new = new_scope(staff, tags=(tag("has_staff", when("staff.yes")),))
    new = replace(new, questions=(*new.questions, question("ACCESS-02", applies_when=when("has_staff"))))

    found = carried(BANK, new, ANSWERS)

    assert found.run == Run(Depth.FULL, frozenset({"gdpr", "has_staff"}), frozenset({"has_staff"}))
    assert (found.scope_open, found.scope_reworded) == ((staff,), ())
    assert found.facts == EUROPE
    assert found.new == (new.question["ACCESS-02"],)


def test_what_was_answered_under_the_new_scope_settles_it() -> None:
    staff = scope_question("staff", "yes", "no", many=False)
    new = new_scope(staff, tags=(tag("has_staff", when("staff.yes")),))
    given = {"staff": FactAnswer(frozenset({"no"}))}

    found = upgrade_run(
        old=BANK,
        new=new,
        run=Run(Depth.FULL, frozenset({"gdpr"})),
        facts=EUROPE,
        answers=ANSWERS,
        chosen={},
        today=TODAY,
        given=given,
    )

    assert found.run == Run(Depth.FULL, frozenset({"gdpr"}))
    assert (found.facts, found.scope_open) == ({**EUROPE, **given}, ())


def test_a_new_scope_question_that_is_not_asked_is_not_to_be_looked_at() -> None:
    hidden = scope_question("size", "big", asked_when=when("base.us"))

    assert carried(BANK, new_scope(hidden), ANSWERS).scope_open == ()


def test_what_is_asked_for_sure_comes_first() -> None:
    staff = scope_question("staff", "yes", "no", many=False)
    size = scope_question("size", "big", asked_when=when("staff.yes"))
    bank = new_scope(staff, size, tags=deciding_scope(staff, size).tags)

    def still_open(**given: str) -> list[str]:
        facts = {name: FactAnswer(frozenset({option})) for name, option in given.items()}
        return [own.id for own in upgrade_facts(BANK.scope, bank.scope, EUROPE, facts).open]

    assert still_open() == ["staff"]
    assert still_open(staff="yes") == ["size"]
    assert still_open(staff="no") == []


def test_while_nothing_else_is_open_what_may_be_asked_is() -> None:
    size = scope_question("size", "big", asked_when=when("base.us"))
    unsure = {**EUROPE, "base": FactAnswer(not_sure=True)}

    bank = new_scope(size, tags=deciding_scope(size).tags)

    assert upgrade_facts(BANK.scope, bank.scope, unsure).open == (size,)


def test_a_question_that_only_now_is_asked_is_open() -> None:
    hidden, shown = (scope_question("size", "big", asked_when=when(fact)) for fact in ("base.us", "base.eu"))

    bank = new_scope(shown, tags=deciding_scope(shown).tags)

    assert upgrade_facts(new_scope(hidden).scope, bank.scope, EUROPE).open == (shown,)


def facts_after(old: Any, new: Any, fact: FactAnswer) -> tuple[Mapping[str, FactAnswer], str]:
    """The second is how the question is asked again: "open", "reworded" or not."""
    found = upgrade_facts(scope(old), deciding_scope(new), {old.id: fact})
    ways = [*(("open", own) for own in found.open), *(("reworded", own) for own in found.reworded)]
    assert all(own == new for _, own in ways)
    return found.facts, " and ".join(way for way, _ in ways)


def test_a_question_that_was_not_answered_has_nothing_to_carry_over() -> None:
    assert upgrade_facts(scope(OLD), scope(OLD), {}) == UpgradedFacts({}, (), ())


OLD = scope_question("base", "eu", "us", "none")
ONE = scope_question("base", "eu", "us", "none", many=False)
EU, US, NONE = (FactAnswer(frozenset({option})) for option in ("eu", "us", "none"))


@pytest.mark.parametrize(
    ("old", "new", "fact", "kept", "again"),
    [
        (OLD, OLD, EU, EU, ""),
        (OLD, replace(OLD, text="what about base"), EU, EU, ""),
        (OLD, replace(OLD, help="Another help."), EU, EU, ""),
        (OLD, replace(OLD, text="Where are you?"), EU, EU, "reworded"),
        (OLD, scope_question("base", "us", "eu", "none"), EU, EU, ""),
        (OLD, scope_question("base", "eu", "us", "uk", "none"), EU, FactAnswer(EU.options, not_sure=True), "open"),
        (OLD, scope_question("base", "eu", "us", "uk", "none"), NONE, FactAnswer(NONE.options, not_sure=True), "open"),
        (scope_question("base", "eu", "us"), OLD, EU, EU, ""),
        (OLD, scope_question("base", "eu", "none"), EU, EU, ""),
        (OLD, scope_question("base", "us", "none"), EU, None, "open"),
        (OLD, scope_question("base", "us", "none"), FactAnswer(frozenset({"eu", "us"})), US, "open"),
        (OLD, scope_question("base", "us", "none"), FactAnswer(not_sure=True), FactAnswer(not_sure=True), ""),
        (OLD, ONE, EU, EU, ""),
        (OLD, ONE, FactAnswer(frozenset({"eu", "us"})), None, "open"),
        (ONE, replace(ONE, options=(*ONE.options, ScopeOption("uk", "What about the UK"))), EU, EU, ""),
        (ONE, scope_question("base", "us", "none", many=False), EU, None, "open"),
        (ONE, OLD, EU, FactAnswer(EU.options, not_sure=True), "open"),
        (OLD, scope_question("other", "eu"), EU, None, "open"),
        (OLD, OLD, FactAnswer(), None, ""),
    ],
)
def test_facts_stay_as_far_as_they_still_answer(
    old: Any, new: Any, fact: FactAnswer, kept: FactAnswer | None, again: str
) -> None:
    assert facts_after(old, new, fact) == ({"base": kept} if kept else {}, again)


def test_an_option_that_says_something_else_is_to_be_looked_at() -> None:
    options = (replace(OLD.options[0], text="Europe as a whole"), *OLD.options[1:])

    assert facts_after(OLD, replace(OLD, options=options), EU) == ({"base": EU}, "reworded")


@st.composite
def scope_facts(draw: st.DrawFn, bank: Edition) -> dict[str, FactAnswer]:
    facts = {}
    for screen in bank.scope.screens:
        for own in screen.questions:
            most = len(own.options) if own.many else 1
            chosen = draw(st.sets(st.sampled_from([option.id for option in own.options]), max_size=most))
            facts[own.id] = FactAnswer(frozenset(chosen), draw(st.booleans()))
    return facts


@st.composite
def offered(draw: st.DrawFn) -> tuple[Edition, Edition, dict[str, FactAnswer], dict[str, ScoredAnswer], Depth]:
    old, new = draw(changing.changed_editions()), draw(changing.changed_editions())
    return old, new, draw(scope_facts(old)), draw(some.answers(old)), draw(st.sampled_from(list(Depth)))


@settings(max_examples=60)
@given(offered())
def test_every_answer_goes_to_one_place(
    case: tuple[Edition, Edition, dict[str, FactAnswer], dict[str, ScoredAnswer], Depth],
) -> None:
    old, new, facts, answers, depth = case
    found = carried(old, new, answers, facts, depth=depth)

    asked = [own.id for own in new.questions if asks(own, depth, found.run.tags)]
    kept = [own.question.id for own in found.carried]
    again = [own.question.id for own in found.look_again]
    fresh = [own.id for own in found.new]
    still_open = [own for own in asked if own not in (*kept, *again, *fresh)]
    assert sorted([*kept, *again, *fresh, *still_open]) == sorted(asked)
    assert not set(still_open) & answers.keys()
    assert all(answers[own] == answer for own, answer in found.answers.items())
    assert not {own.question.id for own in found.no_longer_asked} & set(asked)


@settings(max_examples=60)
@given(offered())
def test_the_figures_after_are_those_of_the_answers_carried_over(
    case: tuple[Edition, Edition, dict[str, FactAnswer], dict[str, ScoredAnswer], Depth],
) -> None:
    old, new, facts, answers, depth = case
    found = carried(old, new, answers, facts, depth=depth)

    result = score(new, found.run, found.answers, TODAY)
    pillars = {part.code: part.low.figure if part.low else None for part in result.pillars}
    domains = {part.code: part.low.figure if part.low else None for part in result.domains}
    assert {own.code: own.after for own in found.pillars if own.code in pillars} == pillars
    assert {own.code: own.after for own in found.domains if own.code in domains} == domains
    assert found.overall_after == result.overall


@settings(max_examples=60)
@given(offered())
def test_nothing_moves_where_nothing_changed(
    case: tuple[Edition, Edition, dict[str, FactAnswer], dict[str, ScoredAnswer], Depth],
) -> None:
    bank, _, facts, answers, depth = case
    found = carried(bank, replace(bank, title="Next", id="next"), answers, facts, depth=depth)

    assert (found.new, found.no_longer_asked) == ((), ())
    assert (found.scope_open, found.scope_reworded) == ((), ())
    assert not any(change.moves for change in (*found.pillars, *found.domains))
    assert all(own.why is LookAgainReason.NOT_APPLICABLE_NOT_OFFERED for own in found.look_again)
