"""Results by names that tell them apart: the day, and the time where there are two of one day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.models import Result
from assessments.wording.phrases import date_text


@dataclass(frozen=True, slots=True)
class NamedResult:
    """`key` is that of its assessment, which its URLs have; `run` says depth and edition."""

    result: Result
    name: str
    run: str

    @property
    def key(self) -> UUID:
        return self.result.assessment_id


def named_results(results: Iterable[Result]) -> list[NamedResult]:
    """In the same order; each with its assessment and edition at hand."""
    rows = list(results)
    moments = {row.pk: timezone.localtime(row.finished_at) for row in rows}
    on_day = Counter(moment.date() for moment in moments.values())
    return [
        NamedResult(
            row,
            _name(row, several=on_day[moments[row.pk].date()] > 1),
            _("%(depth)s, edition %(edition)s")
            % {"depth": row.assessment.get_depth_display(), "edition": row.assessment.edition.code},
        )
        for row in rows
    ]


def _name(row: Result, *, several: bool) -> str:
    moment = timezone.localtime(row.finished_at)
    day = date_text(moment.date())
    return _("%(day)s, %(time)s") % {"day": day, "time": date_format(moment, "H:i")} if several else day
