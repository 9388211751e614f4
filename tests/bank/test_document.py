"""Reading and writing the bank document: lossless, in one part or many, safe."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.conditions import Clause, Condition
from assessments.bank.document.reader import read_edition
from assessments.bank.document.writer import to_plain, write_edition
from assessments.bank.laws import Citation, KeyDate, Verification
from assessments.bank.scope_types import OutOfView
from assessments.bank.types import Edition, GateKind, QuestionCitation
from tests.bank import strategies as some
from tests.bank.making import duty, edition, gate, question, when

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40).filter(
    str.strip
)

BANK = edition(
    question(
        "ACCESS-01",
        gates=(gate(GateKind.LEGAL_STOP, on=when("gdpr")), gate(GateKind.HARM, caps_pillar=True)),
        duties=(duty(starts=date(2027, 12, 2), on=Condition((Clause(any=("uses_ai",)), Clause(none=("ccpa",))))),),
        citations=(QuestionCitation("GDPR Art. 1", when("gdpr"), date(2027, 1, 1)), QuestionCitation("CIS 1")),
        applies_when=when("gdpr", "uses_ai"),
        ai_lens=True,
    ),
    question("DATA-01", gates=(gate(GateKind.LEGAL, caps_pillar=True, pillars=("security", "privacy")),)),
    question("DATA-02"),
    citations={
        "GDPR Art. 1": Citation("GDPR Art. 1", "Says so.", "gdpr", Verification.TEXT, "read"),
        "CIS 1": Citation("CIS 1", "Also.", "standard", Verification.MEMORY, "from memory, not read"),
    },
    dates=(KeyDate(date(2026, 12, 2), "gdpr", "It starts."),),
)
BANK = replace(BANK, scope=replace(BANK.scope, out_of_view=(OutOfView("us", "Other states.", when("base.us")),)))


def test_what_is_written_reads_back_the_same() -> None:
    assert read_edition({"bank.yaml": write_edition(BANK)}) == BANK


@given(some.editions())
def test_any_bank_reads_back_the_same(bank: Edition) -> None:
    assert read_edition({"bank.yaml": write_edition(bank)}) == bank


@given(st.lists(texts, min_size=10, max_size=10))
def test_any_text_reads_back_the_same(said: list[str]) -> None:
    label, levels = said[0], tuple(said[1:6])
    registry = Citation(label, said[6], "gdpr", Verification.TEXT, said[7])
    own = question("DATA-01", text=said[8], levels=levels, citations=(QuestionCitation(label),))
    bank = edition(own, citations={label: registry}, title=said[9])

    assert read_edition({"bank.yaml": write_edition(bank)}) == bank


def test_parts_are_united() -> None:
    first = to_plain(BANK)
    second: dict[str, Any] = {}
    third: dict[str, Any] = {}
    second["questions"] = first.pop("questions")
    third["questions"] = [second["questions"].pop()]
    third["citations"] = {"CIS 1": first["citations"].pop("CIS 1")}
    parts = {f"{n}.yaml": yaml.safe_dump(part, sort_keys=False) for n, part in enumerate((first, second, third))}

    assert read_edition(parts) == BANK


def test_questions_come_in_the_order_of_the_domains() -> None:
    plain = to_plain(BANK)
    plain["questions"].reverse()

    found = read_edition({"bank.yaml": yaml.safe_dump(plain)})

    assert [own.id for own in found.questions] == ["DATA-02", "DATA-01", "ACCESS-01"]


def test_a_gate_acts_on_the_pillar_of_its_domain_unless_it_names_others() -> None:
    plain = to_plain(BANK)
    gates = [written for own in plain["questions"] for written in own.get("gates", ())]

    assert [written.get("pillars") for written in gates] == [["security", "privacy"], None, None]
    read = [own.pillars for q in read_edition({"b": yaml.safe_dump(plain)}).questions for own in q.gates]
    assert read == [("security", "privacy"), ("security",), ("security",)]


def test_words_that_yaml_takes_for_something_else_are_written_in_quotes() -> None:
    bank = edition(question("DATA-01", levels=("no", "1.10", "2026-11-21", "null", "~")))

    text = write_edition(bank)

    assert "- 'no'" in text
    assert read_edition({"bank.yaml": text}).questions[0].levels == bank.questions[0].levels


def test_equal_parts_are_written_out_without_aliases() -> None:
    same = gate(on=when("gdpr"))
    bank = edition(*(question(f"DATA-0{n}", gates=(same,)) for n in (1, 2)))

    assert "&" not in write_edition(bank)


def test_days_may_stand_in_quotes_or_not() -> None:
    text = write_edition(BANK)
    assert "law_status_as_of: 2026-11-21" in text

    quoted = text.replace("law_status_as_of: 2026-11-21", "law_status_as_of: '2026-11-21'")

    assert read_edition({"bank.yaml": quoted}) == BANK


def test_a_folded_text_has_no_line_break_at_its_end() -> None:
    text = write_edition(BANK).replace("disclaimer: Only a test.", "disclaimer: >\n  Only\n  a test.\n")

    assert read_edition({"bank.yaml": text}).disclaimer == "Only a test."


@pytest.mark.parametrize("changes", [{"cap_domain": 0}, {"cap_pillar": 0}, {"pillars": ("privacy",)}])
def test_caps_that_the_document_cannot_say_are_not_written(changes: dict[str, Any]) -> None:
    odd = replace(gate(GateKind.HARM), **changes)

    with pytest.raises(ValueError, match="DATA-01: the caps of a gate must follow from its kind"):
        write_edition(edition(question("DATA-01", gates=(odd,))))
