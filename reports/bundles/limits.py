"""How many files with many reports there may be: each subset of the clients is another, and may have a hundred MB."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused
from accounts.models import Organisation, User
from reports import storage
from reports.models import Bundle, ReportState

MOST_OF_A_PERSON_IN_A_DAY = 20
MOST_OF_A_CONSULTANCY_IN_A_DAY = 50
MOST_KEPT_BYTES = 1_000_000_000
"""Of one consultancy: beyond them the oldest files go, before their days are over."""
DAY = timedelta(days=1)


class TooManyBundles(ChangeRefused):
    """The person, or the consultancy, has had as many today as are made in a day."""


def refuse_more_bundles(*, consultancy: Organisation, by: User, now: datetime) -> None:
    """Before one more; the caller holds the lock on the person. Raises TooManyBundles.

    Colleagues do not wait for each other: at the same moment each may get one more for their consultancy.
    """
    today = Bundle.objects.filter(requested_at__gt=now - DAY)
    if today.filter(requested_by=by).count() >= MOST_OF_A_PERSON_IN_A_DAY:
        raise TooManyBundles(
            _(
                "You have asked for %(most)d files with several reports within a day. Those you have can be downloaded "
                "again; ask for another one tomorrow, or open the reports one by one."
            )
            % {"most": MOST_OF_A_PERSON_IN_A_DAY}
        )
    if today.filter(consultancy=consultancy).count() >= MOST_OF_A_CONSULTANCY_IN_A_DAY:
        raise TooManyBundles(
            _(
                "%(most)d files with several reports were made for this consultancy within a day. Those that are "
                "there can be downloaded again; ask for another one tomorrow, or open the reports one by one."
            )
            % {"most": MOST_OF_A_CONSULTANCY_IN_A_DAY}
        )


def delete_bundles_beyond_room(*, consultancy: Organisation) -> int:
    """Delete the oldest files of the consultancy that are too much together; never the newest. Returns how many.

    Files first: a row without a file is found again.
    """
    used, deleted = 0, 0
    ready = Bundle.objects.filter(consultancy=consultancy, state=ReportState.READY).order_by("-ready_at", "-pk")
    for place, bundle in enumerate(ready):
        used += bundle.size or 0
        if place and used > MOST_KEPT_BYTES:
            storage.delete_file(bundle.file)
            bundle.delete()
            deleted += 1
    return deleted
