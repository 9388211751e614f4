"""Queueing reports that nobody has asked for, handing them to workers one by one, deleting those never used."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from accounts.branding.brands import brand_at
from accounts.people_data.terms import kept_for
from assessments.models import Result
from reports.formats.registry import PDF
from reports.in_advance.queries import made_in_advance, makeable_in_advance, notified_lately, unmade
from reports.kinds.registry import OWNER
from reports.models import Report
from reports.queries import due_for_notification
from reports.queue import lifecycle
from reports.queue.notifications import notify_worker
from reports.services import report_form
from reports.taken_on import digest_of, taken_on_now

DAY = timedelta(days=1)
MOST_OF_AN_ORGANISATION_IN_A_DAY = 20
"""Whoever submits more often waits for each further report as anybody does."""
MOST_UNMADE = 500
"""With so many in the queue, no further one: workers have enough to do without."""


def queue_owners_report(result: Result) -> None:
    """The report that whoever has just submitted will most likely ask for, in the language they use."""
    if settings.REPORTS_IN_ADVANCE:
        queue_in_advance(result=result, language=get_language() or settings.LANGUAGE_CODE, now=timezone.now())


def queue_in_advance(*, result: Result, language: str, now: datetime) -> Report | None:
    """The owner's report as a PDF, in the form that `finished_by` would get; None if there are too many in advance.

    No worker is notified: the sweeper does that, so nobody waits for the broker. A report that is there stays as it is.
    """
    organisation = result.assessment.organisation
    lately = made_in_advance().filter(result__assessment__organisation=organisation, requested_at__gt=now - DAY)
    if lately.count() >= MOST_OF_AN_ORGANISATION_IN_A_DAY or unmade().count() >= MOST_UNMADE:
        return None
    taken = taken_on_now(organisation.pk)
    brand = brand_at(organisation, result.finished_by)
    report, _created = Report.objects.get_or_create(
        result=result,
        **report_form(language, brand, OWNER, PDF, digest_of(taken)),
        # Nobody can have written about a result that is this new.
        words_digest="",
        defaults={"taken_on": taken, "requested_by": None, "requested_at": now},
    )
    return report


def notify_next_in_advance(*, now: datetime) -> bool:
    """Tell a worker of the one queued first, unless somebody waits for a file or one is on its way. Whether it did."""
    if not settings.REPORTS_IN_ADVANCE or notified_lately(now).exists():
        return False
    rows = Report.objects.filter(makeable_in_advance(now))
    due = due_for_notification(rows, now).order_by("lost_leases", "requested_at", "pk")
    first = due.values_list("pk", flat=True).first()
    return first is not None and bool(lifecycle.notify_of(rows=rows, pk=first, notify=notify_worker, now=now))


def delete_unused_reports(now: datetime) -> None:
    """Those that nobody asked for in time. Their files belong to no row then, and go within two hours."""
    made_in_advance().filter(requested_at__lt=now - kept_for("reports_in_advance")).delete()
