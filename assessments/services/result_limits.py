"""How many results there may be: each keeps every answer with its texts for good, so that they could fill a disk."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused
from accounts.models import Organisation, User
from assessments.models import Result

MOST_IN_A_DAY = 12
MOST_OF_A_PERSON_IN_A_DAY = 100
MOST_EVER = 250


class TooManyResults(ChangeRefused):
    """The message says which limit is reached, and what to do."""


def refuse_too_many_results(*, organisation: Organisation, by: User, now: datetime) -> None:
    """Before one more is made. Raises TooManyResults; interim results count like any other."""
    today = Result.objects.filter(finished_at__gt=now - timedelta(days=1), finished_at__lte=now)
    own = Result.objects.filter(assessment__organisation=organisation)
    if today.filter(assessment__organisation=organisation).count() >= MOST_IN_A_DAY:
        raise TooManyResults(
            _("%(most)d results were made for this organisation within a day. Your answers are kept: finish tomorrow.")
            % {"most": MOST_IN_A_DAY}
        )
    if today.filter(finished_by=by).count() >= MOST_OF_A_PERSON_IN_A_DAY:
        raise TooManyResults(
            _("You have made %(most)d results within a day. The answers are kept: finish this one tomorrow.")
            % {"most": MOST_OF_A_PERSON_IN_A_DAY}
        )
    if own.count() >= MOST_EVER:
        raise TooManyResults(
            _("This organisation has %(most)d results. Delete an old one, then finish this assessment.")
            % {"most": MOST_EVER}
        )
