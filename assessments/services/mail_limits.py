"""How often the work on one run may send a mail to one person: a click of somebody else sends it."""

from datetime import timedelta

from django.core.cache import cache

from accounts.models import User
from assessments.models import Assessment
from assessments.queries import ONE_MAIL_IN

MOST_IN_A_DAY = 8
DAY = timedelta(days=1)


def may_be_mailed(assessment: Assessment, person: User, about: str) -> bool:
    """Whether one more may go out now, and then counts it.

    Of what is `about` the same, one in ONE_MAIL_IN: it leads to the page where the next things stand, too.
    """
    key = f"mailed-{assessment.pk}-{person.pk}"
    if not cache.add(f"{key}-{about}", True, ONE_MAIL_IN.total_seconds()):
        return False
    # A key for each, which is free again after a day: a count would begin its time anew with each mail.
    return any(cache.add(f"{key}-{place}", True, DAY.total_seconds()) for place in range(MOST_IN_A_DAY))
