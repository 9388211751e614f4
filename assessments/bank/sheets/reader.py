"""From plain tables back to an edition, with every problem named by sheet, row and column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import yaml

from assessments.bank.document.nodes import mapping, mark_at, scalar, sequence
from assessments.bank.document.origin import ORIGIN
from assessments.bank.document.reader import BankFile, read_top
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.sheets.about import ABOUT
from assessments.bank.sheets.cells import CellKind, read_cell, whole_in
from assessments.bank.sheets.condition_text import UnreadableCondition
from assessments.bank.sheets.form import TABLE_OF, SheetRow, form_problems, rows_by_sheet, under_present_names
from assessments.bank.sheets.tables import FRAME_KINDS, LEVEL_COLUMNS, OLD_FIELDS, PARTED_FIELDS, SCALES
from assessments.bank.sheets.writer import Sheet, place_of
from assessments.bank.types import Edition

_Pairs = Iterator[tuple[yaml.Node, yaml.Node]]
_Parts = Mapping[int, list[yaml.Node]]
_NOTHING: Mapping[str, None] = {}


def read_sheets(sheets: Sequence[Sheet]) -> Edition:
    """Sheets and columns may come in any order; empty rows are ignored. Raises DocumentError."""
    return _read(sheets, sound=False).edition


def read_sheets_file(sheets: Sequence[Sheet]) -> BankFile:
    """Like `read_sheets`, and refuses references to what is not there."""
    return _read(sheets, sound=True)


def _read(sheets: Sequence[Sheet], *, sound: bool) -> BankFile:
    sheets = under_present_names(sheets)
    _refuse(form_problems(sheets))
    reading = _Reading(rows_by_sheet(sheets))
    read, found = read_top(reading.top(), sound=sound)
    unreadable = {(problem.file, problem.line) for problem in reading.problems}
    found = [problem for problem in found if (problem.file, problem.line) not in unreadable]
    _refuse(_placed(problem) for problem in sorted([*reading.problems, *found], key=_order))
    return read


def _refuse(problems: Iterable[Problem]) -> None:
    problems = tuple(problems)
    if problems:
        raise DocumentError(problems)


@dataclass
class _Reading:
    rows: Mapping[str, list[SheetRow]]
    problems: list[Problem] = field(default_factory=list)

    def top(self) -> yaml.MappingNode:
        pairs = [*self.origin(), *self.frame(), *self.scales()]
        sections = {
            "domains": self.plain("domains"),
            "laws": self.owners("laws", authority_else=self.children("authority_rules", "laws", {"law": "code"})),
            "dates": self.plain("dates"),
            "scope": self.screens(),
            "tags": self.tags(),
            "out_of_view": self.plain("out_of_view"),
            "presets": self.owners("presets", facts=self.children("preset_facts", "presets", {"preset": "id"})),
            "questions": self.questions(),
        }
        start = mark_at("")
        pairs += [(scalar(name, start), sequence(nodes, start)) for name, nodes in sections.items() if nodes]
        pairs += [(scalar(name, start), node) for name, node in self.registries() if node.value]
        return mapping(pairs, start)

    def origin(self) -> _Pairs:
        """What the sheet "about" says; everything in it may be missing."""
        rows = [row for row in self.rows[ABOUT] if "field" in row.cells]
        pairs = [(self.text(row, "field"), self.text(row, "value")) for row in rows]
        if pairs:
            yield scalar(ORIGIN, mark_at(ABOUT)), mapping(pairs, mark_at(ABOUT))

    def text(self, row: SheetRow, column: str) -> yaml.ScalarNode:
        return scalar(row.cells.get(column, "").strip(), row.mark_of(column))

    def frame(self) -> _Pairs:
        parted: dict[str, list[tuple[yaml.Node, yaml.Node]]] = {}
        for row in self.rows["edition"]:
            name = row.cells.get("field", "").strip()
            if "value" not in row.cells:
                continue
            value = self.cell(row, "value", {**FRAME_KINDS, **OLD_FIELDS}.get(name, CellKind.TEXT))
            whole, part = PARTED_FIELDS.get(name, ("", name))
            key = scalar(part, row.mark_of("field"))
            if whole:
                parted.setdefault(whole, []).append((key, value))
            else:
                yield key, value
        for whole, pairs in parted.items():
            mark = pairs[0][0].start_mark
            yield scalar(whole, mark), mapping(pairs, mark)

    def scales(self) -> _Pairs:
        grouped: dict[str, list[yaml.Node]] = {}
        for row in self.rows["scales"]:
            name = row.cells.get("list", "").strip()
            if name in SCALES:
                grouped.setdefault(name, []).append(self.node(row, leave=("list",)))
            else:
                self.refuse(row, "list", f"expected {' or '.join(SCALES)}, found {name or 'nothing'}")
        for name, nodes in grouped.items():
            yield scalar(name, mark_at("scales")), sequence(nodes, mark_at("scales"))

    def plain(self, sheet: str) -> list[yaml.Node]:
        return [self.node(row) for row in self.rows[sheet]]

    def owners(self, sheet: str, **parts: _Parts) -> list[yaml.Node]:
        """The rows of a sheet with what belongs to each, by the number of the row."""
        return [self.node(row, {key: own.get(row.number) for key, own in parts.items()}) for row in self.rows[sheet]]

    def screens(self) -> list[yaml.Node]:
        options = self.children("options", "scope_questions", {"screen": "screen", "question": "id"})
        return self.owners(
            "screens",
            questions=self.children("scope_questions", "screens", {"screen": "id"}, {"options": options}),
        )

    def tags(self) -> list[yaml.Node]:
        rules, why_off = (self.children(sheet, "tags", {"tag": "id"}) for sheet in ("tag_rules", "otherwise"))
        return self.owners("tags", set_when=rules, otherwise=why_off)

    def questions(self) -> list[yaml.Node]:
        gates, duties, citations = (
            self.children(sheet, "questions", {"question": "id"}) for sheet in ("gates", "duties", "question_citations")
        )
        return self.owners("questions", gates=gates, duties=duties, citations=citations, steps=self.steps())

    def steps(self) -> _Parts:
        """Links with the number of a variant belong to that variant of the step, others to the step itself."""
        of_step = {"question": "question", "to": "to"}
        of_variant = {**of_step, "variant": "variant"}
        links = self.rows["step_links"]
        own = self.children("step_links", "question_steps", of_step, among=[r for r in links if not _variant(r)])
        theirs = self.children("step_links", "step_variants", of_variant, among=[r for r in links if _variant(r)])
        variants = self.children("step_variants", "question_steps", of_step, {"links": theirs})
        parts = {"links": own, "variants": variants}
        return self.children("question_steps", "questions", {"question": "id"}, parts)

    def registries(self) -> Iterator[tuple[str, yaml.MappingNode]]:
        for sheet, column in (("authorities", "code"), ("citations", "label")):
            entries = ((self.name(row, column), self.node(row, leave=(column,))) for row in self.rows[sheet])
            yield sheet, mapping(entries, mark_at(sheet))
        items = ((self.name(row, "id"), self.checklist_entry(row)) for row in self.rows["checklist"])
        yield "checklist", mapping(items, mark_at("checklist"))
        reasons = (
            (self.name(row, "question"), self.cell(row, "text", CellKind.TEXT))
            for row in self.rows["readability_exceptions"]
        )
        yield "readability_exceptions", mapping(reasons, mark_at("readability_exceptions"))

    def checklist_entry(self, row: SheetRow) -> yaml.Node:
        if "concerns" in row.cells:
            return self.node(row, leave=("id",))
        return self.cell(row, "text", CellKind.TEXT)

    def name(self, row: SheetRow, column: str) -> yaml.Node:
        if column not in row.cells:
            self.refuse(row, column, "expected text, found nothing")
        return scalar(row.cells.get(column, f"row {row.number}"), row.mark_of(column))

    def children(
        self,
        sheet: str,
        owners: str,
        keys: Mapping[str, str],
        below: Mapping[str, _Parts] | None = None,
        among: Sequence[SheetRow] | None = None,
    ) -> dict[int, list[yaml.Node]]:
        """The rows of a sheet (or those `among` them) as nodes, by the row number of their owner.

        `keys`: which column of the row names which column of its owner. `below`: what belongs to these rows.
        """
        owner_rows: dict[tuple[str, ...], int] = {}
        for row in self.rows[owners]:
            owner_rows.setdefault(_named(row, keys.values()), row.number)
        found: dict[int, list[yaml.Node]] = {}
        for row in self.rows[sheet] if among is None else among:
            named = _named(row, keys)
            parts = {key: nodes.get(row.number) for key, nodes in (below or {}).items()}
            if named in owner_rows:
                # A column that only names the owner is not a field of the document.
                found.setdefault(owner_rows[named], []).append(self.node(row, parts, tuple(keys)))
            else:
                column = _wrong_column(named, tuple(keys), owner_rows)
                self.refuse(
                    row, column, f"expected a row of sheet {owners}, found {' '.join(named).strip() or 'nothing'}"
                )
        return found

    def node(
        self, row: SheetRow, parts: Mapping[str, list[yaml.Node] | None] = _NOTHING, leave: tuple[str, ...] = ()
    ) -> yaml.MappingNode:
        """A row as a mapping, with `parts` from other sheets, without the columns of `leave`."""
        pairs: list[tuple[yaml.Node, yaml.Node]] = []
        for name, kind in TABLE_OF[row.sheet].columns:
            if name in row.cells and name not in leave and name not in _NOT_FIELDS.get(row.sheet, ()):
                pairs.append((scalar(name, row.mark_of(name)), self.cell(row, name, kind)))
        if row.sheet == "questions":
            pairs += self.joined(row)
        pairs += [(scalar(key, row.mark), sequence(nodes, row.mark)) for key, nodes in parts.items() if nodes]
        return mapping(pairs, row.mark)

    def joined(self, row: SheetRow) -> _Pairs:
        """The fields of a question that are spread over several columns."""
        levels = [scalar(row.cells[name], row.mark_of(name)) for name in LEVEL_COLUMNS if name in row.cells]
        yield scalar("levels", row.mark), sequence(levels, row.mark_of(LEVEL_COLUMNS[0]))
        for name, parts in _JOINED.items():
            pairs = [
                (scalar(key, row.mark_of(column)), self.cell(row, column, kind))
                for key, column, kind in parts
                if column in row.cells
            ]
            if pairs:
                yield scalar(name, row.mark), mapping(pairs, row.mark_of(name))

    def cell(self, row: SheetRow, column: str, kind: CellKind) -> yaml.Node:
        try:
            return read_cell(kind, row.cells.get(column, ""), row.mark_of(column))
        except UnreadableCondition as error:
            self.refuse(row, column, str(error))
            return scalar("", row.mark_of(column), "null")

    def refuse(self, row: SheetRow, column: str, message: str) -> None:
        self.problems.append(Problem("", message, file=f"{row.sheet}, column {column}", line=row.number))


# Fields of a question that are mappings, with a column for each key.
_JOINED = {
    "first_step": (("text", "first_step", CellKind.TEXT), ("effort", "effort", CellKind.WORD)),
    "find_out": (("text", "find_out", CellKind.TEXT), ("minutes", "find_out_minutes", CellKind.WHOLE)),
}
_NOT_FIELDS = {
    "questions": (*LEVEL_COLUMNS, *(column for parts in _JOINED.values() for _, column, _ in parts)),
    "step_variants": ("to", "variant"),
    "step_links": ("to", "variant"),
}
_ORDER = {name: place for place, name in enumerate(TABLE_OF)}


def _named(row: SheetRow, columns: Iterable[str]) -> tuple[str, ...]:
    """Numbers as they are read: 2 for 2.0."""
    cells = (row.cells.get(column, "") for column in columns)
    return tuple(whole_in(cell) or cell for cell in cells)


def _wrong_column(named: tuple[str, ...], columns: tuple[str, ...], owners: Iterable[tuple[str, ...]]) -> str:
    """The first that names what no owner has; where each of them is somebody's, the last."""
    places = range(len(columns))
    wrong = (columns[at] for at in places if named[at] not in {owner[at] for owner in owners})
    return next(wrong, columns[-1])


def _variant(row: SheetRow) -> bool:
    return "variant" in row.cells


def _order(problem: Problem) -> tuple[int, int]:
    return _ORDER.get(problem.file.partition(",")[0], -1), problem.line or 0


def _placed(problem: Problem) -> Problem:
    """With the place of the cell in words instead of its mark."""
    sheet, _, column = problem.file.partition(", column ")
    where = place_of(sheet, problem.line, column) if problem.line else ""
    return replace(problem, file=where, line=None)
