"""Deletes what is no longer needed: nothing about people is kept longer than accounts/people_data/terms.py says."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import AuditEvent, ClientNotes, Engagement, Invitation, SignInEvent, SignInLink
from accounts.operations.records import delete_old_records, note_run
from accounts.people_data.idle import delete_idle_accounts, delete_idle_organisations, delete_unconfirmed_accounts
from accounts.people_data.organisations import delete_due_organisations
from accounts.people_data.own_terms import outlived
from accounts.people_data.terms import kept_for

JUST_BEGUN = timedelta(hours=1)
Deletes = Callable[[datetime], None]
_of_other_rooms: dict[str, Deletes] = {}
RETENTION_RUN = "retention"
"""The name of its LastRun."""


def delete_outlived(*, now: datetime) -> None:
    """Everything whose time in the table of retention is over, each kind in a transaction of its own at least."""
    for code, delete in DELETIONS.items():
        if delete is not None:
            with transaction.atomic():
                delete(now)
        elif code in _of_other_rooms:
            _of_other_rooms[code](now)
    note_run(name=RETENTION_RUN, now=now)


def deletes_outlived(code: str, delete: Deletes) -> None:
    """For rooms that this one does not know: what deletes the rows of a term in the hourly run, in transactions that
    are short enough for whoever waits.
    """
    _of_other_rooms[code] = delete


def _sessions(now: datetime) -> None:
    Session.objects.filter(expire_date__lt=now).delete()
    over = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    # A session that begins at this moment may not be stored yet.
    over.filter(created_at__lt=now - JUST_BEGUN).delete()


def _sign_in_links(now: datetime) -> None:
    SignInLink.objects.filter(expires_at__lt=now).delete()


def _sign_in_events(now: datetime) -> None:
    SignInEvent.objects.filter(at__lt=now - kept_for("sign_in_events")).delete()


def _invitations(now: datetime) -> None:
    Invitation.objects.filter(expires_at__lt=now - kept_for("invitations")).delete()


def _trail(now: datetime) -> None:
    over = outlived("trail", now, since="at", organisation="organisation")
    old = AuditEvent.objects.filter(over, pseudonymised_at=None)
    old.update(actor=None, actor_email="", subject="", details={}, ip_address=None, pseudonymised_at=now)


def _admin_log(now: datetime) -> None:
    LogEntry.objects.filter(action_time__lt=now - kept_for("admin_log")).delete()


def _deleted_organisations(now: datetime) -> None:
    delete_due_organisations(now=now)


def _former_clients(now: datetime) -> None:
    since = now - kept_for("former_clients")
    same = Engagement.objects.filter(consultancy=OuterRef("consultancy"), client=OuterRef("client"))
    ClientNotes.objects.filter(~Exists(same.filter(Q(ended_at=None) | Q(ended_at__gte=since)))).delete()
    Engagement.objects.filter(ended_at__lt=since).exclude(client_name="").update(client_name="")


DELETIONS: dict[str, Deletes | None] = {
    "unconfirmed_accounts": delete_unconfirmed_accounts,
    "sessions": _sessions,
    "sign_in_links": _sign_in_links,
    "sign_in_events": _sign_in_events,
    "invitations": _invitations,
    "admin_log": _admin_log,
    "operator_records": delete_old_records,
    # The worker that makes them deletes them: reports.delete_expired_files.
    "downloads": None,
    # The room that has them made deletes them: reports/in_advance/services.py.
    "reports_in_advance": None,
    # The room of the links deletes them: reports/share_links/services.py.
    "share_links": None,
    # assessments/services/outlived.py says how, of these and of the results.
    "guest_checks": None,
    "shared_checks": None,
    "reminders": None,
    # The export of a draft deletes them: assessments/editor/services/exports.py.
    "bank_snapshots": None,
    "results": None,
    "deleted_organisations": _deleted_organisations,
    "former_clients": _former_clients,
    "idle_organisations": delete_idle_organisations,
    "idle_accounts": delete_idle_accounts,
    # Last: what is deleted above is in the trail.
    "trail": _trail,
}
"""By the code of a RetentionTerm; None for what another room deletes."""
