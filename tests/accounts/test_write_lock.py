"""On SQLite one writes at a time: an erasure searches before it takes the lock, and does not keep it for long.

tests/assessments/test_on_sqlite.py runs this file again on SQLite.
"""

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.audit import Actor
from accounts.database.deadlines import write_lock_for
from accounts.models import ErasureOrder, Role, User
from accounts.people_data import texts
from accounts.people_data.erasure_orders import LOCKED_SECONDS, carry_out_erasure, order_erasure
from accounts.tasks import ERASURE_SECONDS
from tests.factories import OrganisationFactory, member

pytestmark = pytest.mark.django_db
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def ordered() -> ErasureOrder:
    organisation = OrganisationFactory.create()
    member(organisation)
    person = member(organisation, Role.EDITOR)
    order_erasure(person=person, by=Actor(person), now=timezone.now())
    return ErasureOrder.objects.get(person=person)


def test_what_never_ends_ends_with_the_time() -> None:
    if connection.vendor != "sqlite":
        with write_lock_for(0):
            assert User.objects.count() == 0
        return
    with pytest.raises(OperationalError, match="interrupted"), write_lock_for(0), connection.cursor() as cursor:
        cursor.execute(ENDLESS)
    assert User.objects.count() == 0, "afterwards the connection is as before"


def test_the_search_comes_before_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction of an erasure has the lock from its beginning on, and nothing is searched in it."""
    order = ordered()
    open_before = len(connection.savepoint_ids)
    searched: list[bool] = []
    search = texts.rows_with

    def noted(own: texts.Texts, *, person: User) -> texts.Rows:
        searched.append(len(connection.savepoint_ids) == open_before)
        return search(own, person=person)

    monkeypatch.setattr("accounts.people_data.erasure.rows_with", noted)
    carry_out_erasure(order_id=order.pk, now=timezone.now())
    assert searched == [True]
    assert not ErasureOrder.objects.exists()


def test_an_erasure_that_takes_too_long_changes_nothing_and_still_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets others write meanwhile")
    order = ordered()
    monkeypatch.setattr("accounts.database.deadlines._INSTRUCTIONS", 1)
    monkeypatch.setattr("accounts.database.deadlines.time", Clock())
    with pytest.raises(OperationalError, match="interrupted"):
        carry_out_erasure(order_id=order.pk, now=timezone.now())
    order.refresh_from_db()
    assert (order.attempts, order.person.erased_at) == (1, None)


class Clock:
    """Each look at it finds it later than the erasure may take."""

    now = 0.0

    def monotonic(self) -> float:
        self.now += 2 * LOCKED_SECONDS
        return self.now


def test_nobody_waits_as_long_as_they_would_for_the_lock() -> None:
    """Whoever waits for SQLite's lock gives up after 20 seconds; see config/settings.py."""
    assert LOCKED_SECONDS < 20 < ERASURE_SECONDS
