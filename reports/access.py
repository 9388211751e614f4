"""From a key in a URL to a report this person may see. Foreign is 404 like missing; own but not allowed is 403.

A report made in advance is missing until somebody asks for it.
"""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404

from accounts.access import require
from accounts.permissions import Capability
from accounts.queries import Person, standing_on, with_standing
from assessments.access import assessment_result
from assessments.models import Result
from reports.models import Report
from reports.queries import ASKED

OWNER = "result__assessment__organisation"
UNREAD_DATA = ("result__outcome", "result__answers", "words")


def report_read(person: Person, pk: UUID, *, with_data: bool = False) -> Report:
    """Its state and its file: for those who may download it. `with_data`: with what its result holds."""
    return _report(person, pk, Capability.DOWNLOAD_REPORT, () if with_data else UNREAD_DATA)


def report_ask(person: Person, pk: UUID) -> Report:
    """To have it generated again: for those who may request one."""
    return _report(person, pk, Capability.REQUEST_REPORT)


def result_for_report(person: Person, pk: UUID) -> Result:
    """The frozen result of the assessment with this key; 404 while there is none."""
    return assessment_result(person, pk, Capability.REQUEST_REPORT)[1]


def report_of(result: Result, key: str) -> Report | None:
    """One of the result's own reports; None for any other key, and for one that is gone."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return Report.objects.filter(ASKED, pk=wanted, result=result).first()


def may_ask(report: Report) -> bool:
    return standing_on(report, report.result.assessment.organisation).can(Capability.REQUEST_REPORT)


def _report(person: Person, pk: UUID, capability: Capability, unread: Sequence[str] = UNREAD_DATA) -> Report:
    rows = Report.objects.filter(ASKED).select_related(OWNER).defer(*unread)
    report = with_standing(rows, person, f"{OWNER}_id").filter(pk=pk).first()
    if report is None:
        raise Http404
    require(standing_on(report, report.result.assessment.organisation), capability)
    return report
