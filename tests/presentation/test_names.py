"""Everything that is told carries the names that the edition gives it."""

import pytest

from assessments.bank.types import GateKind
from assessments.presentation.named_values import NamedEffort, NamedGate, NamedLevel
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.sums import DomainShare, ShareValue, StopValue, SumStatement
from assessments.presentation.told_result import ToldResult, tell_result
from assessments.scoring.explain import LabelStopKind
from tests.bank.making import duty, edition, gate, question
from tests.scoring.answering import all_at, level, run, scored

BANK = edition(
    question("ACCESS-01", 3, gates=(gate(GateKind.HARM, caps_pillar=True),), duties=(duty(),)),
    question("ACCESS-02"),
    question("STORE-01", ai_lens=True),
    question("DATA-01"),
)
GATE = NamedGate("harm", "Name of harm", 2, "It matters.")


@pytest.fixture
def told() -> ToldResult:
    result = scored(BANK, all_at(BANK, 4, ACCESS_01=level(1)), run("gdpr", provisional=("gdpr",)))
    return tell_result(BANK, result, (), {})


def label(number: int) -> NamedLevel:
    return NamedLevel(number, f"Name of {number}")


def worked(told: ToldResult, of: StatementKind, code: str) -> SumStatement:
    return next(each for each in told.sums if (each.of, each.code) == (of, code))


def test_the_edition_is_named(told: ToldResult) -> None:
    named = (told.edition.id, told.edition.title, told.edition.language, told.edition.disclaimer)
    assert named == ("test", "A small bank", "en", "Only a test.")


def test_pillars_domains_and_laws_are_named(told: ToldResult) -> None:
    assert [(each.code, each.name, each.says) for each in told.pillars] == [
        ("privacy", "Privacy", "Counts."),
        ("security", "Security", "Counts."),
    ]
    assert [(each.code, each.title, each.promise, each.pillar) for each in told.domains] == [
        ("DATA", "Data", "Promised.", "Privacy"),
        ("ACCESS", "Access", "Promised.", "Security"),
        ("STORE", "Store", "Promised.", "Security"),
    ]
    assert [(each.name, each.says, each.note) for each in told.laws] == [
        (law.name, law.says, law.note) for law in BANK.laws if law.code == "gdpr"
    ]


def test_effort_and_gate_are_named_by_their_codes(told: ToldResult) -> None:
    assert told.plan[0].effort == NamedEffort("S", "Name of S", "What S means.")


def test_a_cap_names_its_gate() -> None:
    gated = question("ACCESS-01", 1, gates=(gate(GateKind.HARM, caps_pillar=True),))
    bank = edition(gated, *(question(f"ACCESS-0{number}", 3) for number in range(2, 6)))

    told = tell_result(bank, scored(bank, all_at(bank, 4, ACCESS_01=level(1))), (), {})

    figure = told.domains[0].figure
    assert figure is not None
    assert [(cap.gate, cap.cap, cap.provisional) for cap in figure.caps] == [(GATE, label(1), False)]


def test_a_pillars_sum_names_its_domains_and_stops(told: ToldResult) -> None:
    security = worked(told, StatementKind.PILLAR, "security")

    assert (security.title, security.label) == ("Security", label(1))
    assert security.shares == (
        ShareValue(label(1), 2, 2, True),
        *(ShareValue(label(number), 1, 2, False) for number in (2, 3, 4)),
    )
    assert security.domains == (
        DomainShare("ACCESS", "Access", label(1), 2, 5),
        DomainShare("STORE", "Store", label(4), 2, 2),
    )
    assert security.stops == (
        StopValue(LabelStopKind.SHARE, ("Access",), 2, label(2)),
        StopValue(LabelStopKind.GATE, ("ACCESS-01",), 2, label(2)),
    )


def test_a_domains_sum_names_its_questions(told: ToldResult) -> None:
    access = worked(told, StatementKind.DOMAIN, "ACCESS")

    assert (access.title, access.domains) == ("Access", ())
    assert [(row.question.id, row.weight, row.closed) for row in access.questions] == [
        ("ACCESS-01", 3, True),
        ("ACCESS-02", 2, False),
    ]
    assert access.questions[0].gate is not None
    assert access.questions[0].gate.gate == GATE


def test_the_lens_tells_what_its_questions_come_to(told: ToldResult) -> None:
    assert told.lens is not None
    lens = worked(told, StatementKind.AI_LENS, told.lens.code)

    assert told.lens.figure is not None
    assert told.lens.figure.low.figure == lens.low.figure
    assert (told.lens.asked, told.lens.counted, told.lens.not_applicable_heavy) == (1, 1, False)
    assert (lens.title, [row.question.id for row in lens.questions]) == ("", ["STORE-01"])
    assert (lens.low.label, lens.high.label, lens.proven.label) == (4, 4, 2)
