"""What has changed between two results, and the trend over all of them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import organisation_for
from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from assessments.forms.errors import error_links
from assessments.results.comparison import results_of
from assessments.since.forms import PairForm
from assessments.since.named_results import named_results
from assessments.since.pages import since_page
from assessments.since.trends import trend_page

MOST_OFFERED = 100


@require_safe
def results_since(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Of the results in `?from=` and `?to=`; without them, of the newest and the one before."""
    organisation = organisation_for(request.user, pk, Capability.VIEW_ASSESSMENTS).organisation
    results = named_results(results_of(organisation.pk)[:MOST_OFFERED])
    if len(results) < 2:
        return render(request, "since/nothing_yet.html", {"organisation": organisation})
    form = PairForm(request.GET, results)
    page = since_page(*form.pair()) if form.is_valid() else None
    context = {"organisation": organisation, "form": form, "page": page, "errors": error_links(form)}
    return render(request, "since/results_since.html", context, status=200 if page else 422)


@require_safe
def results_trend(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Over all results, the newest 24 of them if there are more."""
    organisation = organisation_for(request.user, pk, Capability.VIEW_ASSESSMENTS).organisation
    page = trend_page(organisation.pk)
    if page is None:
        return render(request, "since/nothing_yet.html", {"organisation": organisation})
    return render(request, "since/results_trend.html", {"organisation": organisation, "page": page})
