"""How far the living plan is, as one line where a result is shown: the cards of a frozen result cannot say it."""

from typing import Any

from django import template
from django.db.models import Count, Q

from accounts.models import Organisation
from assessments.models import Action, ActionState
from assessments.wording.over_time.actions import plan_counts_text

register = template.Library()


@register.inclusion_tag("plan/_line.html")
def plan_line(organisation: Organisation) -> dict[str, Any]:
    """In one query. Nothing while nobody has taken anything on."""
    states = (ActionState.OPEN, ActionState.DOING, ActionState.DONE)
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in states}
    found = Action.objects.filter(organisation=organisation).aggregate(**counts)
    return {"organisation": organisation, "counts": plan_counts_text(*(found[state.value] for state in states))}
