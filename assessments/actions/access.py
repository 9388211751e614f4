"""From a key in a URL to an action of the organisation that the person may see."""

from uuid import UUID

from django.http import Http404

from accounts.queries import Standing
from assessments.models import Action


def action_in(standing: Standing, key: UUID) -> Action:
    """404 for any other organisation's, like a missing one."""
    action = Action.objects.filter(organisation=standing.organisation, pk=key).select_related("assignee").first()
    if action is None:
        raise Http404
    return action
