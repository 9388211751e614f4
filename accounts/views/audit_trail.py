from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import organisation_for
from accounts.audit import audit_trail_of
from accounts.models import AuditKind
from accounts.paging import list_page
from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from accounts.wording import audit_trail_lines


@require_safe
def audit_trail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The organisation's events for its owners, newest first; `?kind=` shows those of one kind."""
    organisation = organisation_for(request.user, pk, Capability.READ_TRAIL).organisation
    kind = request.GET.get("kind", "")
    events = audit_trail_of(organisation)
    if kind in AuditKind.values:
        events = events.filter(kind=kind)
    page = list_page(events, request.GET)
    context = {
        "organisation": organisation,
        "page": page,
        "lines": audit_trail_lines(page.rows),
        "kinds": AuditKind.choices,
        "kind": kind,
    }
    return render(request, "accounts/audit_trail.html", context)
