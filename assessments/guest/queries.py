"""Rows of quick checks as the pure values that the pages tell of, and which rows still count."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Organisation
from accounts.people_data.terms import kept_for
from assessments.bank.types import Edition
from assessments.editions.newest import newest_offered_or_none
from assessments.editions.stored import edition_of
from assessments.models import CheckLink, EditionRow, GuestCheck, SharedCheck
from assessments.presentation.quick_check.telling import CheckAnswers
from assessments.scope_facts import facts_from_json
from assessments.scoring.types import ScoredAnswer, ScoredAnswerKind

StoredAnswers = Mapping[str, Mapping[str, Any]]


def offered_check() -> tuple[EditionRow, Edition] | None:
    """The edition that a quick check starts on; None while the newest one that is offered has none."""
    row = newest_offered_or_none()
    edition = edition_of(row) if row else None
    return (row, edition) if row and edition and edition.quick_check else None


def running_checks(now: datetime) -> QuerySet[GuestCheck]:
    """Those whose time is not over yet. Others are as good as deleted, and soon are."""
    return GuestCheck.objects.filter(started_at__gt=now - kept_for("guest_checks"))


def live_links(today: date) -> QuerySet[CheckLink]:
    """Links that open: not revoked, not over, and their consultancy is not about to be deleted."""
    return CheckLink.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), revoked_at__isnull=True, consultancy__deletion_due_at=None
    ).select_related("consultancy")


def shared_with(consultancy: Organisation) -> QuerySet[SharedCheck]:
    """What guests shared with the consultancy, newest first, as long as it is kept."""
    return SharedCheck.objects.filter(consultancy=consultancy).select_related("edition", "link")


def answers_from_json(stored: StoredAnswers) -> dict[str, ScoredAnswer]:
    """From the value of `GuestCheck.answers`."""
    return {
        question: ScoredAnswer(ScoredAnswerKind(own["kind"]), own["level"], own["reason"])
        for question, own in stored.items()
    }


def answer_to_json(answer: ScoredAnswer) -> dict[str, Any]:
    """One value of `GuestCheck.answers`."""
    return {"kind": answer.kind.value, "level": answer.level, "reason": answer.reason}


def given_in(row: GuestCheck | SharedCheck) -> CheckAnswers:
    """Facts and answers as scoring takes them."""
    return CheckAnswers(facts_from_json(row.facts), answers_from_json(row.answers))
