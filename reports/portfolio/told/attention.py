"""Whom to look at first, and why."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from reports.portfolio.told.types import AttentionReason, ClientAttention, ClientResult, PortfolioClient, ReasonValue

OLD_AFTER_MONTHS = 12
SOON = timedelta(days=90)


def tell_attention(clients: Iterable[PortfolioClient], day: date) -> tuple[ClientAttention, ...]:
    """Those with a reason, all of them: first what is not lawful now, then gaps, then what is late.

    At the first reason in which two differ, the one with more of it comes first.
    """
    found = (ClientAttention(client, tuple(_reasons(client, day))) for client in clients)
    return tuple(sorted((each for each in found if each.reasons), key=_urgency))


def whole_months(since: date, day: date) -> int:
    """Completed ones; 0 if `day` comes first."""
    months = 12 * (day.year - since.year) + day.month - since.month - (day.day < since.day)
    return max(months, 0)


def _reasons(client: PortfolioClient, day: date) -> Iterator[ReasonValue]:
    late = (day - client.review_on).days if client.review_on else 0
    amounts = {
        **(_of_result(client.result, day) if client.result else {}),
        AttentionReason.REVIEW_OVERDUE: max(late, 0),
    }
    for reason in AttentionReason:
        if amount := amounts.get(reason, 0):
            yield ReasonValue(reason, amount)


def _of_result(result: ClientResult, day: date) -> dict[AttentionReason, int]:
    months = whole_months(result.finished_on, day)
    return {
        AttentionReason.NOT_LAWFUL: result.not_lawful_now,
        AttentionReason.URGENT_GAPS: result.urgent_gaps,
        AttentionReason.STARTED_SINCE: sum(start <= day for start in result.starts),
        AttentionReason.OLD_RESULT: months if months >= OLD_AFTER_MONTHS else 0,
        AttentionReason.STARTS_SOON: sum(day < start <= day + SOON for start in result.starts),
    }


def _urgency(attention: ClientAttention) -> tuple[tuple[int, ...], int]:
    amounts = {value.reason: value.amount for value in attention.reasons}
    return tuple(-amounts.get(reason, 0) for reason in AttentionReason), attention.client.number
