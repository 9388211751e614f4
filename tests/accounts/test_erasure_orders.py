"""Deleting an account is ordered at once and done by the scheduler: nothing is lost, and nothing is done twice."""

from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor
from accounts.models import AuditEvent, AuditKind, ErasureOrder, ErasureState, Membership, Organisation, Role, User
from accounts.people_data import erasure, erasure_orders
from accounts.people_data.erasure import SoleOwner
from accounts.people_data.erasure_orders import (
    ERASURE_TASK,
    MANY_ATTEMPTS,
    SLOWLY_AGAIN_AFTER,
    TRIED_AGAIN_AFTER,
    carry_out_erasure,
    erasures_that_fail,
    order_erasure,
    sweep_erasures,
)
from accounts.services.administrators import LastAdministrator
from accounts.services.people import LastOwner, leave_organisation_as
from accounts.tasks import erase_ordered_person, notify_due_erasures
from tests.accounts.canaries import found
from tests.accounts.confirming import confirm_lately
from tests.accounts.erasing import carry_out_orders
from tests.accounts.test_sign_in import sign_in
from tests.factories import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Ann Quartz-Lee", "ann.quartz@example.org"


@pytest.fixture
def organisation(db: None) -> Organisation:
    return OrganisationFactory.create(name="Bakery")


@pytest.fixture
def person(organisation: Organisation) -> User:
    member(organisation)
    return member(organisation, Role.EDITOR, name=NAME, email=EMAIL)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[Any]]]:
    """What the broker was handed; it takes everything."""
    messages: list[tuple[str, list[Any]]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_more: messages.append((name, args)))
    return messages


def order(person: User, by: User | None = None) -> ErasureOrder:
    order_erasure(person=person, by=Actor(by or person, "192.0.2.7"), now=timezone.now())
    return ErasureOrder.objects.get(person=person)


def test_from_the_order_on_nobody_is_signed_in_or_signs_in(person: User) -> None:
    here = Client()
    sign_in(here, EMAIL)
    assert here.get(reverse("settings")).status_code == 200
    order(person)
    assert here.get(reverse("settings")).status_code == 302
    assert not sign_in(Client(), EMAIL).wsgi_request.user.is_authenticated
    assert User.objects.get(pk=person.pk).erased_at is None, "that is the scheduler's part"


