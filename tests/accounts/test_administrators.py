"""Rights of the site: asked for again before they change, and never without an administrator who can act."""

import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.core.management import get_commands
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.audit import Actor
from accounts.errors import ChangeRefused
from accounts.models import AuditEvent, AuditKind, Membership, User
from accounts.people_data.erasure import erase_person
from accounts.services.administrators import LastAdministrator, administrators
from tests.accounts.confirming import confirm_lately
from tests.factories import PASSWORD, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db
ALL = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}


def new_administrator(**more: Any) -> User:
    person: User = UserFactory.create(is_staff=True, is_superuser=True, **more)
    return person


def signed_in_as(person: User, *, confirmed: bool = True) -> Client:
    client = Client()
    client.force_login(person)
    if confirmed:
        confirm_lately(client, person)
    return client


def change_of(person: User) -> str:
    return reverse("admin:accounts_user_change", args=[person.pk])


@pytest.mark.parametrize("filters", ["", "?_changelist_filters=is_active__exact%3D1"])
@pytest.mark.parametrize("right", ["is_staff", "is_superuser", "edits_bank"])
def test_a_right_is_given_only_after_confirming_and_nothing_sent_is_lost(right: str, filters: str) -> None:
    administrator, person = new_administrator(second_step=True), UserFactory.create(name="Ann")
    client = signed_in_as(administrator, confirmed=False)
    answer = client.post(change_of(person) + filters, {"name": "Anna", "is_active": "on", right: "on"})
    assert answer["Location"] == f"{reverse('account_reauthenticate')}?next={quote(change_of(person), safe='')}"
    person.refresh_from_db()
    assert (person.name, getattr(person, right)) == ("Ann", False)
    client.post(answer["Location"], {"password": "not the password"})
    assert not User.objects.filter(pk=person.pk, **{right: True}).exists()
    client.post(answer["Location"], {"password": PASSWORD})
    person.refresh_from_db()
    assert (person.name, getattr(person, right)) == ("Anna", True)


def test_what_was_confirmed_counts_for_some_minutes() -> None:
    administrator, person = new_administrator(), UserFactory.create()
    client = signed_in_as(administrator)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] = time.time() - 11 * 60
    session.save()
    answer = client.post(change_of(person), {**ALL, "name": ""})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not User.objects.get(pk=person.pk).is_superuser


def test_every_page_that_changes_rights_asks() -> None:
    person = member(OrganisationFactory.create(), second_step=True)
    client = signed_in_as(new_administrator(), confirmed=False)
    for row in (person, Membership.objects.get(), Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)):
        for verb in ("change", "delete"):
            path = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{verb}", args=[row.pk])
            answer = client.post(path, {"post": "yes"})
            assert answer.headers.get("Location", "").startswith(reverse("account_reauthenticate")), path
            assert client.get(path).status_code in (200, 403), "looking asks nothing"


@pytest.mark.parametrize("missing", list(ALL))
def test_the_last_administrator_cannot_lose_a_right_by_anybody(missing: str) -> None:
    administrator = new_administrator()
    # Each of these lacks something, so none of them could act in place of the last one.
    UserFactory.create(is_staff=True)
    UserFactory.create(is_superuser=True)
    new_administrator(is_active=False)
    client = signed_in_as(administrator)
    page = client.post(change_of(administrator), {name: on for name, on in ALL.items() if name != missing})
    assert "This is the only administrator of this site." in page.content.decode()
    assert list(administrators()) == [administrator]
    assert not AuditEvent.objects.exists()
    other = new_administrator()
    client.post(change_of(administrator), {name: on for name, on in ALL.items() if name != missing})
    assert list(administrators()) == [other]


def test_nor_be_deleted_in_the_administration_or_by_themselves() -> None:
    administrator = new_administrator()
    client = signed_in_as(administrator)
    answer = client.post(reverse("admin:accounts_user_delete", args=[administrator.pk]), {"post": "yes"})
    assert answer.status_code == 409
    assert "This is the only administrator" in answer.content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [administrator.pk], "post": "yes"}
    client.post(reverse("admin:accounts_user_changelist"), chosen)
    with pytest.raises(LastAdministrator):
        erase_person(person=administrator, by=Actor(administrator))
    assert list(administrators()) == [administrator]


def test_no_command_of_ours_takes_rights() -> None:
    """A new command has to be looked at: if it takes a right, it calls `keep_an_administrator`."""
    apps = ("accounts", "assessments", "reports")
    ours = {name for name, app in get_commands().items() if str(app).split(".")[0] in apps}
    assert ours == {
        *("backup", "grant_rights", "load_edition", "make_demo", "record"),
        *("restore", "rotate_data_key", "sign_in_link"),
    }


def demote(who: User, whom: User) -> Callable[[], int]:
    client, path = signed_in_as(who), change_of(whom)
    return lambda: client.post(path, {"is_active": "on", "name": whom.name}).status_code


def erase(who: User, whom: User) -> Callable[[], int]:
    def act() -> int:
        try:
            erase_person(person=who, by=Actor(who))
        except ChangeRefused:
            return 409
        return 302

    return act


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [demote, erase])
def test_two_administrators_at_the_same_moment_leave_one(act: Callable[[User, User], Callable[[], int]]) -> None:
    """Each demotes the other, or each deletes their own account."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    first, second = new_administrator(), new_administrator()
    start, statuses = threading.Barrier(2), []

    def run(sent: Callable[[], int]) -> None:
        start.wait(timeout=10)
        try:
            statuses.append(sent())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act(*pair)]) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses)[0] == 302
    assert sorted(statuses)[1] in (403, 409)
    assert administrators().count() == 1
    kind = AuditKind.PERSON_CHANGED if act is demote else AuditKind.PERSON_ERASED
    assert AuditEvent.objects.filter(kind=kind).exists()
