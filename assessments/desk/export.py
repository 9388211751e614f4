"""All clients' scores as a table for spreadsheets: text and numbers, never a formula."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Engagement
from assessments.desk.portfolio import ClientLine, FinishedRun, client_lines
from assessments.editions.newest import newest_offered_or_none
from assessments.editions.stored import edition_of
from assessments.formatting.spreadsheets import Cell, xlsx_sheet

PART = 200
"""Clients read at a time, so that memory use does not grow with their number."""

Pillars = Sequence[tuple[str, str]]


def lines_of(engagements: Sequence[Engagement], today: date) -> Iterator[ClientLine]:
    for at in range(0, len(engagements), PART):
        yield from client_lines(engagements[at : at + PART], today)


def table(lines: Iterable[ClientLine]) -> Iterator[list[Cell]]:
    """The header and one row for each client. Levels are numbers with one decimal, empty where not assessed."""
    pillars = _pillars()
    yield _header(pillars)
    for line in lines:
        yield _row(line, pillars)


def as_xlsx(rows: Iterable[Sequence[Cell]]) -> bytes:
    return xlsx_sheet(_("Clients"), rows, [36, *[16] * 30])


def _pillars() -> Pillars:
    """Code and name of each, as the newest edition has them."""
    newest = newest_offered_or_none()
    return [(pillar.code, pillar.name) for pillar in edition_of(newest).pillars] if newest else []


def _header(pillars: Pillars) -> list[Cell]:
    levels: list[Cell] = []
    for _code, name in pillars:
        levels += [name, _("%(pillar)s, could be up to") % {"pillar": name}]
    return [
        _("Client"),
        _("State"),
        _("Answered"),
        _("Asked"),
        *levels,
        _("Urgent gaps"),
        _("Better since last time"),
        _("Worse since last time"),
        _("Urgent gaps closed since last time"),
        _("New urgent gaps since last time"),
        _("Finished on"),
        _("Edition"),
        _("Last activity"),
        _("Next review"),
        _("Tags"),
    ]


def _row(line: ClientLine, pillars: Pillars) -> list[Cell]:
    done = line.finished
    by_pillar = {level.code: level for level in done.levels} if done else {}
    levels: list[Cell] = []
    for code, _name in pillars:
        level = by_pillar.get(code)
        levels += [float(str(level.low)), float(str(level.high))] if level else ["", ""]
    return [
        line.name,
        line.state,
        *((line.open.answered, line.open.asked) if line.open else ("", "")),
        *levels,
        done.closed_gates if done else "",
        *_since(done),
        *((_day(done.at), done.edition) if done else ("", "")),
        _day(line.last_activity),
        _day(line.next_review_on),
        ", ".join(line.tags),
    ]


def _since(done: FinishedRun | None) -> list[Cell]:
    """Empty for a first result."""
    if done is None or done.since is None:
        return ["", "", "", ""]
    return [done.since.better, done.since.worse, done.since.gaps_closed, done.since.gaps_new]


def _day(value: date | None) -> str:
    return value.strftime("%Y-%m-%d") if value else ""
