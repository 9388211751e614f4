from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import organisation_manage
from accounts.queries import active_engagements_at, members_of
from accounts.requests import SignedInRequest


@require_safe
def people(request: SignedInRequest, pk: UUID) -> HttpResponse:
    standing = organisation_manage(request.user, pk)
    return render(
        request,
        "accounts/people.html",
        {
            "organisation": standing.organisation,
            "members": members_of(standing.organisation),
            "engagements": active_engagements_at(standing.organisation),
        },
    )
