"""Results by the names that every page gives them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.models import Result
from assessments.results.run_names import run_names


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
    """In the same order; each with its assessment and edition at hand. One query for the names."""
    rows = list(results)
    names = run_names(row.assessment for row in rows)
    return [
        NamedResult(
            row,
            names[row.assessment_id],
            _("%(depth)s, edition %(edition)s")
            % {"depth": row.assessment.get_depth_display(), "edition": row.assessment.edition.code},
        )
        for row in rows
    ]
