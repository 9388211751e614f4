"""From clients and their results to what a portfolio tells of them. Whole numbers only: nothing is rounded here."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from assessments.bank.types import Edition
from assessments.presentation.named_values import QuestionRef, question_ref
from reports.portfolio.told.attention import SOON, tell_attention
from reports.portfolio.told.types import (
    BankPortfolio,
    ClientResult,
    DomainLack,
    FindingTotals,
    PillarSpread,
    PortfolioClient,
    QuestionLack,
    ReviewDays,
    ToldPortfolio,
)

LEVELS = 5


def tell_portfolio(clients: Sequence[PortfolioClient], editions: Mapping[str, Edition], *, day: date) -> ToldPortfolio:
    """`editions` has every edition that a result names, by id; lists of clients keep their order."""
    by_bank: dict[str, list[PortfolioClient]] = {}
    for client in clients:
        if client.result is not None:
            by_bank.setdefault(client.result.bank, []).append(client)
    banks = [_tell_bank(bank, own, editions, day) for bank, own in by_bank.items()]
    return ToldPortfolio(
        day=day,
        clients=len(clients),
        reviews=_tell_reviews(clients, day),
        banks=tuple(sorted(banks, key=lambda each: (-len(each.clients), each.bank))),
        without=tuple(client for client in clients if client.result is None),
    )


def _tell_reviews(clients: Iterable[PortfolioClient], day: date) -> ReviewDays:
    counts = Counter(_when(client.review_on, day) for client in clients)
    return ReviewDays(counts["overdue"], counts["soon"], counts["later"], counts["none"])


def _when(review_on: date | None, day: date) -> str:
    if review_on is None:
        return "none"
    if review_on < day:
        return "overdue"
    return "soon" if review_on <= day + SOON else "later"


def _tell_bank(
    bank: str, clients: Sequence[PortfolioClient], editions: Mapping[str, Edition], day: date
) -> BankPortfolio:
    results = [client.result for client in clients if client.result is not None]
    used = _newest_first({result.edition for result in results}, editions)
    questions = tuple(_tell_questions(results, used))
    return BankPortfolio(
        bank=bank,
        title=used[0].title,
        editions=tuple(edition.id for edition in used),
        clients=tuple(clients),
        pillars=tuple(_tell_spread(code, name, results) for code, name in _pillars(used).items()),
        map_domains=tuple(_domains(used).items()),
        domains=tuple(sorted(_tell_domains(results, used), key=_by_share)),
        questions=tuple(sorted((each for each in questions if each.below or each.unknown), key=_most_first)),
        totals=_tell_totals(results),
        attention=tell_attention(clients, day),
    )


def _newest_first(ids: Iterable[str], editions: Mapping[str, Edition]) -> list[Edition]:
    return sorted((editions[each] for each in ids), key=lambda each: (each.law_status_as_of, each.id), reverse=True)


def _pillars(used: Sequence[Edition]) -> dict[str, str]:
    """Names by code, in the order and the words of the newest edition."""
    return {pillar.code: pillar.name for pillar in used[0].pillars} | {
        pillar.code: pillar.name for edition in reversed(used) for pillar in edition.pillars
    }


def _domains(used: Sequence[Edition]) -> dict[str, str]:
    return {domain.code: domain.title for domain in used[0].domains} | {
        domain.code: domain.title for edition in reversed(used) for domain in edition.domains
    }


def _tell_spread(code: str, name: str, results: Sequence[ClientResult]) -> PillarSpread:
    labels = Counter(result.pillars[code].low.label for result in results if code in result.pillars)
    at = [labels[label] for label in range(LEVELS)]
    return PillarSpread(code, name, (at[0], at[1], at[2], at[3], at[4]), len(results) - sum(at))


def _tell_questions(results: Sequence[ClientResult], used: Sequence[Edition]) -> Iterator[QuestionLack]:
    below, unknown, counted = Counter[str](), Counter[str](), Counter[str]()
    for result in results:
        for question, standing in result.questions.items():
            counted[question] += 1
            unknown[question] += not standing.known
            below[question] += standing.known and not standing.in_place
    for ref, domain in _questions(used):
        if counted[ref.id]:
            yield QuestionLack(ref, domain, below[ref.id], unknown[ref.id], counted[ref.id])


def _questions(used: Sequence[Edition]) -> Iterator[tuple[QuestionRef, str]]:
    """Each once, in the words of the newest edition that has it."""
    told: set[str] = set()
    for edition in used:
        for question in edition.questions:
            if question.id not in told:
                told.add(question.id)
                yield question_ref(question), question.domain


def _tell_domains(results: Sequence[ClientResult], used: Sequence[Edition]) -> Iterator[DomainLack]:
    domain_of = {ref.id: domain for ref, domain in _questions(used)}
    tallies = [_by_domain(result, domain_of) for result in results]
    for code, title in _domains(used).items():
        own = [tally[code] for tally in tallies if code in tally]
        if own:
            below, unknown, counted = (sum(column) for column in zip(*own, strict=True))
            lacking = sum(each[0] > 0 for each in own)
            yield DomainLack(code, title, below, unknown, counted, clients=lacking, asked=len(own))


def _by_domain(result: ClientResult, domain_of: Mapping[str, str]) -> dict[str, tuple[int, int, int]]:
    """Of one client, for each domain that has a question in it: below, unknown, counted."""
    tally: dict[str, tuple[int, int, int]] = {}
    for question, standing in result.questions.items():
        below, unknown, counted = tally.get(domain_of[question], (0, 0, 0))
        tally[domain_of[question]] = (
            below + (standing.known and not standing.in_place),
            unknown + (not standing.known),
            counted + 1,
        )
    return tally


def _by_share(lack: DomainLack) -> Fraction:
    return -Fraction(lack.below + lack.unknown, lack.counted)


def _most_first(lack: QuestionLack) -> tuple[int, Fraction, int]:
    """Sorting keeps the order of the bank among equals."""
    return -lack.below, -Fraction(lack.below, lack.counted), -lack.unknown


def _tell_totals(results: Sequence[ClientResult]) -> FindingTotals:
    return FindingTotals(
        not_lawful_now=sum(result.not_lawful_now for result in results),
        clients_not_lawful=sum(result.not_lawful_now > 0 for result in results),
        urgent_gaps=sum(result.urgent_gaps for result in results),
        clients_with_gaps=sum(result.urgent_gaps > 0 for result in results),
        open_duties=sum(result.open_duties for result in results),
        clients_with_duties=sum(result.open_duties > 0 for result in results),
    )
