"""The chapters of a portfolio, in the order of reading."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.bank.types import Edition
from assessments.wording.phrases import joined
from reports.portfolio.document.tables import (
    attention_table,
    clients_table,
    domains_table,
    level_names,
    levels_table,
    map_table,
    questions_table,
    without_table,
)
from reports.portfolio.document.types import PortfolioChapter, PortfolioCount, PortfolioTable
from reports.portfolio.told.types import BankPortfolio, PortfolioClient, ReviewDays, ToldPortfolio

DOMAINS_AT_FIRST, QUESTIONS_AT_FIRST = 6, 10
"""So many of those that are lacking most stand on the first page."""


def overview_chapter(told: ToldPortfolio, editions: Mapping[str, Edition], *, anonymous: bool) -> PortfolioChapter:
    """One page; with several banks it is about the one of most clients, and each other one has a page of its own."""
    counts = (
        PortfolioCount(told.clients, ngettext("client", "clients", told.clients)),
        PortfolioCount(told.with_results, _("with a result")),
    )
    notes = () if anonymous else tuple(_reviews(told.reviews))
    if not told.banks:
        return PortfolioChapter(
            "overview", _("Overview"), (_("None of these clients has a result yet."),), (), notes, counts, new_page=True
        )
    bank = told.banks[0]
    mark = "" if len(told.banks) == 1 else "1"
    others = _("Results of different question banks cannot be compared: each bank has pages of its own.")
    lead = (_about(bank), others) if mark else ()
    return PortfolioChapter(
        anchor="overview",
        title=_("Overview"),
        lead=lead,
        tables=_overview_tables(bank, editions[bank.editions[0]], mark),
        notes=notes,
        counts=(*counts, *_bank_counts(bank)),
        levels=bank.pillars,
        labels=level_names(editions[bank.editions[0]]),
        new_page=True,
    )


def bank_chapters(bank: BankPortfolio, edition: Edition, mark: str, *, anonymous: bool) -> Iterator[PortfolioChapter]:
    """`mark` is the number of the bank, empty if it is the only one."""
    if mark not in ("", "1"):
        yield PortfolioChapter(
            anchor=f"overview-{mark}",
            title=_titled(_("Overview"), mark),
            lead=(_about(bank),),
            tables=_overview_tables(bank, edition, mark),
            counts=tuple(_bank_counts(bank)),
            levels=bank.pillars,
            labels=level_names(edition),
            new_page=True,
        )
    yield _attention_chapter(bank, mark)
    yield _chapter(
        "clients",
        mark,
        _("All clients"),
        _("Figures run from 0 to 4; the whole part is the level. A range says what they could be once all is known."),
        clients_table(bank, _named(_("Clients"), mark), anonymous=anonymous),
    )
    yield _chapter(
        "map",
        mark,
        _("Clients and domains"),
        _("The level of each client in each domain, from 0 to 4. A dash: not assessed, or too little for a level."),
        map_table(bank, _named(_("Map"), mark)),
    )
    yield _lacking_chapter(bank, mark)


def without_chapter(clients: Sequence[PortfolioClient], *, anonymous: bool) -> PortfolioChapter:
    lead = ngettext(
        "%(count)d client has not finished an assessment yet.",
        "%(count)d clients have not finished an assessment yet.",
        len(clients),
    ) % {"count": len(clients)}
    table = without_table(clients, _("Without a result"), anonymous=anonymous)
    return PortfolioChapter("without", table.title, (lead,), (table,))


def method_chapter(*, anonymous: bool) -> PortfolioChapter:
    lead = [
        _(
            "Each line rests on the newest finished assessment of a client at the moment when this file was asked for. "
            "The file does not change when answers do; ask for a new one then."
        ),
        _(
            "“Below target” counts a question where the answer is below the level that this client should reach. Each "
            "question is counted only for clients that were asked it and did not leave it out. Where nobody knows the "
            "answer, that is counted apart."
        ),
        _(
            "Clients come first by what is not lawful now, then by urgent gaps, then by duties that have started since "
            "the result, overdue reviews and the age of a result of a year or more."
        ),
        _(
            "Only results of one question bank are put together. Quick, standard and full assessments ask for more or "
            "less, so compare levels of different depths with care."
        ),
        _("The figures rest on what was answered; they are no certificate and no legal advice."),
    ]
    if anonymous:
        lead.append(
            _(
                "The numbers of the clients follow no order that says anything about them. With few clients, somebody "
                "who knows them may still recognise one."
            )
        )
    return PortfolioChapter("method", _("How to read it"), tuple(lead), ())


def _overview_tables(bank: BankPortfolio, edition: Edition, mark: str) -> tuple[PortfolioTable, ...]:
    domains = [lack for lack in bank.domains if lack.below][:DOMAINS_AT_FIRST]
    questions = [lack for lack in bank.questions if lack.below][:QUESTIONS_AT_FIRST]
    tables = [levels_table(bank, edition, _named(_("Levels"), mark))]
    if domains:
        tables.append(domains_table(domains, _("What is lacking most, by domain"), ""))
    if questions:
        tables.append(questions_table(questions, bank.map_domains, _("What is lacking most, by question"), ""))
    return tuple(tables)


def _bank_counts(bank: BankPortfolio) -> Iterator[PortfolioCount]:
    totals = bank.totals
    yield PortfolioCount(totals.clients_not_lawful, _("with something not lawful now"))
    yield PortfolioCount(totals.clients_with_gaps, _("with urgent gaps"))
    yield PortfolioCount(totals.open_duties, ngettext("open duty", "open duties", totals.open_duties))


def _attention_chapter(bank: BankPortfolio, mark: str) -> PortfolioChapter:
    table = attention_table(bank, _named(_("Attention"), mark))
    calm = len(bank.clients) - len(bank.attention)
    notes = [
        ngettext("%(count)d client has nothing of this kind.", "%(count)d clients have nothing of this kind.", calm)
        % {"count": calm}
    ]
    return PortfolioChapter(
        anchor=f"attention{mark and '-'}{mark}",
        title=_titled(table.title, mark),
        lead=(_("The most pressing first: what is not lawful now, urgent gaps, what has started, what is overdue."),),
        tables=(table,) if bank.attention else (),
        notes=tuple(notes) if calm else (),
        new_page=True,
    )


def _lacking_chapter(bank: BankPortfolio, mark: str) -> PortfolioChapter:
    domains = domains_table(bank.domains, _("By domain"), _named(_("Domains"), mark))
    questions = questions_table(bank.questions, bank.map_domains, _("By question"), _named(_("Questions"), mark))
    return PortfolioChapter(
        anchor=f"lacking{mark and '-'}{mark}",
        title=_titled(_("What is lacking, in full"), mark),
        lead=(_("Every domain, and every question that at least one client lacks or nobody there knows."),),
        tables=(domains, questions) if bank.questions else (domains,),
    )


def _chapter(anchor: str, mark: str, title: str, lead: str, table: PortfolioTable) -> PortfolioChapter:
    return PortfolioChapter(f"{anchor}{mark and '-'}{mark}", _titled(title, mark), (lead,), (table,))


def _titled(title: str, mark: str) -> str:
    return _("%(title)s, bank %(number)s") % {"title": title, "number": mark} if mark else title


def _named(sheet: str, mark: str) -> str:
    return f"{sheet} {mark}".strip()


def _about(bank: BankPortfolio) -> str:
    count = len(bank.clients)
    return ngettext(
        "%(count)d client with a result of “%(bank)s”.", "%(count)d clients with a result of “%(bank)s”.", count
    ) % {"count": count, "bank": bank.title}


def _reviews(reviews: ReviewDays) -> Iterator[str]:
    """Nothing where no day is noted at all."""
    parts = [
        (reviews.overdue, _("%(count)d overdue")),
        (reviews.soon, _("%(count)d within 90 days")),
        (reviews.later, _("%(count)d later")),
        (reviews.none, _("%(count)d without a day")),
    ]
    if reviews.overdue or reviews.soon or reviews.later:
        yield _("Next reviews: %(counts)s.") % {
            "counts": joined([text % {"count": count} for count, text in parts if count])
        }
