"""An edition as plain tables: lossless, and every mistake located by sheet, row and column."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.conditions import Clause, Condition
from assessments.bank.errors import DocumentError
from assessments.bank.sheets import form
from assessments.bank.sheets.reader import read_sheets
from assessments.bank.sheets.tables import PRESETS, STEPS, TABLES
from assessments.bank.sheets.writer import Sheet, write_sheets
from assessments.bank.types import Edition
from tests.bank import changing
from tests.bank.broken import WHOLE_BANK
from tests.bank.editions import edition_2026_1, edition_2026_2
from tests.bank.making import edition, question
from tests.bank.test_document import BANK, texts
from tests.bank.test_shipped import shipped

Sheets = dict[str, Sheet]


def named(bank: Edition = BANK) -> Sheets:
    return {sheet.name: sheet for sheet in write_sheets(bank)}


def with_cell(sheets: Sheets, name: str, row: int, column: str, text: str) -> Sheets:
    """`row` as a spreadsheet counts: the header is row 1."""
    sheet = sheets[name]
    rows = [list(cells) for cells in sheet.rows]
    rows[row - 2][sheet.header.index(column)] = text
    return {**sheets, name: replace(sheet, rows=tuple(map(tuple, rows)))}


def refused(sheets: Sheets) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read_sheets(tuple(sheets.values()))
    return [str(problem) for problem in caught.value.problems]


def test_what_is_written_reads_back_the_same() -> None:
    assert read_sheets(write_sheets(BANK)) == BANK


@settings(max_examples=50)
@given(changing.changed_editions())
def test_any_bank_reads_back_the_same(bank: Edition) -> None:
    assert read_sheets(write_sheets(bank)) == bank


@given(st.lists(texts, min_size=10, max_size=10))
def test_any_text_reads_back_the_same(said: list[str]) -> None:
    own = question("DATA-01", levels=tuple(said[:5]), text=said[5], evidence=(said[6], said[7]), first_step=said[8])
    raised = Condition((Clause(any=tuple(said[:2])),))
    bank = edition(own, title=said[9], raised_target_when=raised, damage_first=tuple(said[2:4]))

    assert read_sheets(write_sheets(bank)) == bank


@pytest.mark.parametrize("bank", [WHOLE_BANK, edition_2026_1(), shipped()], ids=["all fields", "2026.1", "2026.3"])
def test_editions_with_every_field_read_back_the_same(bank: Edition) -> None:
    assert read_sheets(write_sheets(bank)) == bank


def test_steps_and_what_belongs_to_them() -> None:
    sheets = named(WHOLE_BANK)

    steps = [row[:2] for row in sheets["question_steps"].rows]
    assert steps == [("ACCESS-03", str(to)) for to in (1, 2, 3, 4)]
    assert sheets["step_variants"].rows == (("ACCESS-03", "4", "1", "all: gdpr", "Ask them.", "", ""),)
    assert sheets["step_links"].rows == (
        ("ACCESS-03", "1", "", "windows", "Updates", "", "Settings > Updates"),
        ("ACCESS-03", "4", "1", "any", "Their page", "https://example.org", ""),
    )


def older(bank: Edition, release: int) -> Sheets:
    """As it was written before this release."""
    sheets = {}
    for table in TABLES:
        sheet = named(bank)[table.name]
        kept = [at for at, name in enumerate(sheet.header) if table.later.get(name, 0) < release]
        rows = tuple(tuple(row[at] for at in kept) for row in sheet.rows)
        if table.since < release:
            name = table.old_name if release == STEPS and table.old_name else table.name
            sheets[name] = Sheet(name, tuple(sheet.header[at] for at in kept), rows)
    return sheets


def test_a_spreadsheet_made_before_steps_is_still_read() -> None:
    sheets = older(BANK, STEPS)
    row = [cells[0] for cells in sheets["edition"].rows].index("raised_target_when") + 2
    sheets = with_cell(sheets, "edition", row, "field", "raised_target_tags")
    sheets = with_cell(sheets, "edition", row, "value", "ccpa\nlarge_scale")

    read = read_sheets(tuple(sheets.values()))

    raised = Condition((Clause(any=("ccpa", "large_scale")),))
    assert read == replace(BANK, raised_target_when=raised)


def test_a_spreadsheet_made_before_presets_is_still_read() -> None:
    sheets = older(edition_2026_2(), PRESETS)

    assert read_sheets(tuple(sheets.values())) == edition_2026_2()
    sheets.pop("question_steps")
    assert refused(sheets) == ["sheet question_steps: is missing"]


def test_a_spreadsheet_with_presets_has_forgotten_their_facts() -> None:
    sheets = named(WHOLE_BANK)
    sheets.pop("preset_facts")

    assert refused(sheets) == ["sheet preset_facts: is missing"]


def test_presets_and_the_quick_check_stand_in_their_own_rows() -> None:
    sheets = named(WHOLE_BANK)

    assert sheets["presets"].rows == (("kiosk", "Kiosk", "Shops", "newsagent", "ai"),)
    facts = (("kiosk", "base", "eu\nus", "all: ai.tools"), ("kiosk", "base", "none", ""))
    assert sheets["preset_facts"].rows == facts
    frame = {row[0]: row[1] for row in sheets["edition"].rows}
    assert (frame["quick_check_facts"], frame["quick_check_most"]) == ("ai", "2")
    assert frame["quick_check_questions"] == "ACCESS-02\nACCESS-01"


def test_a_spreadsheet_with_some_of_the_new_sheets_has_forgotten_the_others() -> None:
    sheets = named(WHOLE_BANK)
    sheets.pop("step_links")
    cut = sheets["gates"].header.index("severity")
    for name in ("gates", "question_steps"):
        header, rows = sheets[name].header, sheets[name].rows
        sheets[name] = Sheet(name, header[:cut] + header[cut + 1 :], tuple(r[:cut] + r[cut + 1 :] for r in rows))

    assert refused(sheets) == [
        "sheet step_links: is missing",
        "sheet question_steps, row 1, column minutes: is missing",
        "sheet gates, row 1, column severity: is missing",
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "text", "expected"),
    [
        ("question_steps", 2, "question", "ACCESS-09", "expected a row of sheet questions, found ACCESS-09"),
        ("step_variants", 2, "to", "5", "expected a row of sheet question_steps, found ACCESS-03 5"),
        ("step_links", 2, "to", "9", "expected a row of sheet question_steps, found ACCESS-03 9"),
        ("step_links", 3, "variant", "2", "expected a row of sheet step_variants, found ACCESS-03 4 2"),
        ("otherwise", 2, "tag", "gone", "expected a row of sheet tags, found gone"),
        ("preset_facts", 3, "preset", "gone", "expected a row of sheet presets, found gone"),
        ("authority_rules", 2, "law", "bgb", "expected a row of sheet laws, found bgb"),
    ],
)
def test_what_belongs_to_nothing_is_named(sheet: str, row: int, column: str, text: str, expected: str) -> None:
    assert f"{expected} (sheet {sheet}, row {row}, column {column})" in refused(
        with_cell(named(WHOLE_BANK), sheet, row, column, text)
    )


def test_numbers_that_name_a_step_may_be_shown_as_decimals() -> None:
    sheets = with_cell(named(WHOLE_BANK), "step_links", 3, "variant", "1.0")

    assert read_sheets(tuple(with_cell(sheets, "step_variants", 2, "to", "4.0").values())) == WHOLE_BANK


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "'"])
def test_what_looks_like_a_formula_is_text(start: str) -> None:
    bank = edition(question("DATA-01", help=f"{start}1+1"))

    assert named(bank)["questions"].rows[0][3] == f"{start}1+1"
    assert read_sheets(write_sheets(bank)) == bank


def test_every_cell_is_text_under_a_name() -> None:
    for sheet in write_sheets(BANK):
        assert all(len(row) == len(sheet.header) for row in sheet.rows), sheet.name
        assert all(type(cell) is str for row in sheet.rows for cell in row), sheet.name


def test_a_question_and_what_belongs_to_it() -> None:
    sheets = named()

    cells = dict(zip(sheets["questions"].header, sheets["questions"].rows[2], strict=True))
    assert (cells["id"], cells["level 4"], cells["weight"]) == ("ACCESS-01", "ACCESS-01 at level 4.", "2")
    assert (cells["applies_when"], cells["ai_lens"], cells["effort"]) == ("all: gdpr, uses_ai", "yes", "S")
    assert sheets["gates"].rows[1] == ("ACCESS-01", "legal_stop", "2", "yes", "", "", "", "It matters.", "all: gdpr")
    assert sheets["duties"].rows[0][5:] == ("GDPR Art. 1", "2027-12-02", "", "any: uses_ai\nnone: ccpa")
    assert ("ACCESS-01", "GDPR Art. 1", "all: gdpr", "2027-01-01") in sheets["question_citations"].rows


def test_the_order_of_sheets_columns_and_empty_rows_does_not_matter() -> None:
    def shuffled(sheet: Sheet) -> Sheet:
        rows = [("",) * len(sheet.header), *(row[::-1] for row in sheet.rows), ("  ",)]
        return replace(sheet, header=tuple(f" {name.upper()}" for name in sheet.header[::-1]), rows=tuple(rows))

    assert read_sheets([shuffled(sheet) for sheet in reversed(write_sheets(BANK))]) == BANK


@pytest.mark.parametrize(
    ("sheet", "row", "column", "text"),
    [
        ("questions", 2, "weight", " 2.0 "),
        ("questions", 2, "depth", " quick "),
        ("questions", 4, "ai_lens", "TRUE"),
        ("questions", 2, "ai_lens", "no"),
        ("questions", 2, "checklist", "\n S0-1 \r\n"),
        ("edition", 5, "value", " 2026-11-21"),
        ("gates", 3, "when", " all : gdpr ;"),
    ],
)
def test_what_people_type_is_understood(sheet: str, row: int, column: str, text: str) -> None:
    assert read_sheets(tuple(with_cell(named(), sheet, row, column, text).values())) == BANK


Q1, Q2 = "questions DATA-01", "questions DATA-02"


@pytest.mark.parametrize(
    ("sheet", "row", "column", "text", "expected"),
    [
        ("questions", 2, "weight", "7", f"{Q1}, weight: expected a whole number from 1 to 3, found 7"),
        ("questions", 2, "weight", "two", f"{Q1}, weight: expected a whole number, found text"),
        ("questions", 3, "depth", "deep", f"{Q2}, depth: expected quick or standard or full, found deep"),
        ("questions", 3, "ai_lens", "maybe", f"{Q2}, ai_lens: expected yes/no, found text"),
        ("questions", 3, "effort", "XL", f"{Q2}, first_step, effort: expected S or M or L, found XL"),
        ("questions", 3, "applies_when", "all: ; x", "all: expected at least one name"),
        ("questions", 3, "evidence", '"a', '"a begins with a quote but is not quoted text'),
        ("gates", 2, "question", "DATA-99", "expected a row of sheet questions, found DATA-99"),
        ("gates", 2, "question", "", "expected a row of sheet questions, found nothing"),
        (
            *("gates", 2, "min_level", "5"),
            f"{Q1}, gates, entry 1, min_level: expected a whole number from 1 to 4, found 5",
        ),
        ("options", 3, "question", "other", "expected a row of sheet scope_questions, found first other"),
        ("tag_rules", 2, "when", "all: a b", "all: expected a comma before b"),
        ("duties", 2, "starts", "soon", "questions ACCESS-01, duties, entry 1, starts: "
         "expected a day like 2026-11-21, found soon"),
        ("scales", 2, "list", "ranks", "expected scale or labels or effort or gate_kinds or pillars, found ranks"),
        ("citations", 2, "label", "", "expected text, found nothing"),
        ("citations", 3, "label", "GDPR Art. 1", "citations: GDPR Art. 1 appears twice"),
        ("edition", 2, "field", "number", "number: unknown key"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_sheet_row_and_column(
    sheet: str, row: int, column: str, text: str, expected: str
) -> None:
    shown = "value" if sheet == "edition" else column

    assert f"{expected} (sheet {sheet}, row {row}, column {shown})" in refused(
        with_cell(named(), sheet, row, column, text)
    )


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("text", f"{Q1}: text is missing (sheet questions, row 2)"),
        ("level 3", f"{Q1}, levels: expected five, found four (sheet questions, row 2, column level 0)"),
        ("first_step", f"{Q1}, first_step: text is missing (sheet questions, row 2, column first_step)"),
        ("checklist", f"{Q1}: checklist is missing (sheet questions, row 2)"),
    ],
)
def test_an_empty_cell_is_something_missing(column: str, expected: str) -> None:
    assert refused(with_cell(named(), "questions", 2, column, " ")) == [expected]


def test_all_mistakes_come_at_once_in_the_order_of_the_sheets() -> None:
    sheets = with_cell(named(), "gates", 2, "min_level", "9")
    sheets = with_cell(sheets, "questions", 3, "weight", "9")
    sheets = with_cell(sheets, "questions", 2, "applies_when", "often")
    sheets = with_cell(sheets, "scales", 2, "name", "")

    assert [said.rpartition("(sheet ")[2] for said in refused(sheets)] == [
        "scales, row 2)",
        "questions, row 2, column applies_when)",
        "questions, row 3, column weight)",
        "gates, row 2, column min_level)",
    ]


def test_a_question_without_citations_is_told_at_its_row() -> None:
    sheets = named()
    kept = tuple(row for row in sheets["question_citations"].rows if row[0] != "DATA-02")

    found = refused({**sheets, "question_citations": replace(sheets["question_citations"], rows=kept)})

    assert found == ["questions DATA-02: citations is missing (sheet questions, row 3)"]


def test_a_section_without_rows_is_missing() -> None:
    sheets = named()

    assert refused({**sheets, "checklist": replace(sheets["checklist"], rows=())}) == ["checklist is missing"]


def test_an_id_that_stands_twice_is_named() -> None:
    sheets = with_cell(named(), "questions", 3, "id", "DATA-01")

    assert "questions DATA-01: appears twice (sheet questions, row 3)" in refused(sheets)


_Break = Callable[[Sheets], Sheets]


def _header(*changed: tuple[str, str]) -> _Break:
    names = dict(changed)

    def change(sheets: Sheets) -> Sheets:
        sheet = sheets["laws"]
        return {**sheets, "laws": replace(sheet, header=tuple(names.get(name, name) for name in sheet.header))}

    return change


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda sheets: {k: v for k, v in sheets.items() if k != "gates"}, ["sheet gates: is missing"]),
        (lambda sheets: {**sheets, "again": sheets["laws"]}, ["sheet laws: appears twice"] * 2),
        (
            _header(("tag", "tags")),
            ["sheet laws, row 1, column tag: is missing", "sheet laws, row 1, column tags: is unknown"],
        ),
        (_header(("tag", "name")), ["sheet laws, row 1, column name: appears twice",
                                    "sheet laws, row 1, column tag: is missing"]),
        (
            _header(("tag", "")),
            ["sheet laws, row 1, column tag: is missing"]
            + [f"sheet laws, row {row}: a cell is in a column without a name" for row in (2, 3)],
        ),
    ],
    ids=["a sheet is missing", "a sheet twice", "a column misnamed", "a column twice", "a column without a name"],
)  # fmt: skip
def test_sheets_and_headers_must_be_whole(make: _Break, expected: list[str]) -> None:
    assert refused(make(named())) == expected


def test_a_sheet_that_is_not_known_is_named() -> None:
    [said] = refused({**named(), "Notes": Sheet("Notes", ("a",), ())})

    assert said == f"sheet Notes: is unknown, the known ones are {', '.join(table.name for table in TABLES)}"


def test_sheets_that_hold_too_much_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form, "MAX_BYTES", 1_000_000)

    assert refused(with_cell(named(), "edition", 3, "value", "x" * 1_000_001)) == [
        "the sheets hold more than 1 MB of text"
    ]


def test_a_text_that_no_cell_holds_is_not_cut_off_in_silence() -> None:
    with pytest.raises(DocumentError) as caught:
        write_sheets(edition(question("DATA-01", help="x" * 32_768)))

    [problem] = caught.value.problems
    assert str(problem) == "sheet questions, row 2, column help: 32768 characters, a spreadsheet cell holds 32767"
