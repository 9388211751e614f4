"""Whatever a stranger does with an address, whoever reads its mail ends up with an account that is theirs alone."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Organisation, SignInEvent, SignInEventKind, User
from accounts.sign_up.unconfirmed import delete_own_organisations
from tests.accounts.sign_up.signing_up import (
    ADDRESS,
    MINE,
    MY_BUSINESS,
    THEIR_BUSINESS,
    THEIRS,
    SomebodyAt,
    confirmation_link,
    is_all_veras,
    stranger,
    vera,
)
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

STRANGER_SIGNS_UP, STRANGER_TAKES_A_PASSKEY, STRANGER_SIGNS_IN = "s", "p", "l"
VERA_SIGNS_UP, VERA_TAKES_A_PASSKEY, VERA_RESETS = "v", "k", "r"
ORDERS = (
    *("s", "sv", "vs", "ss", "sl", "vl", "sr", "svs", "vsv", "vss", "vsl", "slv", "srs", "vrs", "vsr"),
    *("p", "pv", "vp", "pr", "ps", "sp", "ks", "kp", "skp", "ksk", "pkr"),
)


def happen(order: str, thief: SomebodyAt, owner: SomebodyAt) -> None:
    acts = {
        STRANGER_SIGNS_UP: thief.sign_up,
        STRANGER_TAKES_A_PASSKEY: thief.sign_up_by_passkey,
        STRANGER_SIGNS_IN: thief.sign_in,
        VERA_SIGNS_UP: owner.sign_up,
        VERA_TAKES_A_PASSKEY: owner.sign_up_by_passkey,
        VERA_RESETS: owner.reset_password,
    }
    for event in order:
        acts[event]()
        assert not thief.is_in, order


@pytest.mark.parametrize("order", ORDERS)
def test_in_every_order_the_account_ends_up_with_whoever_reads_the_mail(order: str, with_mail: list[Any]) -> None:
    """Each of Vera's links is tried, the newest in her own browser and the oldest on a phone that knows nothing."""
    thief, owner, phone = stranger(), vera(with_mail), vera(with_mail)
    happen(order, thief, owner)
    for browser, link in ((phone, owner.links()[0]), (owner, owner.links()[-1])):
        browser.confirm(link)
    if User.objects.get(email=ADDRESS).has_usable_password() is False:
        # She asked for a passkey and is on the page that makes it: she chooses a password there.
        owner.client.post(reverse("account_signup_passkey"), {"password1": MINE})
    is_all_veras(thief)
    assert Organisation.objects.filter(name=THEIR_BUSINESS).count() == 0


def test_the_strangers_account_is_not_confirmed_by_a_click(with_mail: list[Any]) -> None:
    thief, owner = stranger(), vera(with_mail)
    thief.sign_up()
    (link,) = owner.links()
    page = owner.client.get(link).content.decode()
    assert "anybody could have typed your address" in page
    assert THEIR_BUSINESS not in page
    refused = owner.client.post(link)
    assert refused.status_code == 422
    assert "Choose a new password." in refused.content.decode()
    assert not EmailAddress.objects.get().verified
    assert not owner.is_in


@pytest.mark.parametrize("password", ["short", "123456789012", "vera@example.org", MY_BUSINESS + "1"])
def test_the_new_password_has_to_be_a_good_one(password: str, with_mail: list[Any]) -> None:
    stranger().sign_up()
    owner = SomebodyAt(password, MY_BUSINESS, with_mail)
    answer = owner.confirm(owner.links()[0])
    assert answer.status_code == 422
    assert MY_BUSINESS in answer.content.decode(), "what was typed stays"
    assert not EmailAddress.objects.get().verified


