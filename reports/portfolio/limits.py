"""How many portfolios there may be: each subset of the clients is another file."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused
from accounts.models import Organisation, User
from reports.models import PortfolioFile

MOST_CLIENTS = 1_000
MOST_PORTFOLIOS_OF_A_PERSON = 20
MOST_PORTFOLIOS_OF_A_CONSULTANCY = 50
DAY = timedelta(days=1)


class TooManyPortfolios(ChangeRefused):
    """The person, or the consultancy, has had as many today as are made in a day."""


class TooManyClients(ChangeRefused):
    """One file is about so many clients at most."""

    def __init__(self) -> None:
        super().__init__(
            _("A portfolio is about %(most)d clients at most. Choose fewer of them in your list.")
            % {"most": MOST_CLIENTS}
        )


def refuse_more_portfolios(*, consultancy: Organisation, by: User, now: datetime) -> None:
    """Before one more; the caller holds the lock on the person. Raises TooManyPortfolios."""
    today = PortfolioFile.objects.filter(requested_at__gt=now - DAY)
    if today.filter(requested_by=by).count() >= MOST_PORTFOLIOS_OF_A_PERSON:
        raise TooManyPortfolios(
            _(
                "You have asked for %(most)d portfolios within a day. Those you have can be downloaded again; ask for "
                "another one tomorrow."
            )
            % {"most": MOST_PORTFOLIOS_OF_A_PERSON}
        )
    if today.filter(consultancy=consultancy).count() >= MOST_PORTFOLIOS_OF_A_CONSULTANCY:
        raise TooManyPortfolios(
            _(
                "%(most)d portfolios were made for this consultancy within a day. Those that are there can be "
                "downloaded again; ask for another one tomorrow."
            )
            % {"most": MOST_PORTFOLIOS_OF_A_CONSULTANCY}
        )
