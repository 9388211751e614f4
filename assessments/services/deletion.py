"""Deleting a finished assessment: whole, by an owner, and with a trace."""

from django.db import transaction

from accounts.audit import Actor, record
from accounts.models import AuditKind, Organisation
from accounts.people_data.deleting import deleting
from accounts.people_data.organisations import forget_files_in
from accounts.permissions import Capability
from accounts.services.locks import lock_organisation_for
from assessments.models import Assessment, ResultSummary
from assessments.results.comparison import later_result
from assessments.results.summaries import compare_again, point_out


@transaction.atomic
def delete_finished(*, assessment: Assessment, by: Actor) -> None:
    """With its answers, its result and its reports. Of the others, the newest takes its place in lists."""
    organisation = lock_organisation_for(assessment.organisation_id, by, Capability.MANAGE_ORGANISATION)
    delete_in_locked(organisation, assessment, by)


def delete_in_locked(organisation: Organisation, assessment: Assessment, by: Actor) -> None:
    """For whoever has locked the organisation and knows that it may be deleted; `by` nobody if its time is over."""
    forget_files_in(organisation, assessment.pk)
    finished = f"{assessment.finished_at:%Y-%m-%d}" if assessment.finished_at else ""
    later = later_result(assessment)
    with deleting(assessment.pk):
        assessment.delete()
    if later is not None:
        compare_again(later)
    _name_the_newest(organisation)
    why = {} if by.user else {"after": "time_over"}
    record(by=by, kind=AuditKind.ASSESSMENT_DELETED, organisation=organisation, subject=finished, **why)


def _name_the_newest(organisation: Organisation) -> None:
    """The row of the deleted one went with its summary."""
    summaries = ResultSummary.objects.filter(result__assessment__organisation=organisation)
    newest = summaries.select_related("result__assessment").defer("result__outcome", "result__answers")
    summary = newest.order_by("-result__finished_at").first()
    if summary is not None:
        point_out(summary)