def test_confirming_elsewhere_signs_in_and_sets_up_what_its_owner_typed(with_mail: list[Any]) -> None:
    stranger().sign_up(advises_others="on")
    phone = vera(with_mail)
    answer = phone.confirm(phone.links()[0])
    assert answer["Location"] == reverse("home")
    assert phone.is_in
    membership = Membership.objects.select_related("organisation").get()
    assert (membership.organisation.name, membership.organisation.kind) == (MY_BUSINESS, "business")
    assert "is confirmed" in str(next(iter(get_messages(answer.wsgi_request))))


def test_what_the_strangers_attempts_left_is_not_in_her_own_trail(with_mail: list[Any]) -> None:
    thief, owner = stranger(), vera(with_mail)
    thief.sign_up()
    SomebodyAt("wrong password here", "").sign_in()
    assert SignInEvent.objects.filter(kind=SignInEventKind.REFUSED).exists()
    owner.confirm(owner.links()[0])
    assert set(SignInEvent.objects.values_list("kind", flat=True)) == {SignInEventKind.SIGNED_IN}


def test_a_link_works_once_and_then_says_what_to_do(with_mail: list[Any]) -> None:
    owner = vera(with_mail)
    owner.sign_up()
    owner.confirm(owner.links()[0])
    for method in ("get", "post"):
        assert "no longer works" in getattr(Client(), method)(owner.links()[0], {"password1": MINE}).content.decode()
    is_all_veras(stranger())


def test_the_browser_that_signed_up_confirms_hours_later_too(with_mail: list[Any]) -> None:
    """allauth forgets after 15 minutes who was about to sign in; the browser's session knows it longer."""
    owner = vera(with_mail)
    owner.sign_up()
    session = owner.client.session
    session["account_login"]["initiated_at"] -= 3 * 60 * 60
    session.save()
    answer = owner.confirm(owner.links()[0])
    assert answer["Location"] == reverse("home")
    assert owner.is_in
    assert Organisation.objects.get().name == MY_BUSINESS


def test_who_knows_the_password_may_confirm_in_that_browser(with_mail: list[Any]) -> None:
    vera(with_mail).sign_up()
    laptop = vera(with_mail)
    laptop.sign_in()
    page = laptop.client.get(laptop.links()[0]).content.decode()
    assert "Yes, confirm" in page
    laptop.confirm(laptop.links()[0])
    assert Organisation.objects.get().name == MY_BUSINESS
    is_all_veras(stranger())