def test_the_message_is_sent_after_the_commit_with_the_key_alone(
    person: User, sent: list[tuple[str, list[Any]]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        ordered = order(person)
        assert sent == []
    for callback in callbacks:
        callback()
    assert sent == [(ERASURE_TASK, [ordered.pk])]
    assert ErasureOrder.objects.get().notified_at
    sweep_erasures(now=timezone.now())
    assert len(sent) == 1, "it was told just now"


def test_the_task_erases_and_the_order_is_gone_with_it(person: User) -> None:
    ordered = order(person)
    erase_ordered_person(ordered.pk)
    assert User.objects.get(pk=person.pk).erased_at
    assert not ErasureOrder.objects.exists()
    assert found(NAME, EMAIL, "192.0.2.7") == []


def test_a_message_that_comes_twice_or_too_late_does_nothing(person: User) -> None:
    ordered = order(person)
    erase_ordered_person(ordered.pk)
    before = User.objects.values().get(pk=person.pk)
    erase_ordered_person(ordered.pk)
    assert User.objects.values().get(pk=person.pk) == before
    assert AuditEvent.objects.filter(kind=AuditKind.PERSON_ERASED, organisation=None).count() == 1


def test_ordering_twice_is_one_order(person: User) -> None:
    first = order(person)
    order(person, by=UserFactory.create(is_staff=True, is_superuser=True))
    assert ErasureOrder.objects.get() == first
    assert ErasureOrder.objects.get().ordered_by == person


def test_a_lost_message_or_a_broker_that_is_away_costs_a_minute(
    person: User, sent: list[tuple[str, list[Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered = order(person)
    with monkeypatch.context() as away:
        away.setattr(current_app, "send_task", refuse)
        assert sweep_erasures(now=timezone.now()) == 0
        assert ErasureOrder.objects.get().notified_at is None
    notify_due_erasures()
    assert sent == [(ERASURE_TASK, [ordered.pk])]
    sweep_erasures(now=timezone.now() + TRIED_AGAIN_AFTER)
    assert len(sent) == 2


def refuse(*_args: object, **_more: object) -> None:
    raise OSError("no broker")


def test_a_worker_that_dies_in_between_leaves_everything_as_it_was(
    person: User, sent: list[tuple[str, list[Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered = order(person)
    with monkeypatch.context() as dying:
        dying.setattr(erasure, "_leave_a_nameless_row", refuse)
        with pytest.raises(OSError, match="no broker"):
            erase_ordered_person(ordered.pk)
    left = User.objects.get(pk=person.pk)
    assert (left.name, left.email, left.memberships.count()) == (NAME, EMAIL, 1)
    assert ErasureOrder.objects.get().attempts == 1
    assert sweep_erasures(now=timezone.now()) == 1
    erase_ordered_person(ordered.pk)
    assert found(NAME, EMAIL) == []


def test_what_keeps_failing_is_tried_every_hour_and_shown(person: User, sent: list[tuple[str, list[Any]]]) -> None:
    ordered, now = order(person), timezone.now()
    assert not erasures_that_fail().exists()
    ErasureOrder.objects.update(attempts=MANY_ATTEMPTS, notified_at=now)
    assert list(erasures_that_fail()) == [ordered]
    assert sweep_erasures(now=now + SLOWLY_AGAIN_AFTER - timedelta(seconds=1)) == 0
    assert sweep_erasures(now=now + SLOWLY_AGAIN_AFTER) == 1


def test_the_only_owner_and_the_last_administrator_cannot_even_order_it(organisation: Organisation) -> None:
    with pytest.raises(SoleOwner):
        order(member(organisation))
    with pytest.raises(LastAdministrator):
        order(UserFactory.create(is_staff=True, is_superuser=True))
    assert not ErasureOrder.objects.exists()
    assert not User.objects.filter(is_active=False).exists()


def test_two_owners_who_both_delete_their_accounts_leave_one(organisation: Organisation) -> None:
    first, second = member(organisation), member(organisation)
    order(first)
    with pytest.raises(SoleOwner):
        order(second)
    with pytest.raises(LastOwner):
        leave_organisation_as(organisation=organisation, by=Actor(second))
    carry_out_orders()
    assert [each.user for each in organisation.memberships.all()] == [second]


def test_it_is_refused_if_nobody_else_owns_the_organisation_by_then(organisation: Organisation) -> None:
    first, second = member(organisation), member(organisation)
    administrator = UserFactory.create(is_staff=True, is_superuser=True)
    order(first)
    User.objects.filter(pk=second.pk).update(is_active=False)
    carry_out_orders()
    first.refresh_from_db()
    assert (first.erased_at, first.is_active) == (None, True), "the organisation can be handed over"
    client = Client()
    client.force_login(administrator)
    page = client.get(reverse("admin:accounts_erasureorder_changelist")).text
    assert "Nobody else owns one of their organisations." in page
    assert "192.0.2.7" not in page
    User.objects.filter(pk=second.pk).update(is_active=True)
    confirm_lately(client, administrator)
    client.post(reverse("admin:accounts_user_delete", args=[first.pk]), {"post": "yes"})
    assert ErasureOrder.objects.get().state == ErasureState.WAITING
    carry_out_orders()
    assert User.objects.get(pk=first.pk).erased_at


def test_an_administrator_drops_an_order_that_was_refused_and_no_other(organisation: Organisation) -> None:
    first, second = member(organisation), member(organisation)
    ordered = order(first)
    client, administrator = Client(), UserFactory.create(is_staff=True, is_superuser=True)
    client.force_login(administrator)
    address = reverse("admin:accounts_erasureorder_delete", args=[ordered.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    User.objects.filter(pk=second.pk).update(is_active=False)
    carry_out_orders()
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not ErasureOrder.objects.exists()
    assert User.objects.get(pk=first.pk).is_active


def test_it_is_refused_if_nobody_else_administers_the_site_by_then() -> None:
    first, second = (UserFactory.create(is_staff=True, is_superuser=True) for _each in range(2))
    ordered = order(first)
    # As nobody can do it on a page: let back in, and the other one suspended.
    User.objects.filter(pk=first.pk).update(is_active=True)
    User.objects.filter(pk=second.pk).update(is_active=False)
    carry_out_orders()
    ordered.refresh_from_db()
    assert (ordered.state, ordered.refusal) == (ErasureState.REFUSED, "last_administrator")
    assert carry_out_orders() == 1
    assert User.objects.get(pk=first.pk).erased_at is None, "refused is refused"


def test_somebody_who_was_suspended_before_stays_so_after_a_refusal(organisation: Organisation) -> None:
    person, other = member(organisation), member(organisation)
    User.objects.filter(pk=person.pk).update(is_active=False)
    order(person, by=UserFactory.create(is_staff=True, is_superuser=True))
    Membership.objects.filter(user=other).delete()
    carry_out_orders()
    assert ErasureOrder.objects.get().state == ErasureState.REFUSED
    assert not User.objects.get(pk=person.pk).is_active


def test_the_trail_names_the_administrator_who_ordered_it(person: User) -> None:
    administrator = UserFactory.create(is_staff=True, is_superuser=True)
    order(person, by=administrator)
    carry_out_orders()
    event = AuditEvent.objects.get(kind=AuditKind.PERSON_ERASED, organisation=None)
    assert (event.actor_email, event.ip_address) == (administrator.email, "192.0.2.7")


def test_an_administrator_who_is_erased_first_is_not_named_any_more(person: User) -> None:
    administrator = UserFactory.create(is_staff=True, is_superuser=True)
    UserFactory.create(is_staff=True, is_superuser=True)
    waits = order(person, by=administrator)
    carry_out_erasure(order_id=order(administrator).pk, now=timezone.now())
    carry_out_erasure(order_id=waits.pk, now=timezone.now())
    assert found(administrator.email, "192.0.2.7") == []


def test_somebody_who_was_suspended_meanwhile_orders_nothing(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        order(person)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done"},
        {"state": ErasureState.REFUSED, "attempts": 1},
        {"refusal": "sole_owner"},
        {"state": ErasureState.REFUSED, "refusal": "sole_owner", "attempts": 0},
        {"state": ErasureState.REFUSED, "refusal": "no_time", "attempts": 1},
    ],
)
def test_the_database_takes_no_other_state(person: User, wrong: dict[str, Any]) -> None:
    order(person)
    with pytest.raises(IntegrityError, match="erasure_order_"), transaction.atomic():
        ErasureOrder.objects.update(**wrong)


def test_the_page_says_what_happens_and_names_nobody(client: Client) -> None:
    page = client.get(reverse("account_being_deleted")).text
    assert "It takes minutes" in page


def test_it_goes_to_the_queue_of_the_scheduler() -> None:
    routed = current_app.amqp.router.route({}, ERASURE_TASK)
    assert routed["queue"].name == "retention"
    assert TRIED_AGAIN_AFTER.total_seconds() < erasure_orders.EXPIRES_SECONDS
