"""What Evenkeel asks, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import is_administrator
from assessments.pages.coverage import coverage_html


@login_not_required
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Checklist item -> questions -> citations. How each citation was checked is for administrators.

    `?business=lyon_bakery` adds what a sample business is asked.
    """
    content = coverage_html(request.GET.get("business", ""), shows_checks=is_administrator(request.user))
    return render(request, "assessments/coverage.html", {"content": content})
