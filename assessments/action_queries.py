"""Reads of the living plan: queryset out, for every room that shows something of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Min, QuerySet

from accounts.models import Organisation
from assessments.models import LIVE_STATES, Action, ActionEvent, ActionState


@dataclass(frozen=True, slots=True)
class PlanDates:
    """How many actions of an organisation wait, and the first of their dates."""

    live: int
    first_due: date | None


def live_actions(organisation: Organisation) -> QuerySet[Action]:
    """What waits for somebody: by date, then what was taken on first, with the people named."""
    rows = Action.objects.filter(organisation=organisation, state__in=LIVE_STATES).select_related("assignee")
    return rows.order_by(F("due").asc(nulls_last=True), "created_at", "pk")


def finished_actions(organisation: Organisation, state: ActionState) -> QuerySet[Action]:
    """Done or dropped ones, newest first."""
    rows = Action.objects.filter(organisation=organisation, state=state).select_related("assignee")
    return rows.order_by("-finished_at", "pk")


def events_of_plan(organisation: Organisation) -> QuerySet[ActionEvent]:
    """What happened to any action of the organisation, newest first."""
    return ActionEvent.objects.filter(action__organisation=organisation).select_related("by", "action")


def plan_dates(organisations: Iterable[UUID]) -> dict[UUID, PlanDates]:
    """Of those that have something to do, in one query."""
    rows = Action.objects.filter(organisation__in=list(organisations), state__in=LIVE_STATES).order_by()
    found = rows.values_list("organisation").annotate(live=Count("pk"), first_due=Min("due"))
    return {organisation: PlanDates(live, first_due) for organisation, live, first_due in found}
