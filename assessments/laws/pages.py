"""What the pages about laws show."""

from dataclasses import dataclass
from datetime import date

from accounts.permissions import Capability
from accounts.queries import Standing
from assessments.bank.types import Edition
from assessments.editions.newest import newest_offered_or_none
from assessments.editions.stored import edition_of
from assessments.models import Assessment, EditionRow, EditionStatus
from assessments.pages.scope import ScopeSummary, newest_with_known_scope, scope_summary
from assessments.presentation.laws.upkeep import LawDates, law_dates


@dataclass(frozen=True, slots=True)
class LawsPage:
    """From the facts of `run`; `can_edit`: whether they can still be changed by whoever looks."""

    run: Assessment
    summary: ScopeSummary
    disclaimer: str
    can_edit: bool


@dataclass(frozen=True, slots=True)
class LawDatesPage:
    """What to look up again in `row`, one of `editions`: the newest published one and the drafts."""

    editions: tuple[EditionRow, ...]
    row: EditionRow
    edition: Edition
    found: LawDates


def laws_page(standing: Standing, day: date) -> LawsPage | None:
    """None until an assessment of the organisation knows the facts of the business."""
    run = newest_with_known_scope(standing.organisation)
    if run is None:
        return None
    edition = edition_of(run.edition)
    can_edit = standing.can(Capability.EDIT_SCOPE) and not run.is_finished
    return LawsPage(run, scope_summary(edition, run, day, can_edit=can_edit), edition.disclaimer, can_edit)


def law_dates_page_of(code: str, today: date) -> LawDatesPage | None:
    """Of the edition with this code, else of the newest published one; None while there is no edition at all."""
    drafts = EditionRow.objects.filter(status=EditionStatus.DRAFT).defer("frame").order_by("-drafted_at", "-pk")
    newest = newest_offered_or_none()
    rows = (*([newest] if newest else []), *drafts)
    if not rows:
        return None
    row = next((row for row in rows if row.code == code), rows[0])
    edition = edition_of(row)
    return LawDatesPage(rows, row, edition, law_dates(edition, today))
