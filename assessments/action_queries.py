"""Reads of the living plan: queryset out, for every room that shows something of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from accounts.models import Organisation
from assessments.models import LIVE_STATES, Action, ActionEvent, ActionState


@dataclass(frozen=True, slots=True)
class PlanDates:
    """How many actions of an organisation wait, and the first of their dates."""

    live: int
    first_due: date | None


def live_actions(organisation: Organisation) -> QuerySet[Action]:
    """What waits for somebody: by date, then what was taken on first, with the people named."""
    return _by_date(Action.objects.filter(organisation=organisation, state__in=LIVE_STATES))


def finished_actions(organisation: Organisation, state: ActionState) -> QuerySet[Action]:
    """Done or dropped ones, newest first."""
    rows = Action.objects.filter(organisation=organisation, state=state).select_related("assignee")
    return rows.order_by("-finished_at", "pk")


def live_or_settled(organisation: Organisation, since: datetime | None) -> QuerySet[Action]:
    """`live_actions`, and the steps that are dropped or were done after `since`, the moment of the newest result.

    What was done before it and is in its plan all the same may be done again.
    """
    live, settled = Q(state__in=LIVE_STATES), Q(finished_at__isnull=False) & ~Q(question="")
    wanted = live if since is None else live | (settled & ~Q(state=ActionState.DONE, finished_at__lt=since))
    return _by_date(Action.objects.filter(wanted, organisation=organisation))


def events_of_plan(organisation: Organisation) -> QuerySet[ActionEvent]:
    """What happened to any action of the organisation, newest first."""
    return ActionEvent.objects.filter(action__organisation=organisation).select_related("by", "action")


def plan_dates(organisations: Iterable[UUID]) -> dict[UUID, PlanDates]:
    """Of those that have something to do, in one query."""
    rows = Action.objects.filter(organisation__in=list(organisations), state__in=LIVE_STATES).order_by()
    found = rows.values_list("organisation").annotate(live=Count("pk"), first_due=Min("due"))
    return {organisation: PlanDates(live, first_due) for organisation, live, first_due in found}


def _by_date(rows: QuerySet[Action]) -> QuerySet[Action]:
    return rows.select_related("assignee").order_by(F("due").asc(nulls_last=True), "created_at", "pk")