def test_a_click_that_meets_a_new_sign_up_confirms_nothing(
    with_mail: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page was opened in time; the stranger signs up anew before its button is pressed."""
    owner, thief = vera(with_mail), stranger()
    owner.sign_up()
    link = owner.links()[0]
    assert "Yes, confirm" in owner.client.get(link).content.decode()
    thief.sign_up()
    answer = owner.client.post(link)
    assert answer.status_code == 422
    assert not EmailAddress.objects.get().verified
    owner.confirm(link)
    is_all_veras(thief)


def test_two_browsers_of_one_person_each_click(with_mail: list[Any]) -> None:
    first, second = vera(with_mail), SomebodyAt("eleven calm rivers bend", "Second try", with_mail)
    first.sign_up()
    second.sign_up()
    second.confirm(second.links()[0])
    assert second.is_in
    assert "no longer works" in first.client.get(first.links()[0]).content.decode()
    assert Organisation.objects.get().name == "Second try"


@pytest.mark.parametrize("used", [{"last_login": "2026-01-01T00:00Z"}, {"is_staff": True}, {"edits_bank": True}])
def test_an_account_in_use_is_neither_replaced_nor_started_over(used: dict[str, Any], with_mail: list[Any]) -> None:
    """From when the site had no mail, or made by its operator: its own password has to be typed first."""
    person = UserFactory.create(email=ADDRESS, second_step=False)
    EmailAddress.objects.create(user=person, email=ADDRESS, primary=True)
    User.objects.filter(pk=person.pk).update(**used)
    thief = stranger()
    thief.sign_up()
    assert "already has one" in with_mail[-1].body
    owner, laptop = vera(with_mail), SomebodyAt(PASSWORD, "", with_mail)
    laptop.sign_in()
    link = confirmation_link(EmailAddress.objects.get())
    assert "Sign in on this device" in owner.client.get(link).content.decode()
    assert owner.client.post(link, {"password1": MINE}).status_code == 200
    assert not EmailAddress.objects.get().verified
    laptop.client.post(link)
    assert EmailAddress.objects.get().verified
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_suspended_account_is_not_opened_again_by_signing_up(with_mail: list[Any]) -> None:
    owner = vera(with_mail)
    owner.sign_up()
    User.objects.update(is_active=False)
    again = vera(with_mail)
    again.sign_up()
    assert "no longer works" in again.client.get(owner.links()[0]).content.decode()
    assert not EmailAddress.objects.get().verified
    assert User.objects.get().is_active is False


def test_signed_in_as_somebody_else_the_link_changes_over(with_mail: list[Any]) -> None:
    other = UserFactory.create()
    EmailAddress.objects.create(user=other, email=other.email, primary=True, verified=True)
    stranger().sign_up()
    owner = vera(with_mail)
    owner.client.force_login(other)
    owner.client.get(owner.links()[0])
    assert owner.client.session["_auth_user_id"] == str(other.pk), "opening it changes nothing"
    owner.confirm(owner.links()[0])
    assert owner.client.session["_auth_user_id"] == str(User.objects.get(email=ADDRESS).pk)


def test_second_steps_of_an_unused_account_go_too(with_mail: list[Any]) -> None:
    stranger().sign_up()
    person = User.objects.get()
    for kind in Authenticator.Type.values:
        Authenticator.objects.create(user=person, type=kind, data={})
    owner = vera(with_mail)
    owner.confirm(owner.links()[0])
    assert owner.is_in
    is_all_veras(stranger())


def test_a_password_by_mail_confirms_the_address_and_drops_what_was_typed(with_mail: list[Any]) -> None:
    thief, owner = stranger(), vera(with_mail)
    thief.sign_up()
    owner.reset_password()
    assert not Organisation.objects.exists()
    is_all_veras(thief)


def test_a_password_by_mail_leaves_an_account_in_use_as_it_is(with_mail: list[Any]) -> None:
    owner = vera(with_mail)
    owner.sign_up()
    owner.confirm(owner.links()[0])
    owner.reset_password()
    assert Organisation.objects.get().name == MY_BUSINESS
    assert User.objects.get().check_password(MINE)


def test_without_mail_an_account_that_never_got_its_passkey_is_free_for_the_next(client: Client) -> None:
    thief, owner = stranger(), vera([])
    assert thief.sign_up_by_passkey()["Location"] == reverse("account_signup_passkey")
    assert "Make your passkey" in thief.client.get(reverse("account_signup_passkey")).content.decode()
    owner.sign_up()
    assert owner.is_in
    answer = thief.client.post(reverse("account_signup_passkey"), {"password1": THEIRS})
    assert answer["Location"] == reverse("account_login")
    assert not thief.is_in
    assert User.objects.get().check_password(MINE)
    assert "already has an account" in thief.sign_up().content.decode()


def at_the_same_moment(*acts: Callable[[], Any]) -> None:
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        start.wait(timeout=10)
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as all_of_them:
        list(all_of_them.map(run, acts, timeout=30))


@pytest.mark.django_db(transaction=True)
def test_a_click_and_a_strangers_sign_up_at_the_same_moment(with_mail: list[Any]) -> None:
    """Whichever comes first, a confirmed account has Vera's password and nobody else's."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    for _ in range(4):
        owner, thief = vera(with_mail), stranger()
        owner.sign_up()
        link = confirmation_link(EmailAddress.objects.get())
        at_the_same_moment(partial(owner.client.post, link), thief.sign_up)
        person = User.objects.get()
        assert person.check_password(MINE if EmailAddress.objects.get().verified else THEIRS)
        assert not thief.is_in
        cache.clear()
        delete_own_organisations(person=person)
        person.delete()
