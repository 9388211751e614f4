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
from reports.site_status.lines import LineState, StatusFacts, StatusLine, status_lines


@require_safe
@never_cache
def site_status(request: SignedInRequest) -> HttpResponse:
    """What works and what does not, with what to do; counts and times alone."""
    require_administrator(request.user)
    now = timezone.now()
    lines = status_lines(StatusFacts(now, failed_checks(), site_figures(now), disk_space()))
    return render(request, "reports/site_status.html", {"lines": lines, "says": _summed_up(lines), "now": now})


def _summed_up(lines: list[StatusLine]) -> str:
    good = sum(each.state is LineState.GOOD for each in lines)
    if good == len(lines):
        return _("Everything is in order.")
    says = _("%(good)d of %(all)d things are in order.") % {"good": good, "all": len(lines)}
    wanting = ngettext("One needs somebody.", "%(count)d need somebody.", len(lines) - good)
    return f"{says} {wanting % {'count': len(lines) - good}}"
