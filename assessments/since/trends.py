"""The page about all results: pillars, counts and domains over time, as they were stored."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.bank.types import Edition
from assessments.editions.stored import edition_of
from assessments.formatting.trend_charts import TrendPoint, TrendRow
from assessments.results.comparison import results_of
from assessments.scoring.compare import is_real_change
from assessments.scoring.plan import FigureBeforeAfter
from assessments.scoring.types import TOP, Figure
from assessments.since.named_results import NamedResult, named_results
from assessments.wording.phrases import amount

MOST_POINTS = 24
"""Of more results only the newest are drawn: two years of one a month."""


@dataclass(frozen=True, slots=True)
class TrendCell:
    """A figure in the table, and how it compares with the one before; empty words where there is nothing to compare."""

    shown: str
    verdict: str


@dataclass(frozen=True, slots=True)
class TrendPart:
    """Charts, and a table of the same: one row for each result, one column for each of `names`."""

    title: str
    rows: tuple[TrendRow, ...]
    names: tuple[str, ...]
    table: tuple[tuple[NamedResult, tuple[TrendCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class TrendPage:
    """`left_out` counts older results that are not shown, `marks` say where edition or depth changed."""

    parts: tuple[TrendPart, ...]
    marks: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Point:
    named: NamedResult
    outcome: Mapping[str, Any]
    mark: str

    @property
    def day(self) -> str:
        return date_format(timezone.localtime(self.named.result.finished_at), "j M Y")


Reading = Callable[[_Point], Figure | None]


def trend_page(organisation: UUID) -> TrendPage | None:
    """None with fewer than two results: one point is no trend."""
    rows = results_of(organisation)
    count = rows.count()
    if count < 2:
        return None
    points = _points(list(rows.defer(None).defer("answers", "assessment__edition__frame")[:MOST_POINTS]))
    edition = edition_of(points[-1].named.result.assessment.edition)
    return TrendPage(
        parts=tuple(part for part in _parts(edition, points) if part.rows),
        marks=tuple(f"{point.named.name}: {point.mark}" for point in points if point.mark),
        left_out=max(0, count - MOST_POINTS),
    )


def _points(newest_first: Sequence[Any]) -> list[_Point]:
    named = named_results(newest_first)[::-1]
    marks = ["", *(_mark(before, after) for before, after in pairwise(named))]
    return [_Point(each, each.result.outcome, mark) for each, mark in zip(named, marks, strict=True)]


def _mark(before: NamedResult, after: NamedResult) -> str:
    """Where another edition or depth asks other questions, figures differ for that reason alone."""
    old, new = before.result.assessment, after.result.assessment
    found = []
    if old.edition_id != new.edition_id:
        found.append(
            _("edition %(code)s instead of %(before)s") % {"code": new.edition.code, "before": old.edition.code}
        )
    if old.depth != new.depth:
        found.append(_("%(depth)s depth") % {"depth": new.get_depth_display()})
    return ", ".join(found)


def _parts(edition: Edition, points: Sequence[_Point]) -> Iterator[TrendPart]:
    pillars = {pillar.code: pillar.name for pillar in edition.pillars}
    domains = {domain.code: domain.title for domain in edition.domains}
    yield _figures_part(_("Pillars"), "pillars", pillars, points)
    yield _counts_part(points)
    yield _figures_part(_("Domains"), "domains", domains, points)


def _figures_part(title: str, of: str, names: Mapping[str, str], points: Sequence[_Point]) -> TrendPart:
    read = {name: _reading(of, code) for code, name in names.items()}
    rows = {name: _figure_row(name, reading, points) for name, reading in read.items()}
    kept = {name: row for name, row in rows.items() if row.has_trend}
    columns = [_figure_cells([read[name](point) for point in points], points) for name in kept]
    return TrendPart(title, tuple(kept.values()), tuple(kept), _table(points, columns))


def _reading(of: str, code: str) -> Reading:
    def read(point: _Point) -> Figure | None:
        parts = point.outcome[of]
        found = next((each for each in parts if each["code"] == code and not each.get("first_indication")), None)
        return Figure(**found["low"]["figure"]) if found and found["low"] else None

    return read


def _figure_row(name: str, read: Reading, points: Sequence[_Point]) -> TrendRow:
    return TrendRow(
        name,
        tuple(
            TrendPoint(point.day, float(str(figure)) if figure else None, str(figure or ""), point.mark)
            for point in points
            for figure in [read(point)]
        ),
        TOP,
    )


def _figure_cells(figures: Sequence[Figure | None], points: Sequence[_Point]) -> list[TrendCell]:
    cells, before = [], None
    for figure, point in zip(figures, points, strict=True):
        cells.append(TrendCell(str(figure) if figure else "–", _verdict(before, figure, point)))
        before = figure or before
    return cells


def _verdict(before: Figure | None, after: Figure | None, point: _Point) -> str:
    if before is None or after is None:
        return ""
    if point.mark:
        return _("asked otherwise")
    if before == after:
        return _("as before")
    if not is_real_change(FigureBeforeAfter("", before, after)):
        return _("no clear change")
    return _("better") if after > before else _("lower")


def _counts_part(points: Sequence[_Point]) -> TrendPart:
    """Counts are always told. What is in place is drawn as a share, because the number of questions can differ."""
    counts = [point.outcome.get("counts") for point in points]
    shares = TrendRow(_("In place, per cent"), tuple(map(_share, points, counts)), 100)
    kinds = ((_("Urgent gaps"), "urgent_gaps"), (_("Open duties"), "open_duties"))
    rows = [shares, *(_count_row(name, key, points, counts) for name, key in kinds)]
    kept = [row for row in rows if row.has_trend]
    names = (_("In place"), *(name for name, _key in kinds)) if kept else ()
    columns = [[_count_cell(each, key) for each in counts] for key in ("in_place", "urgent_gaps", "open_duties")]
    return TrendPart(_("Counts"), tuple(kept), names, _table(points, columns if kept else []))


def _share(point: _Point, counts: Mapping[str, int] | None) -> TrendPoint:
    if not counts or not counts["counted"]:
        return TrendPoint(point.day, None, "", point.mark)
    value = 100 * counts["in_place"] / counts["counted"]
    return TrendPoint(point.day, value, amount(counts["in_place"], counts["counted"]), point.mark)


def _count_row(name: str, key: str, points: Sequence[_Point], counts: Sequence[Mapping[str, int] | None]) -> TrendRow:
    found = tuple(
        TrendPoint(point.day, float(each[key]) if each else None, str(each[key]) if each else "", point.mark)
        for point, each in zip(points, counts, strict=True)
    )
    most = max([point.value for point in found if point.value is not None], default=0)
    return TrendRow(name, found, max(4, 2 * ceil(most / 2)))


def _count_cell(counts: Mapping[str, int] | None, key: str) -> TrendCell:
    if not counts:
        return TrendCell("–", "")
    return TrendCell(amount(counts[key], counts["counted"]) if key == "in_place" else str(counts[key]), "")


def _table(
    points: Sequence[_Point], columns: Sequence[Sequence[TrendCell]]
) -> tuple[tuple[NamedResult, tuple[TrendCell, ...]], ...]:
    """The newest result first."""
    rows = [(point.named, tuple(column[number] for column in columns)) for number, point in enumerate(points)]
    return tuple(rows[::-1])
