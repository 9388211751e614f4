"""Whom to look at first: every reason, in its order, at its edge."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.types import Depth
from reports.portfolio.told.attention import tell_attention, whole_months
from reports.portfolio.told.types import AttentionReason, ClientResult, PortfolioClient, ReasonValue
from tests.reports.told_portfolio.consultancies import DAY

CALM = ClientResult("bank", "1", DAY, Depth.FULL, {}, {}, {}, 0, 0, 0, (), "")
COUNTS = st.integers(0, 3)


def client(number: int, review_on: date | None = None, **result: Any) -> PortfolioClient:
    return PortfolioClient(number, f"Client {number}", review_on, replace(CALM, **result))


def reasons(one: PortfolioClient) -> list[tuple[AttentionReason, int]]:
    return [(value.reason, value.amount) for each in tell_attention([one], DAY) for value in each.reasons]


def test_a_calm_client_is_not_in_the_list() -> None:
    assert tell_attention([client(1), PortfolioClient(2, "New", None, None)], DAY) == ()


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"not_lawful_now": 2}, (AttentionReason.NOT_LAWFUL, 2)),
        ({"urgent_gaps": 1}, (AttentionReason.URGENT_GAPS, 1)),
        ({"starts": (DAY, DAY - timedelta(days=1))}, (AttentionReason.STARTED_SINCE, 2)),
        ({"starts": (DAY + timedelta(days=1), DAY + timedelta(days=90))}, (AttentionReason.STARTS_SOON, 2)),
        ({"finished_on": date(2025, 12, 1)}, (AttentionReason.OLD_RESULT, 12)),
    ],
)
def test_each_reason(result: dict[str, Any], expected: tuple[AttentionReason, int]) -> None:
    assert reasons(client(1, **result)) == [expected]


@pytest.mark.parametrize(
    "result",
    [{"starts": (DAY + timedelta(days=91),)}, {"finished_on": date(2025, 12, 2)}, {"open_duties": 5}],
)
def test_just_not_a_reason(result: dict[str, Any]) -> None:
    assert reasons(client(1, **result)) == []


def test_a_review_is_overdue_from_the_day_after() -> None:
    assert reasons(client(1, DAY)) == []
    assert reasons(client(1, DAY - timedelta(days=1))) == [(AttentionReason.REVIEW_OVERDUE, 1)]
    late = PortfolioClient(1, "No result", DAY - timedelta(days=9), None)
    assert tell_attention([late], DAY)[0].reasons == (ReasonValue(AttentionReason.REVIEW_OVERDUE, 9),)


def test_the_first_difference_decides_and_then_the_number() -> None:
    clients = [
        client(1, urgent_gaps=9),
        client(2, not_lawful_now=1),
        client(3, not_lawful_now=1, urgent_gaps=1),
        client(4, not_lawful_now=1, urgent_gaps=1),
        client(5, DAY - timedelta(days=400)),
    ]
    assert [each.client.number for each in tell_attention(clients, DAY)] == [3, 4, 2, 1, 5]


@given(st.lists(st.tuples(COUNTS, COUNTS), max_size=8))
@settings(max_examples=80, deadline=None)
def test_more_that_is_not_lawful_never_comes_later(counts: list[tuple[int, int]]) -> None:
    clients = [client(number, not_lawful_now=a, urgent_gaps=b) for number, (a, b) in enumerate(counts, start=1)]
    order = [each.client.result for each in tell_attention(clients, DAY)]
    keys = [(result.not_lawful_now, result.urgent_gaps) for result in order if result]
    assert keys == sorted(keys, reverse=True)
    assert len(keys) == sum(a > 0 or b > 0 for a, b in counts)


@pytest.mark.parametrize(
    ("since", "day", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 31), 2),
        (date(2025, 12, 1), date(2026, 12, 1), 12),
        (date(2025, 12, 2), date(2026, 12, 1), 11),
        (date(2027, 1, 1), date(2026, 12, 1), 0),
    ],
)
def test_months_are_whole_ones(since: date, day: date, months: int) -> None:
    assert whole_months(since, day) == months
