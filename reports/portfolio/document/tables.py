"""The tables of a portfolio: one thing a row, everything that was told of it."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.bank.types import Edition
from assessments.wording.phrases import amount
from assessments.wording.scales import depth_name
from reports.document.prose import one_line
from reports.portfolio.document.reasons import reasons_text
from reports.portfolio.document.types import ColumnKind, PortfolioCell, PortfolioColumn, PortfolioTable
from reports.portfolio.told.types import (
    BankPortfolio,
    ClientResult,
    DomainLack,
    LevelRange,
    PillarSpread,
    PortfolioClient,
    QuestionLack,
)

NAME, TOPIC, TEXT = ColumnKind.NAME, ColumnKind.TOPIC, ColumnKind.TEXT
NUMBER, LEVEL = ColumnKind.NUMBER, ColumnKind.LEVEL
LETTERS_OF_NUMBER = 12


def levels_table(bank: BankPortfolio, edition: Edition, sheet: str) -> PortfolioTable:
    """How many clients are at each level of each pillar."""
    columns = [
        _column(_("Pillar"), TOPIC, 42, 30),
        *(_column(label, NUMBER, 20, 16) for label in level_names(edition)),
        _column(_("Not assessed"), NUMBER, 22, 16),
    ]
    rows = [(spread.name, *spread.levels, spread.without) for spread in bank.pillars]
    return _table(_("Clients at each level"), sheet, columns, rows)


def clients_table(bank: BankPortfolio, sheet: str, *, anonymous: bool) -> PortfolioTable:
    """Every client with its levels, counts and first step."""
    columns = [
        _column(_("Client"), NAME, 34, 36),
        _column(_("Result of"), TEXT, 17, 0),
        _column(_("Month of the result") if anonymous else _("Day of the result"), TEXT, 0, 14),
        _column(_("Depth"), TEXT, 0, 12),
        _column(_("Edition"), TEXT, 0, 12),
        *(column for pillar in bank.pillars for column in _pillar_columns(pillar)),
        _column(_("Not lawful now"), NUMBER, 12, LETTERS_OF_NUMBER),
        _column(_("Urgent gaps"), NUMBER, 12, LETTERS_OF_NUMBER),
        _column(_("Open duties"), NUMBER, 0, LETTERS_OF_NUMBER),
        _column(_("What to do first"), TEXT, 41, 0),
        _column(_("What to do first"), TEXT, 0, 70),
    ]
    if not anonymous:
        columns.append(_column(_("Next review"), TEXT, 0, 14))
    rows = [_client_row(client, client.result, bank.pillars, anonymous) for client in bank.clients if client.result]
    return _table(_("Clients"), sheet, columns, rows)


def attention_table(bank: BankPortfolio, sheet: str) -> PortfolioTable:
    columns = [_column(_("Client"), NAME, 60, 36), _column(_("Why"), TEXT, 104, 90)]
    rows = [(one_line(each.client.name), reasons_text(each.reasons)) for each in bank.attention]
    return _table(_("Whom to look at first"), sheet, columns, rows)


def map_table(bank: BankPortfolio, sheet: str) -> PortfolioTable:
    """Clients down, domains across, the level in each cell."""
    columns = [_column(_("Client"), NAME, 56, 36)]
    columns += [_column(title, LEVEL, 9, LETTERS_OF_NUMBER) for _code, title in bank.map_domains]
    rows = [
        (one_line(client.name), *(_label(client.result.domains.get(code)) for code, _title in bank.map_domains))
        for client in bank.clients
        if client.result
    ]
    return _table(_("Clients and domains"), sheet, columns, rows, turned=True)


def domains_table(domains: Sequence[DomainLack], title: str, sheet: str) -> PortfolioTable:
    columns = [
        _column(_("Domain"), TOPIC, 66, 40),
        _column(_("Clients with something below target"), TEXT, 38, 0),
        _column(_("Answers below target"), TEXT, 40, 0),
        _column(_("Nobody knows"), NUMBER, 20, LETTERS_OF_NUMBER),
        _column(_("Clients with something below target"), NUMBER, 0, 20),
        _column(_("Clients asked"), NUMBER, 0, LETTERS_OF_NUMBER),
        _column(_("Answers below target"), NUMBER, 0, LETTERS_OF_NUMBER),
        _column(_("Answers that count"), NUMBER, 0, LETTERS_OF_NUMBER),
    ]
    rows = [
        (
            lack.title,
            amount(lack.clients, lack.asked),
            _share(lack.below, lack.counted),
            lack.unknown,
            *(lack.clients, lack.asked, lack.below, lack.counted),
        )
        for lack in domains
    ]
    return _table(title, sheet, columns, rows)


def questions_table(
    questions: Sequence[QuestionLack], titles: Iterable[tuple[str, str]], title: str, sheet: str
) -> PortfolioTable:
    """`titles` are those of the domains, by code."""
    names = dict(titles)
    columns = [
        _column(_("Question"), TOPIC, 102, 80),
        _column(_("Number"), TEXT, 0, 14),
        _column(_("Domain"), TEXT, 0, 32),
        _column(_("Clients below target"), TEXT, 38, 0),
        _column(_("Nobody knows"), NUMBER, 24, LETTERS_OF_NUMBER),
        _column(_("Clients below target"), NUMBER, 0, LETTERS_OF_NUMBER),
        _column(_("Clients asked"), NUMBER, 0, LETTERS_OF_NUMBER),
    ]
    rows = [
        (
            lack.question.text,
            lack.question.id,
            names.get(lack.domain, ""),
            _share(lack.below, lack.counted),
            *(lack.unknown, lack.below, lack.counted),
        )
        for lack in questions
    ]
    return _table(title, sheet, columns, rows)


def without_table(clients: Sequence[PortfolioClient], sheet: str, *, anonymous: bool) -> PortfolioTable:
    columns = [_column(_("Client"), NAME, 110, 36)]
    if anonymous:
        return _table(_("Clients without a result"), sheet, columns, [(one_line(each.name),) for each in clients])
    columns += [_column(_("Next review"), TEXT, 54, 0), _column(_("Next review"), TEXT, 0, 14)]
    rows = [(one_line(each.name), _day(each.review_on), _iso(each.review_on)) for each in clients]
    return _table(_("Clients without a result"), sheet, columns, rows)


def level_names(edition: Edition) -> tuple[str, ...]:
    """ "2 Basics in place" """
    return tuple(f"{label.code} {label.name}" for label in edition.labels)


def first_sentence(text: str) -> str:
    """Of a step: what to do, without how. Data files have all of it."""
    sentence, end, _rest = text.partition(". ")
    return f"{sentence}." if end else text


def percent(part: int, whole: int) -> int:
    """Of a hundred, a half rounded up."""
    return (200 * part + whole) // (2 * whole)


def day_text(day: date, *, anonymous: bool) -> str:
    """ "21 Nov 2026"; without names the month alone."""
    return date_format(day, "M Y" if anonymous else "j M Y")


def _client_row(
    client: PortfolioClient, result: ClientResult, pillars: Iterable[PillarSpread], anonymous: bool
) -> tuple[PortfolioCell, ...]:
    levels = (cell for pillar in pillars for cell in _pillar_cells(result.pillars.get(pillar.code)))
    depth, day = depth_name(result.depth), result.finished_on
    return (
        one_line(client.name),
        f"{day_text(day, anonymous=anonymous)}, {depth.lower()}",
        day.strftime("%Y-%m") if anonymous else day.isoformat(),
        depth,
        result.edition,
        *levels,
        *(result.not_lawful_now, result.urgent_gaps, result.open_duties),
        *(first_sentence(result.first_step) or None, result.first_step or None),
        *(() if anonymous else (_iso(client.review_on),)),
    )


def _pillar_columns(pillar: PillarSpread) -> tuple[PortfolioColumn, ...]:
    """Paper has one for the range, data one for each end."""
    up_to = _("%(pillar)s, could be up to") % {"pillar": pillar.name}
    return (
        _column(pillar.name, TEXT, 16, 0),
        _column(pillar.name, NUMBER, 0, LETTERS_OF_NUMBER),
        _column(up_to, NUMBER, 0, LETTERS_OF_NUMBER),
    )


def _pillar_cells(reached: LevelRange | None) -> tuple[PortfolioCell, ...]:
    if reached is None:
        return None, None, None
    low, high = str(reached.low), str(reached.high)
    text = low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
    return text, float(low), float(high)


def _label(reached: LevelRange | None) -> int | None:
    return reached.low.label if reached else None


def _share(part: int, whole: int) -> str:
    """ "23 of 67, 34 %" """
    return _("%(amount)s, %(percent)d %%") % {"amount": amount(part, whole), "percent": percent(part, whole)}


def _day(day: date | None) -> str | None:
    return day_text(day, anonymous=False) if day else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _column(title: str, kind: ColumnKind, paper: int, letters: int) -> PortfolioColumn:
    return PortfolioColumn(title, kind, paper, letters)


def _table(
    title: str,
    sheet: str,
    columns: Iterable[PortfolioColumn],
    rows: Iterable[tuple[PortfolioCell, ...]],
    *,
    turned: bool = False,
) -> PortfolioTable:
    return PortfolioTable(title, sheet, tuple(columns), tuple(rows), turned)
