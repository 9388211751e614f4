"""How long what is stored about people is kept: the one table that the code, the settings and docs/data.md share."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DELETED = _("deleted")


@dataclass(frozen=True, slots=True)
class RetentionTerm:
    """`days` after `since` it is deleted, or what `then` says. `setting` is where an operator changes the days.

    Without days it is kept as long as the organisation. `shortest` is how few days an organisation may choose for
    itself; without it, it cannot choose.
    """

    code: str
    what: str | Promise
    since: str | Promise
    days: int | None
    why: str | Promise
    setting: str = ""
    then: str | Promise = DELETED
    shortest: int | None = None

    @property
    def kept(self) -> timedelta | None:
        """As this installation has it; None for as long as the organisation."""
        days = settings.RETENTION_DAYS.get(self.setting, self.days) if self.setting else self.days
        return None if days is None else timedelta(days=days)


RETENTION: tuple[RetentionTerm, ...] = (
    RetentionTerm(
        "unconfirmed_accounts",
        _("Accounts whose address was never confirmed, with the organisation they set up"),
        _("sign-up"),
        7,
        _("Somebody else may have typed the address."),
        "RETENTION_UNCONFIRMED_ACCOUNTS_DAYS",
    ),
    RetentionTerm(
        "sessions",
        _("Sessions, and what is known of their devices"),
        _("their end"),
        0,
        _("Nobody uses them any more."),
    ),
    RetentionTerm(
        "guest_checks",
        _("Quick checks of guests"),
        _("their start"),
        1,
        _("They are for one sitting; who wants more keeps them in an account."),
    ),
    RetentionTerm(
        "shared_checks",
        _("Quick checks that guests shared with a consultancy"),
        _("the day they were shared"),
        90,
        _("By then the consultancy has been in touch, or will not be."),
        "RETENTION_SHARED_CHECKS_DAYS",
    ),
    RetentionTerm("sign_in_links", _("One-time sign-in links"), _("their end"), 0, _("They open nothing any more.")),
    RetentionTerm(
        "sign_in_events",
        _("Where and when somebody signed in"),
        _("the event"),
        365,
        _("So that people notice a stranger, also months later."),
        "RETENTION_SIGN_IN_EVENTS_DAYS",
    ),
    RetentionTerm(
        "invitations",
        _("Invitations"),
        _("the last day they could be accepted"),
        90,
        _("Until then an owner can send them again."),
        "RETENTION_INVITATIONS_DAYS",
    ),
    RetentionTerm(
        "trail",
        _("Names, addresses and network addresses in the trail of an organisation and of the site"),
        _("the event"),
        730,
        _("Disputes about who had access come up within two years."),
        "RETENTION_TRAIL_DAYS",
        _("emptied; what happened and when stays"),
        shortest=180,
    ),
    RetentionTerm(
        "admin_log",
        _("What administrators did in the administration"),
        _("the event"),
        365,
        _("Mistakes of administrators are found within a year."),
        "RETENTION_ADMIN_LOG_DAYS",
    ),
    RetentionTerm(
        "operator_records",
        _("What administrators write down about backups, checks and exercises"),
        _("the day that it is about"),
        1095,
        _("It shows whether what is asked once a year or every other year was done."),
        "RETENTION_OPERATOR_RECORDS_DAYS",
    ),
    RetentionTerm(
        "downloads",
        _("Files with many reports or with all data, made to be downloaded"),
        _("the request"),
        7,
        _("Whoever asked has downloaded them by then, or asks again."),
        "RETENTION_DOWNLOADS_DAYS",
        shortest=1,
    ),
    RetentionTerm(
        "reports_in_advance",
        _("Reports made in advance that nobody has asked for"),
        _("the day of the result"),
        7,
        _("Whoever wants the report asks in the first days, or gets it made anew."),
        "RETENTION_REPORTS_IN_ADVANCE_DAYS",
    ),
    RetentionTerm(
        "share_links",
        _("Links by which reports were shared"),
        _("the day they end or are revoked"),
        90,
        _("So that owners can look up for a while who had one."),
        "RETENTION_SHARE_LINKS_DAYS",
    ),
    RetentionTerm(
        "results",
        _("Finished results, with the answers and reports that belong to them"),
        _("the day of the result"),
        None,
        _("A business compares itself with earlier years, and shows what it did."),
        "RETENTION_RESULTS_DAYS",
        _("deleted; the newest one not before owners were told 30 days earlier"),
        shortest=365,
    ),
    RetentionTerm(
        "reminders",
        _("Who was reminded of which date of a plan"),
        _("the date"),
        90,
        _("So that nobody is reminded of the same date twice."),
    ),
    RetentionTerm(
        "bank_snapshots",
        _("What a draft of the question bank was when somebody downloaded it; it says nothing about people"),
        _("the last download of the same content"),
        365,
        _("A file that comes back within a year can be compared with what it was made from."),
        "RETENTION_BANK_SNAPSHOTS_DAYS",
        _("deleted at the next download of a draft"),
    ),
    RetentionTerm(
        "deleted_organisations",
        _("Organisations that an owner deletes"),
        _("the request"),
        7,
        _("So that owners can undo it."),
    ),
    RetentionTerm(
        "former_clients",
        _("A consultancy’s notes about a former client, and the name in its list of them"),
        _("the end of the access"),
        365,
        _("Clients come back, often for the next yearly round."),
        "RETENTION_FORMER_CLIENTS_DAYS",
    ),
    RetentionTerm(
        "idle_organisations",
        _("Organisations that nobody has opened, with everything in them"),
        _("the last sign-in of somebody who may see it, owners being told 30 days before"),
        1095,
        _("Most assessments are repeated within three years."),
        "RETENTION_IDLE_ORGANISATIONS_DAYS",
    ),
    RetentionTerm(
        "idle_accounts",
        _("Accounts that belong to no organisation"),
        _("the last sign-in"),
        1095,
        _("They see nothing, and nobody misses them."),
        "RETENTION_IDLE_ACCOUNTS_DAYS",
    ),
)
NOTICE_BEFORE_DELETION = timedelta(days=30)
"""Owners are told so long before an idle organisation, or an organisation's newest result, is deleted."""
_BY_CODE = {term.code: term for term in RETENTION}


def kept_for(code: str) -> timedelta:
    """How long this installation keeps it; `code` is that of a RetentionTerm. LookupError if no time ends it."""
    kept = term_of(code).kept
    if kept is None:
        raise LookupError(f"{code} is kept as long as the organisation.")
    return kept


def term_of(code: str) -> RetentionTerm:
    """KeyError for a code that is not in the table."""
    return _BY_CODE[code]
