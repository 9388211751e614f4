"""The audit trail as owners read it: only their own, newest first, in words, page by page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.audit import Actor, record
from accounts.models import AuditEvent, AuditKind, Organisation, Role, User
from accounts.requests import actor_of
from tests.factories import OrganisationFactory, member
from tests.pages import links, parse, tables

pytestmark = pytest.mark.django_db
CountQueries = Callable[..., Any]


@pytest.fixture
def by(owner: User) -> Actor:
    return Actor(owner, "192.0.2.7")


def rows(client: Client, organisation: Organisation, **query: str | int) -> list[list[str]]:
    found = tables(parse(client.get(reverse("audit_trail", args=[organisation.pk]), query)))
    return found[0] if found else []


def test_who_did_what_to_whom_from_where(signed_in: Client, bakery: Organisation, by: Actor) -> None:
    record(
        by=by,
        kind=AuditKind.ROLE_CHANGED,
        organisation=bakery,
        subject="bo@example.org",
        before="viewer",
        after="owner",
    )
    record(by=by, kind=AuditKind.REMOVED, organisation=bakery, subject="cy@example.org", before="editor")
    record(by=Actor(None), kind=AuditKind.INVITED, organisation=bakery, subject="<b>dee</b>", after="read")
    record(by=by, kind=AuditKind.INVITED, organisation=OrganisationFactory.create(), subject="foreign@example.org")
    assert [row[1:] for row in rows(signed_in, bakery)] == [
        ["The operator of this site", "Invited", "<b>dee</b> (Read only)", ""],
        ["amelie@example.org", "Removed", "cy@example.org (was Editor)", "192.0.2.7"],
        ["amelie@example.org", "Changed the role", "bo@example.org (Viewer, now Owner)", "192.0.2.7"],
    ]


def test_every_kind_of_event_has_its_words(signed_in: Client, bakery: Organisation, by: Actor) -> None:
    for kind in AuditKind:
        record(by=by, kind=kind, organisation=bakery, subject="x", report=7, format="csv")
    assert [row[2] for row in rows(signed_in, bakery)] == [str(kind.label) for kind in reversed(AuditKind)]


def test_one_kind_alone(signed_in: Client, bakery: Organisation, by: Actor) -> None:
    for kind in (AuditKind.LEFT, AuditKind.JOINED, AuditKind.LEFT):
        record(by=by, kind=kind, organisation=bakery, subject=kind)
    assert len(rows(signed_in, bakery, kind="left")) == 2
    assert rows(signed_in, bakery, kind="removed") == []
    assert len(rows(signed_in, bakery, kind="' OR 1=1")) == 3


def test_pages_of_fifty(signed_in: Client, bakery: Organisation, by: Actor) -> None:
    for number in range(51):
        record(by=by, kind=AuditKind.INVITED, organisation=bakery, subject=f"n{number}")
    first, second = rows(signed_in, bakery, kind="invited"), rows(signed_in, bakery, kind="invited", page=2)
    assert (len(first), first[0][3], [row[3] for row in second]) == (50, "n50", ["n0"])
    page = parse(signed_in.get(reverse("audit_trail", args=[bakery.pk]), {"kind": "invited"}))
    assert links(page)["Next page"] == "?kind=invited&page=2"
    assert len(rows(signed_in, bakery, page="x")) == 50


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER])
def test_owners_alone_read_it(client: Client, bakery: Organisation, role: Role) -> None:
    client.force_login(member(bakery, role))
    assert client.get(reverse("audit_trail", args=[bakery.pk])).status_code == 403


@pytest.mark.parametrize("number", [1, 3, 100])
def test_it_costs_the_same_whatever_its_length(
    signed_in: Client, bakery: Organisation, by: Actor, number: int, django_assert_num_queries: CountQueries
) -> None:
    for _ in range(number):
        record(by=by, kind=AuditKind.INVITED, organisation=bakery)
    with django_assert_num_queries(5):  # session, person, standing, count, events
        rows(signed_in, bakery)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "ip_address"),
    [
        (0, "", "127.0.0.1"),
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_ip_address_is_the_one_that_a_trusted_proxy_saw(
    rf: RequestFactory, owner: User, settings: Any, proxies: int, forwarded: str, ip_address: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", headers={"x-forwarded-for": forwarded} if forwarded else {})
    request.user = owner
    assert actor_of(request) == Actor(owner, ip_address)


def test_behind_a_socket_no_ip_address_is_known(rf: RequestFactory, owner: User) -> None:
    request = rf.get("/", REMOTE_ADDR="")
    request.user = owner
    event = record(by=actor_of(request), kind=AuditKind.LEFT)
    assert AuditEvent.objects.get(pk=event.pk).ip_address is None
