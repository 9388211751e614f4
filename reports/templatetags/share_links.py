from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils import timezone

from accounts.permissions import Capability
from accounts.queries import standing_on
from reports.models import Report
from reports.share_links.pages import report_links_page

register = template.Library()


@register.inclusion_tag("share_links/_box.html", takes_context=True)
def share_links_box(context: RequestContext, report: Report) -> dict[str, Any]:
    """On the page of a ready report, for who may share it: the newest links to it, and the way to a new one."""
    organisation = report.result.assessment.organisation
    standing = standing_on(report, organisation)
    if not (report.report_kind.shareable and standing.can(Capability.SHARE_REPORT)):
        return {"shown": False}
    links = report_links_page(report, context["request"].user, standing, QueryDict(), timezone.now())
    return {
        "shown": True,
        "report": report,
        "organisation": organisation,
        "links": links,
        "csrf_token": context["csrf_token"],
    }
