"""Figures about the site as a whole, each one query: they name nobody."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.models import LastRun, OperatorRecord, RecordKind, User
from accounts.people_data.terms import kept_for
from accounts.sign_in.mfa import with_mfa_state


@dataclass(frozen=True, slots=True)
class Share:
    """`have` of `all`."""

    have: int
    all: int


@dataclass(frozen=True, slots=True)
class RecordSpan:
    """The records of one kind that count."""

    newest: datetime
    oldest: datetime
    count: int


def second_step_share() -> Share:
    """Of the people who have rights of the site or see the data of clients, how many have a second step."""
    privileged = Q(is_staff=True) | Q(is_superuser=True) | Q(edits_bank=True) | Q(is_consultant=True)
    people = with_mfa_state(User.objects.filter(is_active=True).order_by()).filter(privileged)
    found = people.aggregate(all=Count("pk"), have=Count("pk", filter=Q(has_mfa=True)))
    return Share(found["have"], found["all"])


def unconfirmed_accounts(now: datetime) -> Share:
    """All that nobody has confirmed, and how many of them should have been deleted by now."""
    waiting = User.objects.filter(
        last_login=None, erased_at=None, is_active=True, emailaddress__verified=False
    ).exclude(Q(emailaddress__verified=True) | Q(is_staff=True) | Q(is_superuser=True) | Q(edits_bank=True))
    before = now - kept_for("unconfirmed_accounts")
    found = waiting.order_by().aggregate(
        all=Count("pk", distinct=True), have=Count("pk", distinct=True, filter=Q(date_joined__lt=before))
    )
    return Share(found["have"], found["all"])


def last_run(name: str) -> datetime | None:
    """When this scheduled work last ended well."""
    return LastRun.objects.filter(name=name).values_list("ended_at", flat=True).first()


def record_spans() -> dict[RecordKind, RecordSpan]:
    """By kind, without the withdrawn ones."""
    rows = OperatorRecord.objects.filter(withdrawn_at=None).order_by().values("kind")
    found = rows.annotate(newest=Max("happened_at"), oldest=Min("happened_at"), count=Count("pk"))
    return {RecordKind(row["kind"]): RecordSpan(row["newest"], row["oldest"], row["count"]) for row in found}


def newest_open_count() -> int | None:
    """Published weaknesses that the newest comparison found; None before the first."""
    rows = OperatorRecord.objects.filter(kind=RecordKind.AUDIT, withdrawn_at=None)
    return rows.values_list("open_count", flat=True).first()


def operator_records(most_of_each: int) -> QuerySet[OperatorRecord]:
    """The newest of each kind, withdrawn ones included, newest first, each with who wrote and who withdrew it."""
    newest = [F("happened_at").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by=F("kind"), order_by=newest)
    rows = OperatorRecord.objects.select_related("recorded_by", "withdrawn_by").annotate(place_of_its_kind=place)
    return rows.filter(place_of_its_kind__lte=most_of_each)
