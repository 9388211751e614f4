from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import organisation_for
from accounts.audit import audit_trail_of
from accounts.models import AuditKind
from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from accounts.wording import audit_trail_lines

EVENTS_PER_PAGE = 50


@require_safe
def audit_trail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    organisation = organisation_for(request.user, pk, Capability.READ_TRAIL).organisation
    kind = request.GET.get("kind", "")
    events = audit_trail_of(organisation)
    if kind in AuditKind.values:
        events = events.filter(kind=kind)
    page = Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "page": page,
        "lines": audit_trail_lines(page.object_list),
        "kinds": AuditKind.choices,
        "kind": kind,
    }
    return render(request, "accounts/audit_trail.html", context)
