"""Findings, duties and open points in words: three kinds, never mixed."""

from dataclasses import replace
from datetime import date

from assessments.bank.types import Depth
from assessments.presentation.duties import NamedAuthority, PartialListStatement
from assessments.presentation.findings import (
    DutyOnTheDay,
    OnTheDayStatement,
    StartingSoonStatement,
)
from assessments.presentation.open_points import (
    FindOutStatement,
    Hint,
    LeftOutStatement,
    NotLookedAtStatement,
    ToCheckStatement,
)
from assessments.wording.findings import (
    duty_words,
    law_words,
    must_fix_words,
    on_the_day_words,
    partial_list_sentence,
    starting_soon_words,
)
from assessments.wording.open_points import (
    LeftOutWords,
    find_out_words,
    left_out_words,
    not_looked_at_words,
    to_check_words,
)
from tests.assessments.told_statements import COMPLETE, DUTY, FIX, GATE, LAW, QUESTION, STARTED


def test_what_is_unlawful_now() -> None:
    words = must_fix_words(FIX)
    assert (words.question, words.asks) == (QUESTION.id, QUESTION.text)
    assert (words.kind, words.in_part, words.reason, words.unsettled) == ("Weak spot", False, GATE.reason, "")
    assert (words.step, words.code) == ("Step 4 of the plan.", "step-4")
    elsewhere = must_fix_words(replace(FIX, plan_step=None))
    assert (elsewhere.step, elsewhere.code) == ("Next step: Switch it on.", "")
    unsettled = must_fix_words(replace(FIX, unsettled=("From when it counts.",), next_step="", plan_step=None))
    assert (unsettled.unsettled, unsettled.step) == ("Unsettled: From when it counts.", "")


def test_a_duty_met_in_part_says_what_the_law_asks() -> None:
    words = must_fix_words(replace(FIX, gate=None, in_part=True, reasons=("Do this.", "Do that.")))
    assert (words.kind, words.in_part, words.reason) == ("Duty met in part", True, "Do this. Do that.")


def test_what_would_be_missed_on_the_day() -> None:
    duty = DutyOnTheDay("EU GDPR", "Report it.", ("GDPR Art. 33(1)", "GDPR Art. 33(5)"), "When it counts.")
    words = on_the_day_words(OnTheDayStatement(QUESTION, GATE, (duty,), STARTED, 7))
    assert (words.question, words.asks, words.reason) == (QUESTION.id, QUESTION.text, GATE.reason)
    assert words.duties == ("Report it. (EU GDPR: GDPR Art. 33(1); GDPR Art. 33(5)) Unsettled: When it counts.",)
    assert (words.step, words.code) == ("Step 7 of the plan.", "step-7")
    plain = on_the_day_words(OnTheDayStatement(QUESTION, None, (), STARTED, None))
    assert (plain.reason, plain.step, plain.code) == ("", "", "")


def test_only_what_is_unlawful_now_may_say_stop() -> None:
    others = (
        on_the_day_words(OnTheDayStatement(QUESTION, GATE, (), STARTED, 7)),
        not_looked_at_words(NotLookedAtStatement(QUESTION, "IT", None, GATE, STARTED)),
        to_check_words(ToCheckStatement(QUESTION, STARTED, GATE, ("Do this.",), ("Who decides?",))),
        find_out_words(FindOutStatement(QUESTION, "IT", None, GATE, 3, True, ())),
    )
    for words in others:
        assert "stop" not in str(words).casefold()
        assert "unlawful" not in str(words).casefold()


def test_what_starts_soon() -> None:
    item = StartingSoonStatement(QUESTION, date(2027, 1, 1), "CCPA", "Say so.", "", STARTED, COMPLETE)
    words = starting_soon_words(item)
    assert (words.day, words.law, words.says) == ("From 1 January 2027", "CCPA", "Say so.")
    assert (words.level, words.unsettled) == ("Now 1 Started, met at 3 Complete.", "")


def test_a_duty() -> None:
    words = duty_words(DUTY)
    assert (words.says, words.question, words.asks) == ("Keep data safe.", QUESTION.id, QUESTION.text)
    assert words.level == "Now 1 Started, met at 2 Basics work."
    assert words.citations == "GDPR Art. 5; GDPR Art. 32"
    assert (words.starts, words.part) == ("Required since 2 August 2026.", "met in part")
    assert words.unsettled == "Unsettled: From when it counts."
    plain = duty_words(replace(DUTY, starts=None, in_part=False, unsettled=""))
    assert (plain.starts, plain.part, plain.unsettled) == ("", "", "")


def test_a_law() -> None:
    words = law_words(LAW)
    assert (words.code, words.name, words.says, words.note) == ("gdpr", "EU GDPR", "The law.", "In force.")
    assert words.facts == (
        "Watched over by the CNIL, www.cnil.fr.",
        "Fines: Up to 2 %.",
        "Last looked up on 30 November 2026.",
    )
    assert words.unsettled == ("Unsettled: An appeal is pending.",)
    assert (words.duties, words.nothing_open, words.mark) == ((duty_words(DUTY),), "", "")
    assert law_words(replace(LAW, duties=())).nothing_open == "Nothing open among the questions asked."
    assert law_words(replace(LAW, to_check=True)).mark == "to be checked"
    older = replace(LAW, fines="", looked_up=None, authority=None, unsettled=())
    assert (law_words(older).facts, law_words(older).unsettled) == ((), ())
    no_address = replace(LAW, authority=NamedAuthority("the authority of your state", ""))
    assert law_words(no_address).facts[0] == "Watched over by the authority of your state."


def test_a_partial_list_of_duties() -> None:
    assert partial_list_sentence(PartialListStatement(Depth.QUICK, 12)) == (
        "This list of duties is partial; a full run asks 12 more questions about them."
    )
    assert partial_list_sentence(None) == ""


def test_what_nobody_knows_says_how_to_find_out() -> None:
    item = FindOutStatement(QUESTION, "IT", Hint("Sign in once.", 10), GATE, 3, True, ("Who decides?",))
    words = find_out_words(item)
    assert (words.question, words.asks, words.who) == (QUESTION.id, QUESTION.text, "Ask: IT.")
    assert words.how == "Sign in once. About 10 minutes."
    assert words.why == "Much rests on it: figures stay low until it is known."
    assert words.settle == "Settled by: “Who decides?”"
    plain = find_out_words(replace(item, gate=None, hint=None, settled_by=()))
    assert (plain.why, plain.how, plain.settle) == ("Weight 3.", "", "")


def test_what_nobody_looked_at_and_what_is_to_be_checked() -> None:
    looked = not_looked_at_words(NotLookedAtStatement(QUESTION, "IT", Hint("Look.", 60), GATE, STARTED))
    assert (looked.how, looked.who, looked.why) == ("Look. About 1 hour.", "Ask: IT.", GATE.reason)
    check = to_check_words(ToCheckStatement(QUESTION, STARTED, GATE, ("Do this.",), ("Who decides?", "Where?")))
    assert check.why == f"If it concerns you: {GATE.reason} Do this."
    assert check.settle == "Settled by: “Who decides?” “Where?”"
    older = to_check_words(ToCheckStatement(QUESTION, STARTED, None, (), ()))
    assert older.settle == "To be checked: it rests on a fact about the business that nobody was sure of."
    assert left_out_words(LeftOutStatement(QUESTION, "No.")) == LeftOutWords(QUESTION.id, QUESTION.text, "No.")
