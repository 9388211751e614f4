"""Two people publish, or one withdraws while another starts, at the same moment: whoever is second sees the first."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from accounts.models import User
from assessments.editions.newest import newest_offered
from assessments.editor.services.drafts import start_draft
from assessments.models import Assessment, DefaultBank, EditionRow
from tests.editor.changes import publish, retire
from tests.editor.offering import MANY, of, offer, published, withdraw
from tests.factories import UserFactory
from tests.faults.waiting import wait_until
from tests.published_bank import without_stored_bank
from tests.runs import NOW, started_run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@dataclass
class InTransaction:
    """Does something in a thread and commits when it is told to."""

    done: Event
    commit: Event
    result: "Future[object]"


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture
def editor(transactional_db: None) -> User:
    return UserFactory.create(edits_bank=True)


@pytest.fixture
def home(transactional_db: None) -> EditionRow:
    without_stored_bank()
    assert not DefaultBank.objects.exists()
    return published(of(*MANY, name="1.0"))


@pytest.fixture
def newer(home: EditionRow) -> EditionRow:
    return published(of(*MANY, "DATA-11", name="2.0"))


def begun(pool: ThreadPoolExecutor, do: Callable[[], object]) -> InTransaction:
    done, commit = Event(), Event()

    def run() -> object:
        try:
            with transaction.atomic():
                found = do()
                done.set()
                assert commit.wait(timeout=60)
                return found
        finally:
            connection.close()

    own = InTransaction(done, commit, pool.submit(run))
    assert done.wait(timeout=60), own.result.exception(timeout=1)
    return own


def in_thread(pool: ThreadPoolExecutor, do: Callable[[], object]) -> "Future[object]":
    def run() -> object:
        try:
            return do()
        finally:
            connection.close()

    return pool.submit(run)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_of_two_cuts_published_at_once_only_the_first_is_offered(
    pool: ThreadPoolExecutor, home: EditionRow, editor: User
) -> None:
    """Each leaves out three of ten, which is little against the edition before, and much against the other."""
    drafts = [start_draft(source=home, code=f"2.{number}", by=editor, now=NOW) for number in range(2)]
    for draft, gone in zip(drafts, (MANY[:3], MANY[7:]), strict=True):
        for each in gone:
            retire(draft, editor, each)
    barrier = Barrier(2)

    def publish_with_the_other(draft: EditionRow) -> EditionRow:
        barrier.wait(timeout=60)
        return publish(draft, editor)

    both = [in_thread(pool, lambda draft=draft: publish_with_the_other(draft)) for draft in drafts]  # type: ignore[misc]
    rows = [each.result(timeout=60) for each in both]
    offered = [row for row in rows if row.offered_at]  # type: ignore[attr-defined]
    assert offered == [newest_offered()]


def test_who_withdraws_waits_for_who_is_starting(
    pool: ThreadPoolExecutor, home: EditionRow, newer: EditionRow, editor: User
) -> None:
    starting = begun(pool, started_run)
    withdrawing = in_thread(pool, lambda: withdraw(newer, editor))
    wait_until(somebody_waits, 60, "a lock that somebody waits for")
    assert not withdrawing.done()
    starting.commit.set()
    run = starting.result.result(timeout=60)
    withdrawing.result(timeout=60)
    assert Assessment.objects.get().edition == newer
    assert run == Assessment.objects.get()
    assert started_run().edition == home


def test_who_starts_while_somebody_withdraws_gets_the_edition_before(
    pool: ThreadPoolExecutor, home: EditionRow, newer: EditionRow, editor: User
) -> None:
    withdrawing = begun(pool, lambda: withdraw(newer, editor))
    starting = in_thread(pool, started_run)
    wait_until(somebody_waits, 60, "a lock that somebody waits for")
    assert not starting.done()
    withdrawing.commit.set()
    withdrawing.result.result(timeout=60)
    starting.result(timeout=60)
    assert Assessment.objects.get().edition == home


def test_of_two_who_withdraw_at_once_one_is_refused(
    pool: ThreadPoolExecutor, home: EditionRow, newer: EditionRow, editor: User
) -> None:
    barrier = Barrier(2)

    def withdraw_with_the_other(row: EditionRow) -> EditionRow:
        barrier.wait(timeout=60)
        return withdraw(row, editor)

    both = [in_thread(pool, lambda row=row: withdraw_with_the_other(row)) for row in (home, newer)]  # type: ignore[misc]
    refused = [each.exception(timeout=60) for each in both]
    assert [type(each).__name__ for each in refused if each] == ["LastOffered"]
    offer(EditionRow.objects.get(offered_at=None), editor)
