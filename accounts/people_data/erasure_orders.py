"""Deleting an account is ordered in the request and done by the scheduler: see docs/decisions/0016.

The row of the order is the truth; the message carries its key alone and may be lost.
"""

import logging
from datetime import datetime, timedelta
from functools import partial

from celery import current_app
from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.audit import Actor
from accounts.database.deadlines import write_lock_for
from accounts.models import ErasureOrder, ErasureRefusal, ErasureState, User
from accounts.people_data.erasure import SoleOwner, erase_locked, lock_to_erase, rows_about
from accounts.people_data.texts import Rows
from accounts.services.administrators import LastAdministrator
from accounts.sign_in.sessions import end_sessions

ERASURE_TASK = "accounts.erase_ordered_person"
TRIED_AGAIN_AFTER = timedelta(minutes=1)
SLOWLY_AGAIN_AFTER = timedelta(days=1)
"""Once it failed so often that somebody has to look at it."""
MANY_ATTEMPTS = 3
EXPIRES_SECONDS = 90
"""What waited longer behind an erasure that takes long is sent again when its time has come."""
LOCKED_SECONDS = 10.0
"""So long at most everybody else waits for an erasure where only one can write."""

logger = logging.getLogger(__name__)


@transaction.atomic
def order_erasure(*, person: User, by: Actor, now: datetime) -> None:
    """By the person or an administrator: sessions end and nobody signs in any more; the rest takes minutes.

    SoleOwner or LastAdministrator if nobody would be left. Nothing changes for somebody who is being erased already.
    """
    locked = lock_to_erase(person, by.user)
    if locked is None:
        return
    order = ErasureOrder.objects.filter(person=locked.person).first()
    if order is not None and order.state == ErasureState.WAITING:
        return
    order, _made = ErasureOrder.objects.update_or_create(
        person=locked.person,
        defaults={
            "ordered_by": by.user,
            "ip_address": by.ip_address,
            "ordered_at": now,
            "was_active": locked.person.is_active,
            "state": ErasureState.WAITING,
            "refusal": "",
            "attempts": 0,
            "notified_at": None,
        },
    )
    User.objects.filter(pk=locked.person.pk).update(is_active=False)
    end_sessions(locked.person)
    transaction.on_commit(partial(_notify, order.pk, now))


def carry_out_erasure(*, order_id: int, now: datetime) -> None:
    """What was ordered, whole or not at all. A message that comes twice or too late finds no order that waits.

    If nobody would be left by now, the order is refused: the person can sign in again and settle it.
    """
    waiting = ErasureOrder.objects.filter(pk=order_id, state=ErasureState.WAITING)
    if not waiting.update(attempts=F("attempts") + 1):
        return
    order = waiting.select_related("person", "ordered_by").first()
    if order is None:
        return
    try:
        _erase(order, now, rows_about(order.person, order.ordered_at))
    except SoleOwner:
        _refuse(order, ErasureRefusal.SOLE_OWNER)
    except LastAdministrator:
        _refuse(order, ErasureRefusal.LAST_ADMINISTRATOR)


def sweep_erasures(*, now: datetime) -> int:
    """Notify the queue of orders of which it was never told, or that are still not done. Returns how many."""
    due = list(_due(now).values_list("pk", flat=True))
    return sum(_notify(pk, now) for pk in due)


def erasures_that_fail() -> QuerySet[ErasureOrder]:
    """Those that somebody has to look at: tried often, or refused."""
    return ErasureOrder.objects.filter(Q(attempts__gte=MANY_ATTEMPTS) | Q(state=ErasureState.REFUSED))


@transaction.atomic
@write_lock_for(LOCKED_SECONDS)
def _erase(order: ErasureOrder, now: datetime, rows: Rows) -> None:
    locked = lock_to_erase(order.person, None)
    # Another worker may have done it, or refused it, while this one waited for the person's row.
    if locked is None or not ErasureOrder.objects.filter(pk=order.pk, state=ErasureState.WAITING).exists():
        return
    erase_locked(locked, by=Actor(order.ordered_by, order.ip_address), now=now, rows=rows)


@transaction.atomic
def _refuse(order: ErasureOrder, why: ErasureRefusal) -> None:
    waiting = ErasureOrder.objects.filter(pk=order.pk, state=ErasureState.WAITING)
    if waiting.update(state=ErasureState.REFUSED, refusal=why) and order.was_active:
        User.objects.filter(pk=order.person_id, erased_at=None).update(is_active=True)


def _due(now: datetime) -> QuerySet[ErasureOrder]:
    again = Q(attempts__lt=MANY_ATTEMPTS, notified_at__lte=now - TRIED_AGAIN_AFTER)
    slowly = Q(notified_at__lte=now - SLOWLY_AGAIN_AFTER)
    return ErasureOrder.objects.filter(Q(notified_at=None) | again | slowly, state=ErasureState.WAITING)


def _notify(order_id: int, now: datetime) -> bool:
    try:
        current_app.send_task(ERASURE_TASK, args=[order_id], retry=False, expires=EXPIRES_SECONDS)
    except Exception:  # a broker fails in many ways, and none may fail the request of the person who waits
        logger.warning("could not send the order %s to the queue; the sweeper will", order_id, exc_info=True)
        return False
    ErasureOrder.objects.filter(pk=order_id, state=ErasureState.WAITING).update(notified_at=now)
    return True
