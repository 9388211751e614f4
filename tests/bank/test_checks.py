"""The rules for publishing: each broken once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assessments.bank.checks.edition import check_edition, errors_of
from assessments.bank.conditions import Clause, Condition
from assessments.bank.errors import Severity
from assessments.bank.laws import Citation, KeyDate, Verification
from assessments.bank.types import ChecklistEntry, Depth, Edition, GateKind, NotApplicable, QuestionCitation
from tests.bank.checking import about, said, sound
from tests.bank.making import WITH_STEPS, checklist, duty, edition, gate, law, question, scale, when


def test_a_sound_edition_has_no_problem() -> None:
    assert check_edition(sound()) == ()


def test_errors_are_told_from_warnings() -> None:
    problems = check_edition(edition(question("DATA-01", weight=7)))

    assert [p.place for p in errors_of(problems)] == ["questions DATA-01, weight"]
    assert len(problems) > 1


HINT = {"not_applicable_hint": ""}
GATED = {"gates": (gate(),)}
BREAKS: list[tuple[dict[str, Any], str, str]] = [
    ({"text": "Tell us."}, "text", "expected exactly one question, with its question mark at the end"),
    ({"text": "Who? And what?"}, "text", "expected exactly one question, with its question mark at the end"),
    ({"weight": 0}, "weight", "expected 1, 2 or 3, found 0"),
    ({"evidence": ()}, "evidence", "expected one to 4 examples, found 0"),
    ({"evidence": tuple("abcde")}, "evidence", "expected one to 4 examples, found 5"),
    ({"levels": tuple("abcd")}, "levels", "expected 5, found 4"),
    ({"levels": tuple("aabcd")}, "levels", "two levels have the same text"),
    ({"not_applicable_hint": ""}, "not_applicable_hint", "must say when it is right"),
    ({"not_applicable": NotApplicable.NEVER}, "not_applicable_hint", "must be empty, because it is never offered"),
    (
        {**GATED, "not_applicable": NotApplicable.ALWAYS},
        "not_applicable",
        "people could click the gate away: choose “Offered while no gate is active” or “Never offered”",
    ),
    (
        {**GATED, "not_applicable": NotApplicable.WITHOUT_GATE},
        "not_applicable",
        "a gate applies to everyone, so this is never offered: choose “Never offered”",
    ),
    (
        {"not_applicable": NotApplicable.WITHOUT_GATE},
        "not_applicable",
        "there is no gate to wait for: choose “Always offered” or “Never offered”",
    ),
    ({"citations": ()}, "citations", "expected at least one"),
    ({"citations": (QuestionCitation("GDPR Art. 1"),) * 2}, "citations GDPR Art. 1", "appears twice"),
    ({"citations": (QuestionCitation("GDPR Art. 999"),)}, "citations", "GDPR Art. 999 is not in the registry"),
    ({"checklist": ()}, "checklist", "expected at least one item"),
    ({"checklist": ("S9-9",)}, "checklist", "S9-9 is not an item of the checklist"),
    ({**GATED, "weight": 1}, "gates, entry 1", "a question with a gate has at least weight 2"),
    ({"gates": (gate(min_level=5),)}, "gates, entry 1, min_level", "expected 1 to 4, found 5"),
    (
        {"gates": (replace(gate(), cap_domain=2),)},
        "gates, entry 1",
        "the caps do not follow from the kind harm",
    ),
    (
        {"gates": (replace(gate(GateKind.LEGAL_STOP), cap_pillar=1),)},
        "gates, entry 1",
        "the caps do not follow from the kind legal_stop",
    ),
    (
        {"gates": (replace(gate(), pillars=("privacy",)),)},
        "gates, entry 1, pillars",
        "must be named if the gate caps a pillar, and only then",
    ),
    (
        {"gates": (gate(caps_pillar=True, pillars=("safety",)),)},
        "gates, entry 1, pillars",
        "safety is not a pillar of this document",
    ),
    (
        {"gates": (gate(caps_pillar=True),), "depth": Depth.STANDARD},
        "gates, entry 1",
        "a gate that caps a pillar must belong to a quick question, so that it always shows",
    ),
    ({"duties": (duty("bgb"),)}, "duties, entry 1, law", "bgb is not a law of this document"),
    ({"duties": (duty(level=0),)}, "duties, entry 1, level", "expected 1 to 4, found 0"),
    (
        {"duties": (replace(duty(), citations=("GDPR Art. 999", "GDPR Art. 1")),)},
        "duties, entry 1, citations",
        "GDPR Art. 999 is not in the registry",
    ),
    ({"applies_when": when("gdrp")}, "applies_when", "gdrp is not a tag of this document"),
    ({"gates": (gate(on=when("gdrp")),)}, "gates, entry 1", "gdrp is not a tag of this document"),
    ({"duties": (duty(on=when("gdrp")),)}, "duties, entry 1", "gdrp is not a tag of this document"),
    (
        {"citations": (QuestionCitation("GDPR Art. 1", when("gdrp")),)},
        "citations GDPR Art. 1",
        "gdrp is not a tag of this document",
    ),
]


@pytest.mark.parametrize(("changes", "place", "message"), BREAKS, ids=[f"{p}: {m}" for _, p, m in BREAKS])
def test_an_error_in_a_question(changes: dict[str, Any], place: str, message: str) -> None:
    bank = sound(question("DATA-06", **changes))

    assert f"questions DATA-06, {place}: {message}" in said(bank)


LONG = "word " * 33
WARNINGS: list[tuple[dict[str, Any], str, str]] = [
    ({"text": f"{LONG} is it?"}, "text", "35 words, at most 26 are easy to read"),
    ({"text": "Do you ask and do you note it?"}, "text", "looks like two questions in one"),
    ({"levels": ("a", "b", LONG, "d", "e")}, "levels, level 2", "33 words, at most 32 are easy to read"),
    (
        {"levels": ("We don't know", "b", "c", "d", "e")},
        "levels, level 0",
        'not knowing is not a level: "don\'t know" is a separate answer',
    ),
    ({"duties": (duty("ccpa"),)}, "duties, entry 1, citations", "none of them belongs to the law ccpa"),
    (
        {"gates": (gate(GateKind.LEGAL, 3),), "duties": (duty(level=2),)},
        "duties, entry 1, level",
        "met at 2, while the gate stays closed below 3",
    ),
]


@pytest.mark.parametrize(("changes", "place", "message"), WARNINGS, ids=[f"{p}: {m}" for _, p, m in WARNINGS])
def test_a_warning_about_a_question(changes: dict[str, Any], place: str, message: str) -> None:
    bank = sound(question("DATA-06", **changes))

    assert said(bank) == []
    assert f"questions DATA-06, {place}: {message}" in said(bank, Severity.WARNING)


def test_five_gates_may_be_left_out_because_a_business_may_have_no_such_thing() -> None:
    laptop = question(
        "STORE-02", gates=(gate(),), not_applicable=NotApplicable.ALWAYS, not_applicable_hint="No laptop."
    )

    assert about(sound(laptop), "questions") == []


NO_AI = Condition((Clause(none=("uses_ai",)),))
NEVER_BOTH = Condition((Clause(all=("gdpr",), none=("gdpr",)),))


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ({"applies_when": NEVER_BOTH}, "applies_when", "no business can ever be asked this"),
        ({"gates": (gate(on=NEVER_BOTH),)}, "gates, entry 1", "no business can ever meet this gate"),
        ({"gates": (gate(), gate(on=when("gdpr")))}, "gates, entry 2", "no business can ever meet this gate"),
        (
            {"gates": (gate(on=when("gdpr")),), "applies_when": Condition((Clause(none=("gdpr",)),))},
            "gates, entry 1",
            "no business can ever meet this gate",
        ),
        (
            {"duties": (duty("gdpr"),), "applies_when": Condition((Clause(none=("gdpr",)),))},
            "duties, entry 1",
            "no business can ever have this duty here",
        ),
        (
            {"citations": (QuestionCitation("GDPR Art. 1", when("large_scale")),), "applies_when": NO_AI},
            "citations GDPR Art. 1",
            "its condition can never hold here",
        ),
    ],
)
def test_what_no_business_can_ever_meet_is_an_error(changes: dict[str, Any], place: str, message: str) -> None:
    assert about(sound(question("DATA-06", **changes)), f"questions DATA-06, {place}") == [message]


FRAME: list[tuple[Callable[[Edition], Edition], str]] = [
    (lambda e: replace(e, scale=scale("0", "1", "2", "3")), "scale: expected the codes 0, 1, 2, 3, 4, in this order"),
    (lambda e: replace(e, labels=e.labels[1:2]), "labels: expected the codes 0, 1, 2, 3, 4, in this order"),
    (lambda e: replace(e, efforts=scale("L", "M", "S")), "effort: expected the codes S, M, L, in this order"),
    (
        lambda e: replace(e, gate_kinds=scale("harm")),
        "gate_kinds: expected the codes legal_stop, legal, harm, foundation, in this order",
    ),
    (lambda e: replace(e, laws=(*e.laws, law("gdpr"))), "laws gdpr: appears twice"),
    (lambda e: replace(e, laws=(*e.laws, law("bgb"))), "laws bgb, tag: bgb is not a tag of this document"),
    (lambda e: replace(e, pillars=e.pillars * 2), "pillars privacy: appears twice"),
    (lambda e: replace(e, pillars=()), "domains DATA, pillar: privacy is not a pillar of this document"),
    (lambda e: replace(e, domains=e.domains * 2), "domains DATA: appears twice"),
    (
        lambda e: replace(e, domains=(*e.domains, replace(e.domains[0], code="EMPTY"))),
        "domains EMPTY: has no question",
    ),
    (
        lambda e: replace(e, raised_target_when=when("huge")),
        "raised_target_when: huge is not a tag of this document",
    ),
    (
        lambda e: replace(e, dates=(KeyDate(date(2027, 1, 1), "bgb", "Starts."),)),
        "dates 2027-01-01: bgb is not a law of this document",
    ),
    (lambda e: replace(e, questions=(*e.questions, e.questions[0])), "questions DATA-01: appears twice"),
    (
        lambda e: replace(e, questions=(*e.questions, replace(e.questions[0], id="OTHER-01", domain="OTHER"))),
        "questions OTHER-01: OTHER is not a domain of this document",
    ),
    (
        lambda e: replace(e, questions=(*e.questions, replace(e.questions[0], id="DATA-09"))),
        "questions DATA-09, text: another question has the same text",
    ),
    (
        lambda e: replace(e, citations={**e.citations, "X": Citation("X", "x", "bgb", Verification.TEXT, "x")}),
        "citations X, law: bgb is neither a law of this document nor standard",
    ),
    (
        lambda e: replace(e, checklist={**e.checklist, "S0-2": ChecklistEntry("S0-2", "Another.")}),
        "checklist S0-2: no question covers it",
    ),
]


@pytest.mark.parametrize(("make", "expected"), FRAME, ids=[expected for _, expected in FRAME])
def test_an_error_in_the_frame(make: Callable[[Edition], Edition], expected: str) -> None:
    assert expected in said(make(sound()))


def test_a_checklist_item_needs_more_than_full_questions() -> None:
    deep = question("DATA-06", depth=Depth.FULL, checklist=("S0-2",))
    bank = sound(deep, checklist=checklist("One.", "Two."))

    assert said(bank) == ["checklist S0-2: only full questions cover it: add a quick or standard one"]


def test_an_unused_citation_and_a_small_domain_are_warnings() -> None:
    extra = Citation("CIS 1", "Also.", "standard", Verification.TEXT, "read")
    bank = sound(question("RIGHTS-01", **WITH_STEPS))
    bank = replace(bank, citations={**bank.citations, "CIS 1": extra})

    assert said(bank) == []
    assert said(bank, Severity.WARNING) == [
        "domains RIGHTS: has fewer than five questions: a single answer can change its label a lot",
        "citations CIS 1: no question uses it",
    ]
