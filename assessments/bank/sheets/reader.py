"""From plain tables back to an edition, with every problem named by sheet, row and column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import yaml

from assessments.bank.document.nodes import mapping, mark_at, scalar, sequence
from assessments.bank.document.reader import read_top
from assessments.bank.document.yaml_parts import MAX_BYTES
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.sheets.cells import CellKind, read_cell
from assessments.bank.sheets.condition_text import UnreadableCondition
from assessments.bank.sheets.writer import FRAME_KINDS, LEVEL_COLUMNS, STEP_LISTS, TABLES, Sheet, Table, place_of
from assessments.bank.types import Edition

_TABLES = {table.name: table for table in TABLES}
_NOTHING: Mapping[str, None] = {}


def read_sheets(sheets: Sequence[Sheet]) -> Edition:
    """Sheets and columns may come in any order; empty rows are ignored. Raises DocumentError."""
    _refuse(_form_problems(sheets))
    reading = _Reading({sheet.name: _rows(sheet) for sheet in sheets})
    edition, found = read_top(reading.top())
    unreadable = {(problem.file, problem.line) for problem in reading.problems}
    found = [problem for problem in found if (problem.file, problem.line) not in unreadable]
    _refuse(_placed(problem) for problem in sorted([*reading.problems, *found], key=_order))
    return edition


def _refuse(problems: Iterable[Problem]) -> None:
    problems = tuple(problems)
    if problems:
        raise DocumentError(problems)


def _form_problems(sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """What forbids reading the rows at all."""
    cells = (cell for sheet in sheets for row in (sheet.header, *sheet.rows) for cell in row)
    if sum(len(cell.encode(errors="replace")) for cell in cells) > MAX_BYTES:
        yield Problem("", f"the sheets hold more than {MAX_BYTES // 1_000_000} MB of text")
        return
    names = [sheet.name for sheet in sheets]
    for name in _TABLES:
        if name not in names:
            yield Problem(f"sheet {name}", "is missing")
    for sheet in sheets:
        if names.count(sheet.name) > 1:
            yield Problem(f"sheet {sheet.name}", "appears twice")
        elif sheet.name in _TABLES:
            yield from _header_problems(sheet, _TABLES[sheet.name])
        else:
            yield Problem(f"sheet {sheet.name}", f"is unknown, the known ones are {', '.join(_TABLES)}")


def _header_problems(sheet: Sheet, table: Table) -> Iterator[Problem]:
    header = _header(sheet)
    place = place_of(sheet.name, 1)
    for name in table.header:
        if header.count(name) != 1:
            yield Problem(f"{place}, column {name}", "appears twice" if name in header else "is missing")
    for name in header:
        if name and name not in table.header:
            yield Problem(f"{place}, column {name}", "is unknown")
    for number, row in enumerate(sheet.rows, 2):
        if any(cell.strip() and not name for cell, name in _side_panel(row, header)):
            yield Problem(place_of(sheet.name, number), "a cell is in a column without a name")


def _header(sheet: Sheet) -> list[str]:
    return [name.strip().casefold() for name in sheet.header]


def _side_panel(row: Sequence[str], header: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, cell in enumerate(row):
        yield cell, header[number] if number < len(header) else ""


@dataclass(frozen=True)
class _Row:
    sheet: str
    number: int
    cells: Mapping[str, str]

    @property
    def mark(self) -> yaml.Mark:
        return mark_at(self.sheet, self.number)

    def mark_of(self, column: str) -> yaml.Mark:
        return mark_at(f"{self.sheet}, column {column}", self.number)


def _rows(sheet: Sheet) -> list[_Row]:
    header = _header(sheet)
    found = []
    for number, row in enumerate(sheet.rows, 2):
        cells = {name: cell for cell, name in _side_panel(row, header) if name and cell.strip()}
        if cells:
            found.append(_Row(sheet.name, number, cells))
    return found


@dataclass
class _Reading:
    rows: Mapping[str, list[_Row]]
    problems: list[Problem] = field(default_factory=list)

    def top(self) -> yaml.MappingNode:
        pairs = [*self.frame(), *self.step_lists()]
        sections = {
            "domains": self.plain("domains"),
            "laws": self.plain("laws"),
            "dates": self.plain("dates"),
            "scope": self.screens(),
            "tags": self.tags(),
            "out_of_view": self.plain("out_of_view"),
            "questions": self.questions(),
        }
        start = mark_at("")
        pairs += [(scalar(name, start), sequence(nodes, start)) for name, nodes in sections.items() if nodes]
        pairs += [(scalar(name, start), node) for name, node in self.registries() if node.value]
        return mapping(pairs, start)

    def frame(self) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        for row in self.rows["edition"]:
            name = row.cells.get("field", "").strip()
            key = scalar(name, row.mark_of("field"))
            if "value" in row.cells:
                yield key, self.cell(row, "value", FRAME_KINDS.get(name, CellKind.TEXT))

    def step_lists(self) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        grouped: dict[str, list[yaml.Node]] = {}
        for row in self.rows["steps"]:
            name = row.cells.get("list", "").strip()
            if name in STEP_LISTS:
                grouped.setdefault(name, []).append(self.node(row, leave=("list",)))
            else:
                self.refuse(row, "list", f"expected {' or '.join(STEP_LISTS)}, found {name or 'nothing'}")
        for name, nodes in grouped.items():
            yield scalar(name, mark_at("steps")), sequence(nodes, mark_at("steps"))

    def plain(self, sheet: str) -> list[yaml.Node]:
        return [self.node(row) for row in self.rows[sheet]]

    def screens(self) -> list[yaml.Node]:
        options = self.children("options", "scope_questions", {"screen": "screen", "question": "id"})
        questions = self.children("scope_questions", "screens", {"screen": "id"}, {"options": options})
        return [self.node(row, {"questions": questions.get(row.number)}) for row in self.rows["screens"]]

    def tags(self) -> list[yaml.Node]:
        rules = self.children("tag_rules", "tags", {"tag": "id"})
        return [self.node(row, {"set_when": rules.get(row.number)}) for row in self.rows["tags"]]

    def questions(self) -> list[yaml.Node]:
        parts = {
            key: self.children(sheet, "questions", {"question": "id"})
            for key, sheet in (("gates", "gates"), ("duties", "duties"), ("citations", "question_citations"))
        }
        return [
            self.node(row, {key: found.get(row.number) for key, found in parts.items()})
            for row in self.rows["questions"]
        ]

    def registries(self) -> Iterator[tuple[str, yaml.MappingNode]]:
        citations = ((self.name(row, "label"), self.node(row, leave=("label",))) for row in self.rows["citations"])
        yield "citations", mapping(citations, mark_at("citations"))
        items = ((self.name(row, "id"), self.cell(row, "text", CellKind.TEXT)) for row in self.rows["checklist"])
        yield "checklist", mapping(items, mark_at("checklist"))

    def name(self, row: _Row, column: str) -> yaml.Node:
        if column not in row.cells:
            self.refuse(row, column, "expected text, found nothing")
        return scalar(row.cells.get(column, f"row {row.number}"), row.mark_of(column))

    def children(
        self,
        sheet: str,
        owners: str,
        keys: Mapping[str, str],
        below: Mapping[str, Mapping[int, list[yaml.Node]]] | None = None,
    ) -> dict[int, list[yaml.Node]]:
        """The rows of a sheet as nodes, by the row number of their owner.

        `keys`: which column of the row names which column of its owner. `below`: what belongs to these rows.
        """
        owner_rows: dict[tuple[str, ...], int] = {}
        for row in self.rows[owners]:
            owner_rows.setdefault(tuple(row.cells.get(own, "") for own in keys.values()), row.number)
        found: dict[int, list[yaml.Node]] = {}
        for row in self.rows[sheet]:
            named = tuple(row.cells.get(column, "") for column in keys)
            parts = {key: nodes.get(row.number) for key, nodes in (below or {}).items()}
            if named in owner_rows:
                # A column that only names the owner is not a field of the document.
                found.setdefault(owner_rows[named], []).append(self.node(row, parts, tuple(keys)))
            else:
                column = tuple(keys)[-1]
                self.refuse(
                    row, column, f"expected a row of sheet {owners}, found {' '.join(named).strip() or 'nothing'}"
                )
        return found

    def node(
        self, row: _Row, parts: Mapping[str, list[yaml.Node] | None] = _NOTHING, leave: tuple[str, ...] = ()
    ) -> yaml.MappingNode:
        """A row as a mapping, with `parts` from other sheets, without the columns of `leave`."""
        pairs: list[tuple[yaml.Node, yaml.Node]] = []
        for name, kind in _TABLES[row.sheet].columns:
            if name in row.cells and name not in leave and name not in _JOINED.get(row.sheet, ()):
                pairs.append((scalar(name, row.mark_of(name)), self.cell(row, name, kind)))
        if row.sheet == "questions":
            pairs += self.joined(row)
        pairs += [(scalar(key, row.mark), sequence(nodes, row.mark)) for key, nodes in parts.items() if nodes]
        return mapping(pairs, row.mark)

    def joined(self, row: _Row) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        """The fields of a question that are spread over several columns."""
        levels = [scalar(row.cells[name], row.mark_of(name)) for name in LEVEL_COLUMNS if name in row.cells]
        yield scalar("levels", row.mark), sequence(levels, row.mark_of(LEVEL_COLUMNS[0]))
        step = [
            (scalar(key, row.mark), self.cell(row, column, CellKind.WORD if key == "effort" else CellKind.TEXT))
            for key, column in (("text", "first_step"), ("effort", "effort"))
            if column in row.cells
        ]
        if step:
            yield scalar("first_step", row.mark), mapping(step, row.mark_of("first_step"))

    def cell(self, row: _Row, column: str, kind: CellKind) -> yaml.Node:
        try:
            return read_cell(kind, row.cells.get(column, ""), row.mark_of(column))
        except UnreadableCondition as error:
            self.refuse(row, column, str(error))
            return scalar("", row.mark_of(column), "null")

    def refuse(self, row: _Row, column: str, message: str) -> None:
        self.problems.append(Problem("", message, file=f"{row.sheet}, column {column}", line=row.number))


_JOINED = {"questions": (*LEVEL_COLUMNS, "first_step", "effort")}
_ORDER = {name: place for place, name in enumerate(_TABLES)}


def _order(problem: Problem) -> tuple[int, int]:
    return _ORDER.get(problem.file.partition(",")[0], -1), problem.line or 0


def _placed(problem: Problem) -> Problem:
    """With the place of the cell in words instead of its mark."""
    sheet, _, column = problem.file.partition(", column ")
    where = place_of(sheet, problem.line, column) if problem.line else ""
    return replace(problem, file=where, line=None)
