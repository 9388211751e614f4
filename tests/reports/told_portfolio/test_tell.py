"""A portfolio adds up: every count is that of the clients, whatever their order, and no bank is mixed with another."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.types import Depth, Edition
from assessments.editions.shipped import shipped_editions
from assessments.scoring.engine import score
from assessments.scoring.types import Figure, Run, ScoredAnswer, ScoredAnswerKind
from reports.portfolio.told.results import client_result
from reports.portfolio.told.tell import tell_portfolio
from reports.portfolio.told.types import BankPortfolio, ClientResult, LevelRange, PortfolioClient, ToldPortfolio
from tests.reports.told_portfolio.consultancies import DAY, client_answers, some_clients

EDITION = shipped_editions()[-1]
NEWER = replace(EDITION, id="2027.1", title="The same bank, newer", law_status_as_of=date(2027, 1, 1))
OTHER = replace(EDITION, id="other.1", bank="other", title="Another bank")
EDITIONS = {each.id: each for each in (EDITION, NEWER, OTHER)}
SEEDS = st.lists(st.integers(0, 40), max_size=12)


def tell(clients: list[PortfolioClient], day: date = DAY) -> ToldPortfolio:
    return tell_portfolio(clients, EDITIONS, day=day)


def client(number: int, result: ClientResult | None, review_on: date | None = None) -> PortfolioClient:
    return PortfolioClient(number, f"Client {number}", review_on, result)


def of_seeds(seeds: list[int], edition: Edition = EDITION) -> list[PortfolioClient]:
    """Seeds that are multiples of seven have no result."""
    return [
        client(
            number, replace(client_answers(EDITION, seed), bank=edition.bank, edition=edition.id) if seed % 7 else None
        )
        for number, seed in enumerate(seeds, start=1)
    ]


def only_bank(told: ToldPortfolio) -> BankPortfolio:
    (bank,) = told.banks
    return bank


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_every_client_is_counted_once(seeds: list[int]) -> None:
    clients = of_seeds(seeds)
    told = tell(clients)
    assert told.clients == len(clients) == len(told.without) + sum(len(bank.clients) for bank in told.banks)
    reviews = told.reviews
    assert reviews.overdue + reviews.soon + reviews.later + reviews.none == len(clients)
    for bank in told.banks:
        assert [sum(spread.levels) + spread.without for spread in bank.pillars] == [len(bank.clients)] * 3


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_counts_of_questions_are_those_of_the_clients(seeds: list[int]) -> None:
    """Counted anew from each client, one question at a time."""
    for bank in tell(of_seeds(seeds)).banks:
        results = [each.result for each in bank.clients if each.result]
        for lack in bank.questions:
            own = [result.questions[lack.question.id] for result in results if lack.question.id in result.questions]
            assert lack.counted == len(own)
            assert lack.unknown == sum(not each.known for each in own)
            assert lack.below == sum(each.known and not each.in_place for each in own)
        named = {lack.question.id for lack in bank.questions}
        lacking = {key for result in results for key, each in result.questions.items() if not each.in_place}
        assert named == lacking, "a question that nobody lacks is not in there, every other one is"


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_domain_is_the_sum_of_its_questions(seeds: list[int]) -> None:
    for bank in tell(of_seeds(seeds)).banks:
        for domain in bank.domains:
            own = [lack for lack in bank.questions if lack.domain == domain.code]
            assert (domain.below, domain.unknown) == (sum(q.below for q in own), sum(q.unknown for q in own))
            assert 0 <= domain.clients <= domain.asked <= len(bank.clients)
            assert domain.below + domain.unknown <= domain.counted
        shares = [(each.below + each.unknown) / each.counted for each in bank.domains]
        assert shares == sorted(shares, reverse=True)


@given(SEEDS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_clients_changes_no_figure(seeds: list[int], chance: object) -> None:
    clients = of_seeds(seeds)
    mixed = list(clients)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    told, other = tell(clients), tell(mixed)
    assert [_figures(bank) for bank in told.banks] == [_figures(bank) for bank in other.banks]
    assert told.reviews == other.reviews


def _figures(bank: BankPortfolio) -> tuple[object, ...]:
    return bank.pillars, bank.domains, bank.questions, bank.totals, bank.attention


@given(SEEDS, SEEDS)
@settings(max_examples=40, deadline=None)
def test_two_portfolios_together_have_the_sums_of_both(first: list[int], second: list[int]) -> None:
    one, two, both = (_totals(tell(of_seeds(seeds))) for seeds in (first, second, [*first, *second]))
    assert both == [a + b for a, b in zip(one, two, strict=True)]


def _totals(told: ToldPortfolio) -> list[int]:
    totals = [bank.totals for bank in told.banks]
    levels = [[0] * 15] + [[n for spread in bank.pillars for n in spread.levels] for bank in told.banks]
    return [
        told.clients,
        told.with_results,
        sum(each.not_lawful_now for each in totals),
        sum(each.urgent_gaps for each in totals),
        sum(each.open_duties for each in totals),
        sum(each.clients_not_lawful for each in totals),
        *(sum(column) for column in zip(*levels, strict=True)),
    ]


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_a_client_without_a_result_changes_nothing_but_its_own_count(seeds: list[int]) -> None:
    clients = of_seeds(seeds)
    told, more = tell(clients), tell([*clients, client(len(clients) + 1, None)])
    assert more.banks == told.banks
    assert (more.clients, len(more.without)) == (told.clients + 1, len(told.without) + 1)


def test_results_of_another_bank_stand_apart_and_the_greater_bank_comes_first() -> None:
    clients = [*of_seeds([1, 2], OTHER), *of_seeds([3, 4, 5])]
    told = tell(clients)
    assert [(bank.bank, len(bank.clients)) for bank in told.banks] == [("evenkeel", 3), ("other", 2)]
    assert told.banks[0] == only_bank(tell(of_seeds([3, 4, 5])))


def test_editions_of_one_bank_are_put_together_in_the_words_of_the_newest() -> None:
    bank = only_bank(tell([*of_seeds([1, 2]), *of_seeds([3], NEWER)]))
    assert (bank.title, bank.editions, len(bank.clients)) == ("The same bank, newer", ("2027.1", EDITION.id), 3)
    assert _figures(bank)[1:4] == _figures(only_bank(tell(of_seeds([1, 2, 3]))))[1:4]


def test_nobody_at_all() -> None:
    told = tell([])
    assert (told.clients, told.with_results, told.banks, told.without) == (0, 0, (), ())


def test_what_a_result_gives_is_what_was_scored() -> None:
    answers = {question.id: ScoredAnswer(ScoredAnswerKind.LEVEL, 1) for question in EDITION.questions}
    answers["ACCESS-02"] = ScoredAnswer(ScoredAnswerKind.UNKNOWN)
    answers["ACCESS-01"] = ScoredAnswer(ScoredAnswerKind.NOT_APPLICABLE, reason="None.")
    outcome = score(EDITION, Run(Depth.FULL, frozenset()), answers, DAY)
    result = client_result(EDITION, outcome, finished_on=DAY, country="")
    assert (result.bank, result.edition, result.depth) == (EDITION.bank, EDITION.id, Depth.FULL)
    assert "ACCESS-01" not in result.questions
    assert (result.questions["ACCESS-02"].known, result.questions["ACCESS-02"].in_place) == (False, False)
    counted = [trace for domain in outcome.domains for trace in domain.traces if trace.counted]
    assert len(result.questions) == len(counted)
    assert sum(each.in_place for each in result.questions.values()) == outcome.counts.in_place  # type: ignore[union-attr]
    assert result.urgent_gaps == outcome.counts.urgent_gaps  # type: ignore[union-attr]
    assert result.open_duties == outcome.counts.open_duties  # type: ignore[union-attr]
    privacy = next(pillar for pillar in outcome.pillars if pillar.code == "privacy")
    assert privacy.low
    assert privacy.high
    assert result.pillars["privacy"] == LevelRange(privacy.low.figure, privacy.high.figure)
    assert result.first_step
    assert "{" not in result.first_step


def test_a_first_indication_has_no_level() -> None:
    outcome = score(EDITION, Run(Depth.QUICK, frozenset()), {}, DAY)
    unlabelled = replace(outcome, pillars=tuple(replace(each, first_indication=True) for each in outcome.pillars))
    result = client_result(EDITION, unlabelled, finished_on=DAY, country="")
    assert (result.pillars, result.domains) == ({}, {})
    assert all(spread.without == 1 for spread in only_bank(tell([client(1, result)])).pillars)


def test_a_result_without_a_plan_has_no_first_step() -> None:
    answers = {
        question.id: ScoredAnswer(ScoredAnswerKind.LEVEL, 4, has_evidence=True) for question in EDITION.questions
    }
    result = client_result(
        EDITION, score(EDITION, Run(Depth.FULL, frozenset()), answers, DAY), finished_on=DAY, country=""
    )
    assert result.first_step == ""
    assert only_bank(tell([client(1, result)])).questions == ()


@pytest.mark.parametrize(("days", "where"), [(-1, "overdue"), (0, "soon"), (90, "soon"), (91, "later"), (None, "none")])
def test_reviews_by_their_day(days: int | None, where: str) -> None:
    day = None if days is None else DAY + timedelta(days=days)
    reviews = tell([client(1, None, day)]).reviews
    assert {name: getattr(reviews, name) for name in ("overdue", "soon", "later", "none")} == {
        name: int(name == where) for name in ("overdue", "soon", "later", "none")
    }


def test_what_most_lack_comes_first() -> None:
    bank = only_bank(tell(some_clients(EDITION, 30)))
    below = [lack.below for lack in bank.questions]
    assert below == sorted(below, reverse=True)
    assert bank.questions[0].below > bank.questions[-1].below
    levels = {spread.code: spread.levels for spread in bank.pillars}
    labels = [
        each.result.pillars["security"].low
        for each in bank.clients
        if each.result and "security" in each.result.pillars
    ]
    assert levels["security"] == tuple(sum(figure.label == label for figure in labels) for label in range(5))
    assert all(isinstance(figure, Figure) for figure in labels)
