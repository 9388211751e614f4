"""How the site is, for administrators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import require_administrator
from accounts.requests import SignedInRequest
from reports.site_status.checks import disk_space, failed_checks
from reports.site_status.figures import site_figures
from reports.site_status.lines import LineState, StatusFacts, status_lines


@require_safe
@never_cache
def site_status(request: SignedInRequest) -> HttpResponse:
    """What works and what does not, with what to do; counts and times alone."""
    require_administrator(request.user)
    now = timezone.now()
    lines = status_lines(StatusFacts(now, failed_checks(), site_figures(now), disk_space()))
    wanting = sum(each.state is not LineState.GOOD for each in lines)
    says = ngettext("One thing needs somebody.", "%(count)d things need somebody.", wanting) % {"count": wanting}
    context = {"lines": lines, "says": says if wanting else _("Everything is in order."), "now": now}
    return render(request, "reports/site_status.html", context)
