"""The report queue, for administrators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import require_administrator
from accounts.requests import SignedInRequest
from reports.queue_figures.page import queue_page


@require_safe
@never_cache
def report_queue(request: SignedInRequest) -> HttpResponse:
    """How much waits, since when, and what failed."""
    require_administrator(request.user)
    return render(request, "reports/queue.html", {"page": queue_page(timezone.now())})
