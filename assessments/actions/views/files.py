"""The plan in files: for calendars and for spreadsheet programs."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import organisation_for
from accounts.audit import record
from accounts.models import AuditKind, Organisation
from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from accounts.sign_in.rate_limits import one_at_a_time
from assessments.action_queries import finished_actions, live_actions
from assessments.actions.calendar import calendar_of
from assessments.actions.export import plan_table
from assessments.actions.pages.lines import ActionLine, action_line
from assessments.actions.views.plan import today_of
from assessments.formatting.spreadsheets import CSV, XLSX, as_csv, xlsx_sheet
from assessments.models import ActionState
from assessments.results.newest_plan import newer_levels, newest_plan
from assessments.results.plan_actions import sort_actions

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@never_cache
@one_at_a_time
def plan_calendar(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What still applies and has a date."""
    organisation = organisation_for(request.user, pk, Capability.VIEW_ASSESSMENTS).organisation
    lines = (line for line in _live_lines(request, organisation) if not line.why_out)
    content = calendar_of(organisation, lines, reverse("plan", args=[pk]))
    return _file(request, organisation, content, CALENDAR, "ics")


@require_safe
@never_cache
@one_at_a_time
def plan_export(request: SignedInRequest, pk: UUID, kind: str) -> HttpResponse:
    """Every action, also those that are done or dropped; `kind` is csv or xlsx."""
    organisation = organisation_for(request.user, pk, Capability.VIEW_ASSESSMENTS).organisation
    if kind not in ("csv", "xlsx"):
        raise Http404
    rows = plan_table(_lines(request, organisation))
    if kind == "csv":
        return _file(request, organisation, as_csv(rows).encode(), CSV, kind)
    return _file(request, organisation, xlsx_sheet(_("Plan"), rows, [60, 14, 20, 14, 40, 30, 30, 30, 30]), XLSX, kind)


def _live_lines(request: SignedInRequest, organisation: Organisation) -> Iterator[ActionLine]:
    plan, today = newest_plan(organisation), today_of(request.user)
    found = sort_actions(live_actions(organisation), plan, newer_levels(organisation, plan))
    yield from (action_line(action, plan, today) for action in found.applying)
    yield from (action_line(action, plan, today, why) for action, why in found.outside)


def _lines(request: SignedInRequest, organisation: Organisation) -> Iterator[ActionLine]:
    yield from _live_lines(request, organisation)
    today = today_of(request.user)
    for state in (ActionState.DONE, ActionState.DROPPED):
        # What has ended keeps the words it was taken on with, so no plan is looked at.
        yield from (action_line(action, None, today) for action in finished_actions(organisation, state))


def _file(
    request: SignedInRequest, organisation: Organisation, content: bytes, media_type: str, suffix: str
) -> HttpResponse:
    """What leaves the site is on record."""
    name = f"evenkeel-plan-{timezone.localdate():%Y-%m-%d}.{suffix}"
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if request.method == "GET":
        record(by=actor_of(request), kind=AuditKind.REPORT_DOWNLOADED, organisation=organisation, subject=name)
    return response
