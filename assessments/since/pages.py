"""The page about two results."""

from dataclasses import dataclass

from django.urls import reverse

from assessments.formatting.trend_charts import ChangeRow, change_rows
from assessments.results.comparison import told_since
from assessments.since.named_results import NamedResult
from assessments.wording.over_time.since import SinceWords, since_words


@dataclass(frozen=True, slots=True)
class SincePage:
    """`pillars` and `domains` are for the charts, in the order of the words."""

    before: NamedResult
    after: NamedResult
    before_url: str
    after_url: str
    words: SinceWords
    pillars: tuple[ChangeRow, ...]
    domains: tuple[ChangeRow, ...]


def since_page(before: NamedResult, after: NamedResult) -> SincePage:
    """The earlier result first."""
    told = told_since(before.result, after.result)
    return SincePage(
        before=before,
        after=after,
        before_url=reverse("result", args=[before.key]),
        after_url=reverse("result", args=[after.key]),
        words=since_words(told),
        pillars=change_rows(told.pillars),
        domains=change_rows(told.domains),
    )
