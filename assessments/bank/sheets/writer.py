"""An edition as plain tables, for people who work in spreadsheets; `reader` is the way back.

Every cell is text, even if it begins with = + - @ or a tab. Code that writes a file from it must store each cell as
text, never as a formula or number; code that reads a file must pass on what a cell shows (2 for 2.0, 2026-11-21 for a
day, "yes" or "true" for a ticked box) and refuse cells that contain a formula.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from assessments.bank.document.question_entry import LEVELS
from assessments.bank.document.writer import Plain, to_plain
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.sheets.cells import MAX_CELL, CellKind, write_cell
from assessments.bank.types import Edition


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are the rows below the header; the first of them is row 2 of the sheet."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Table:
    """One sheet: its columns and where its rows come from."""

    name: str
    columns: tuple[tuple[str, CellKind], ...]
    rows: Callable[[Plain], Iterable[Plain]]

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)


STEP_LISTS = ("scale", "labels", "effort", "gate_kinds", "pillars")
LEVEL_COLUMNS = tuple(f"level {number}" for number in range(LEVELS))

# The sheet of the frame has a kind for each row.
FRAME_KINDS = {
    "id": CellKind.TEXT,
    "title": CellKind.TEXT,
    "language": CellKind.TEXT,
    "law_status_as_of": CellKind.DAY,
    "disclaimer": CellKind.TEXT,
    "raised_target_tags": CellKind.LINES,
}


def _columns(text: str, **others: CellKind) -> tuple[tuple[str, CellKind], ...]:
    """Names of columns in order; all contain text except those in `others`."""
    return tuple((name, others.get(name, CellKind.TEXT)) for name in text.split())


def _list(key: str) -> Callable[[Plain], Iterable[Plain]]:
    return lambda plain: plain.get(key, ())


def _frame(plain: Plain) -> Iterator[Plain]:
    return ({"field": field, "value": write_cell(kind, plain.get(field))} for field, kind in FRAME_KINDS.items())


def _steps(plain: Plain) -> Iterator[Plain]:
    return ({"list": name, **step} for name in STEP_LISTS for step in plain.get(name, ()))


def _scope_questions(plain: Plain) -> Iterator[Plain]:
    return ({"screen": screen["id"], **question} for screen in plain["scope"] for question in screen["questions"])


def _options(plain: Plain) -> Iterator[Plain]:
    for question in _scope_questions(plain):
        for option in question["options"]:
            yield {"screen": question["screen"], "question": question["id"], **option}


def _citations(plain: Plain) -> Iterator[Plain]:
    return ({"label": label, **citation} for label, citation in plain["citations"].items())


def _checklist(plain: Plain) -> Iterator[Plain]:
    return ({"id": key, "text": text} for key, text in plain["checklist"].items())


def _questions(plain: Plain) -> Iterator[Plain]:
    for question in plain["questions"]:
        levels = dict(zip(LEVEL_COLUMNS, question["levels"], strict=True))
        step = question["first_step"]
        yield {**question, **levels, "first_step": step["text"], "effort": step["effort"]}


def _of_each(section: str, owner: str, key: str) -> Callable[[Plain], Iterable[Plain]]:
    """The entries below `key` of each item, with the id of the item."""

    def rows(plain: Plain) -> Iterator[Plain]:
        for item in plain[section]:
            for entry in item.get(key, ()):
                yield {owner: item["id"], **(entry if isinstance(entry, dict) else {"label": entry})}

    return rows


_K = CellKind
TABLES = (
    Table("edition", _columns("field value"), _frame),
    Table("steps", _columns("list code name says"), _steps),
    Table("domains", _columns("code title pillar promise who_knows"), _list("domains")),
    Table("laws", _columns("code name tag says note"), _list("laws")),
    Table("dates", _columns("date law text", date=_K.DAY), _list("dates")),
    Table("screens", _columns("id title intro"), _list("scope")),
    Table(
        "scope_questions",
        _columns("screen id kind text help not_sure asked_when", kind=_K.WORD, asked_when=_K.CONDITION),
        _scope_questions,
    ),
    Table("options", _columns("screen question id text help exclusive", exclusive=_K.FLAG), _options),
    Table("tags", _columns("id name says law otherwise"), _list("tags")),
    Table("tag_rules", _columns("tag when reason", when=_K.CONDITION), _of_each("tags", "tag", "set_when")),
    Table("out_of_view", _columns("id text when", when=_K.CONDITION), _list("out_of_view")),
    Table("citations", _columns("label says law verification source", verification=_K.WORD), _citations),
    Table("checklist", _columns("id text"), _checklist),
    Table(
        "questions",
        (
            *_columns("id depth text help", depth=_K.WORD),
            *((name, _K.TEXT) for name in LEVEL_COLUMNS),
            *_columns("weight weight_reason applies_when not_applicable not_applicable_hint", weight=_K.WHOLE,
                      applies_when=_K.CONDITION, not_applicable=_K.WORD),
            *_columns("evidence first_step effort checklist ai_lens domain", evidence=_K.LINES, effort=_K.WORD,
                      checklist=_K.LINES, ai_lens=_K.FLAG),
        ),
        _questions,
    ),
    Table(
        "gates",
        _columns("question kind min_level caps_pillar pillars reason when", kind=_K.WORD, min_level=_K.WHOLE,
                 caps_pillar=_K.FLAG, pillars=_K.LINES, when=_K.CONDITION),
        _of_each("questions", "question", "gates"),
    ),
    Table(
        "duties",
        _columns("question law level says citations starts when", level=_K.WHOLE, citations=_K.LINES, starts=_K.DAY,
                 when=_K.CONDITION),
        _of_each("questions", "question", "duties"),
    ),
    Table(
        "question_citations",
        _columns("question label when starts", when=_K.CONDITION, starts=_K.DAY),
        _of_each("questions", "question", "citations"),
    ),
)  # fmt: skip


def write_sheets(edition: Edition) -> tuple[Sheet, ...]:
    """Raises DocumentError for texts too long for a cell, ValueError where `write_edition` does."""
    plain = to_plain(edition)
    sheets = tuple(Sheet(table.name, table.header, tuple(_rows(table, plain))) for table in TABLES)
    problems = [problem for sheet in sheets for problem in _too_long(sheet)]
    if problems:
        raise DocumentError(problems)
    return sheets


def _rows(table: Table, plain: Plain) -> Iterator[tuple[str, ...]]:
    for row in table.rows(plain):
        yield tuple(write_cell(kind, row.get(name)) for name, kind in table.columns)


def _too_long(sheet: Sheet) -> Iterator[Problem]:
    for number, row in enumerate(sheet.rows, 2):
        for name, cell in zip(sheet.header, row, strict=True):
            if len(cell) > MAX_CELL:
                message = f"{len(cell)} characters, a spreadsheet cell holds {MAX_CELL}"
                yield Problem(place_of(sheet.name, number, name), message)


def place_of(sheet: str, row: int, column: str = "") -> str:
    """In words; `row` counts from 1, the header."""
    where = f"sheet {sheet}, row {row}"
    return f"{where}, column {column}" if column else where
