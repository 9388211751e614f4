"""Every reference of a file to something that is not there is refused, and the cell or line is named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest

from assessments.bank.document.json_document import read_json_file, write_json
from assessments.bank.document.reader import read_yaml_file
from assessments.bank.document.writer import write_edition
from assessments.bank.errors import DocumentError
from assessments.bank.laws import BY_COUNTRY, Authority, AuthorityRule, KeyDate, Verification
from assessments.bank.references import STANDARD
from assessments.bank.scope_types import Otherwise, OutOfView, Preset, PresetFact
from assessments.bank.sheets.reader import read_sheets_file
from assessments.bank.sheets.tables import TABLES
from assessments.bank.sheets.writer import Sheet, write_sheets
from assessments.bank.steps import StepLink, StepVariant
from assessments.bank.types import Edition, GateKind, QuestionCitation, QuickCheck
from tests.bank.making import STEPS, duty, edition, gate, question, when

NOWHERE = "nowhere"
# Columns that name something of the document, with what is written there to name something else.
NAMES = {
    "edition": {"value": NOWHERE},
    "domains": {"pillar": NOWHERE},
    "laws": {"tag": NOWHERE, "authority": NOWHERE},
    "authority_rules": {"law": NOWHERE, "authority": NOWHERE, "when": f"all: gdpr, {NOWHERE}"},
    "authorities": {"law": NOWHERE},
    "dates": {"law": NOWHERE, "when": f"none: {NOWHERE}"},
    "scope_questions": {"screen": NOWHERE, "asked_when": f"all: {NOWHERE}.eu"},
    "options": {"screen": NOWHERE, "question": NOWHERE, "authority": NOWHERE, "cyber": NOWHERE, "police": NOWHERE},
    "tags": {"law": NOWHERE, "settled_by": NOWHERE},
    "tag_rules": {"tag": NOWHERE, "when": f"all: base.{NOWHERE}"},
    "otherwise": {"tag": NOWHERE, "when": f"all: tag:{NOWHERE}"},
    "out_of_view": {"when": f"any: {NOWHERE}.yes"},
    "presets": {"asks": NOWHERE},
    "preset_facts": {"preset": NOWHERE, "question": NOWHERE, "options": NOWHERE, "when": f"all: ai.{NOWHERE}"},
    "citations": {"law": NOWHERE},
    "checklist": {"concerns": f"any: gdpr, {NOWHERE}"},
    "readability_exceptions": {"question": NOWHERE},
    "questions": {"applies_when": f"all: {NOWHERE}", "checklist": NOWHERE, "domain": NOWHERE},
    "question_steps": {"question": NOWHERE, "to": "7"},
    "step_variants": {"question": NOWHERE, "to": "7", "when": f"all: {NOWHERE}"},
    "step_links": {"question": NOWHERE, "to": "7", "variant": "7"},
    "gates": {
        "question": NOWHERE,
        "kind": NOWHERE,
        "min_level": "7",
        "pillars": NOWHERE,
        "when": f"all: gdpr, {NOWHERE}",
    },
    "duties": {
        "question": NOWHERE,
        "law": NOWHERE,
        "level": "7",
        "citations": f"GDPR Art. 1\n{NOWHERE}",
        "when": f"all: {NOWHERE}",
    },
    "question_citations": {"question": NOWHERE, "label": NOWHERE, "when": f"all: {NOWHERE}"},
}
CASES = [(sheet, column, text) for sheet, columns in NAMES.items() for column, text in columns.items()]


def whole() -> Edition:
    """Something in the first row of every sheet."""
    variant = StepVariant(when("gdpr"), "Go there.", links=(StepLink("web", "The way", path="Menu"),))
    first = question(
        "DATA-01",
        3,
        gates=(gate(GateKind.LEGAL, caps_pillar=True, on=when("gdpr"), pillars=("privacy", "security")),),
        duties=(duty(on=when("gdpr")),),
        citations=(QuestionCitation("GDPR Art. 1", when("gdpr")),),
        steps=(replace(STEPS[0], variants=(variant,)), *STEPS[1:]),
        applies_when=when("uses_ai"),
        first_step="",
        effort=None,
    )
    moved = replace(question("DATA-02"), domain="ACCESS")
    bank = edition(
        first,
        moved,
        question("ACCESS-01"),
        dates=(KeyDate(date(2026, 8, 2), "gdpr", "It begins.", when("gdpr")),),
        authorities={"ie": Authority("ie", "the DPC", "DPC", Verification.TEXT, "gdpr")},
        damage_first=("DATA-01",),
        readability_exceptions={"DATA-01": "A word of the law."},
        presets=(Preset("kiosk", "Kiosk", (PresetFact("base", ("eu",), when("ai.tools")),), asks=("ai",)),),
        quick_check=QuickCheck(("ai",), ("DATA-01",)),
    )
    screen = bank.scope.screens[0]
    base, *others = screen.questions
    options = tuple(replace(own, authority="ie", cyber="ie", police="ie") for own in base.options)
    tags = tuple(
        replace(
            own,
            law="gdpr",
            settled_by="base",
            otherwise=(Otherwise("Not here.", when("tag:ccpa")), *own.otherwise) if own.id == "gdpr" else own.otherwise,
        )
        for own in bank.scope.tags
    )
    questions = (replace(base, options=options, asked_when=when("ai.tools")), *others)
    scope = replace(
        bank.scope,
        screens=(replace(screen, questions=questions),),
        tags=tags,
        out_of_view=(OutOfView("unions", "Unions.", when("base.eu")),),
    )
    laws = tuple(replace(own, authority="ie", authority_else=(AuthorityRule("ie", when("gdpr")),)) for own in bank.laws)
    checklist = {code: replace(own, concerns=when("gdpr")) for code, own in bank.checklist.items()}
    return replace(bank, scope=scope, laws=laws, checklist=checklist)


SHEETS = write_sheets(whole())


def with_cell(name: str, column: str, text: str) -> tuple[list[Sheet], int]:
    """And the number of the row: the first that has something in the column, or the first."""
    sheet = next(own for own in SHEETS if own.name == name)
    at = sheet.header.index(column)
    rows = [list(row) for row in sheet.rows]
    filled = (number for number, row in enumerate(rows) if row[at])
    number = next((n for n, row in enumerate(rows) if row[0] == "damage_first"), None)
    number = next(filled) if number is None else number
    rows[number][at] = text
    changed = replace(sheet, rows=tuple(map(tuple, rows)))
    return [changed if own is sheet else own for own in SHEETS], number + 2


def refused(sheets: Sequence[Sheet]) -> list[str]:
    with pytest.raises(DocumentError) as error:
        read_sheets_file(sheets)
    return [str(problem) for problem in error.value.problems]


def test_the_whole_is_sound() -> None:
    assert read_sheets_file(SHEETS).edition == whole()
    assert read_yaml_file(write_edition(whole()), "x.yaml").edition == whole()
    assert read_json_file(write_json(whole()), "x.json").edition == whole()


@pytest.mark.parametrize(("sheet", "column", "text"), CASES, ids=[f"{sheet}-{column}" for sheet, column, _ in CASES])
def test_every_cell_that_names_something_is_checked(sheet: str, column: str, text: str) -> None:
    sheets, row = with_cell(sheet, column, text)
    found = refused(sheets)
    assert any(f"sheet {sheet}, row {row}, column {column}" in line for line in found), found


def test_every_column_with_a_condition_is_among_them() -> None:
    conditions = {(own.name, name) for own in TABLES for name, kind in own.columns if kind == "condition"}
    assert conditions <= {(sheet, column) for sheet, column, _ in CASES}


def damaged() -> Iterator[tuple[Edition, str]]:
    bank = whole()
    yield replace(bank, damage_first=(NOWHERE,)), f"damage_first: {NOWHERE} is not a question of this document"
    yield (
        replace(bank, quick_check=QuickCheck(("ai",), ("DATA-01", NOWHERE))),
        f"quick_check: {NOWHERE} is not a question of this document",
    )
    yield (
        replace(bank, quick_check=QuickCheck((NOWHERE,), ("DATA-01",))),
        f"quick_check: {NOWHERE} is not a scope question of this document",
    )
    tags = tuple(replace(own, law=NOWHERE) for own in bank.scope.tags)
    yield (
        replace(bank, scope=replace(bank.scope, tags=tags)),
        f"tags gdpr, law: {NOWHERE} is not a law of this document",
    )
    bare = replace(bank.laws[0], authority=BY_COUNTRY, authority_else=(AuthorityRule("ie", when(NOWHERE)),))
    said = f"laws gdpr, authority_else: {NOWHERE} is not a tag of this document"
    yield replace(bank, laws=(bare, *bank.laws[1:])), said


@pytest.mark.parametrize(("bank", "said"), list(damaged()), ids=["question", "asked", "fact", "law", "tag"])
def test_text_files_name_the_line_and_json_the_part(bank: Edition, said: str) -> None:
    text = write_edition(bank)
    with pytest.raises(DocumentError) as error:
        read_yaml_file(text, "x.yaml")
    first = error.value.problems[0]
    assert str(first) == f"{said} (x.yaml line {first.line})"
    assert NOWHERE in text.splitlines()[(first.line or 0) - 1]
    with pytest.raises(DocumentError, match=r"x\.json"):
        read_json_file(write_json(bank), "x.json")


def test_a_citation_may_be_of_a_standard() -> None:
    bank = whole()
    citations = {label: replace(own, law=STANDARD) for label, own in bank.citations.items()}
    assert read_yaml_file(write_edition(replace(bank, citations=citations)), "x.yaml").edition.citations == citations


def test_hundreds_of_them_are_not_all_listed() -> None:
    sheet = next(own for own in SHEETS if own.name == "checklist")
    text = f"any: {', '.join(f'{NOWHERE}{number}' for number in range(300))}"
    sheets = [replace(sheet, rows=((*sheet.rows[0][:2], text),)) if own is sheet else own for own in SHEETS]
    found = refused(sheets)
    assert len(found) == 101
    assert "there are more problems" in found[0] + found[-1]


def test_the_same_name_twice_in_the_scope_is_refused() -> None:
    """It could not be compared with anything."""
    bank = whole()
    (screen,) = bank.scope.screens
    twice = replace(bank.scope, screens=(screen, replace(screen, id="second")))
    with pytest.raises(DocumentError, match="appears twice"):
        read_yaml_file(write_edition(replace(bank, scope=twice)), "x.yaml")
