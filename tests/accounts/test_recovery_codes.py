"""Recovery codes: shown once, stored hashed, each for one sign-in; and what becomes of those from a seed."""

import re
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.test import Client
from django.urls import reverse

from accounts.migrations._hashed_codes import forget_hashes, hash_seeds
from accounts.models import User
from accounts.second_step.encryption import encrypt
from accounts.second_step.recovery_codes import LETTERS, new_codes
from tests.accounts.test_encryption import NEW_KEY
from tests.accounts.test_mfa import begin, codes_made, is_in, set_up_app
from tests.factories import UserFactory, give_second_step

pytestmark = pytest.mark.django_db
PAGE = reverse("mfa_view_recovery_codes")
NEW = reverse("mfa_generate_recovery_codes")
Confirmed = Callable[[], Client]


def row_of(person: User) -> Authenticator:
    return Authenticator.objects.get(user=person, type="recovery_codes")


def signs_in(person: User, code: str) -> bool:
    client = begin(person.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    return is_in(client)


def test_ten_codes_each_for_one_sign_in(confirmed: Confirmed, owner: User) -> None:
    client = confirmed()
    set_up_app(client)
    codes = codes_made(client)
    assert len(set(codes)) == 10
    assert signs_in(owner, codes[0])
    lost = begin(owner.email)
    assert "already used" in lost.post(reverse("mfa_authenticate"), {"code": codes[0]}).text
    assert not is_in(lost)
    assert "9 of 10 codes are left" in client.get(PAGE).text


@pytest.mark.parametrize("typed", [str.upper, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_code_may_be_typed_as_people_do(confirmed: Confirmed, owner: User, typed: Callable[[str], str]) -> None:
    client = confirmed()
    set_up_app(client)
    assert signs_in(owner, typed(codes_made(client)[3]))


def test_they_are_shown_once_and_kept_by_nobody(confirmed: Confirmed, owner: User) -> None:
    client = confirmed()
    set_up_app(client)
    codes = codes_made(client)
    kept = str(row_of(owner).data) + str(dict(client.session))
    for code in codes:
        assert code not in kept
        assert code.replace("-", "")[1:] not in kept
        for page in (PAGE, NEW, reverse("mfa_index")):
            assert code not in client.get(page).text
    assert all(each["hash"].startswith("argon2$argon2id$") for each in row_of(owner).data["codes"])


def test_the_page_has_them_as_a_file_and_is_stored_nowhere(confirmed: Confirmed) -> None:
    client = confirmed()
    set_up_app(client)
    answer: Any = client.post(NEW, {"instead_of": client.get(NEW).context["left"].key})
    assert "no-store" in answer["Cache-Control"]
    file = re.search(r'href="data:text/plain;charset=utf-8,([^"]+)" download=', answer.text)
    assert file
    assert all(code in file[1] for code in answer.context["codes"])


def test_new_codes_end_the_old_ones(confirmed: Confirmed, owner: User) -> None:
    client = confirmed()
    set_up_app(client)
    old = codes_made(client)
    assert "stop working" in client.get(NEW).text
    new = codes_made(client)
    assert not signs_in(owner, old[0])
    assert signs_in(owner, new[0])


def test_a_second_click_shows_no_dead_codes(confirmed: Confirmed, owner: User) -> None:
    client = confirmed()
    set_up_app(client)
    known = client.get(NEW).context["left"].key
    codes = client.post(NEW, {"instead_of": known}).context["codes"]
    for stale in (known, "", "x", "9" * 40, "-1"):
        again = client.post(NEW, {"instead_of": stale})
        assert again.status_code == 409
        assert "make new ones" in again.text
    assert signs_in(owner, codes[0])


def test_without_a_second_step_there_are_none(confirmed: Confirmed, owner: User) -> None:
    client = confirmed()
    assert client.get(PAGE).status_code == 404
    assert client.post(NEW, {"instead_of": "0"})["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=owner).exists()


def test_making_them_asks_for_the_password_and_then_goes_on(owner: User) -> None:
    give_second_step(owner)
    client = Client()
    client.force_login(owner)
    assert client.get(NEW)["Location"].startswith(reverse("account_reauthenticate"))


def test_drawn_by_chance_and_long_enough() -> None:
    codes = [code for _ in range(50) for code in new_codes()]
    assert len(set(codes)) == 500
    assert all(re.fullmatch(rf"([{LETTERS}]{{4}}-){{3}}[{LETTERS}]{{4}}", code) for code in codes)
    for at in range(0, 500, 10):
        assert len({code[0] for code in codes[at : at + 10]}) == 10
    assert set("".join(codes)) == {*LETTERS, "-"}


def seeded(person: User, **more: Any) -> tuple[Authenticator, list[str]]:
    """As earlier versions stored them, and the codes that the person printed."""
    give_second_step(person)
    data = {"seed": encrypt(RecoveryCodes.generate_seed()), "used_mask": 0, **more}
    row = Authenticator.objects.create(user=person, type="recovery_codes", data=data)
    return row, RecoveryCodes(row).generate_codes()


def test_printed_codes_go_on_working_and_the_seed_goes(owner: User) -> None:
    row, printed = seeded(owner, used_mask=0b101)
    other, _theirs = seeded(UserFactory.create(), migrated_codes=[encrypt("first-code"), encrypt("other-code")])
    hash_seeds(apps, None)
    row.refresh_from_db()
    assert set(row.data) == {"made", "codes"}
    assert len(row.data["codes"]) == 8
    assert not any(code in str(row.data) for code in printed)
    assert [signs_in(owner, code) for code in printed[:4]] == [False, True, False, True]
    client = Client()
    client.force_login(owner)
    assert "6 of 10 codes are left" in client.get(PAGE).text
    assert signs_in(other.user, "other-code")
    hash_seeds(apps, None)
    assert signs_in(owner, printed[4]), "a second run changes nothing"


def test_without_the_key_the_migration_says_what_to_do(owner: User, settings: Any) -> None:
    row, _printed = seeded(owner)
    settings.DATA_KEY = NEW_KEY
    with pytest.raises(RuntimeError, match="into DATA_KEY_FALLBACKS"):
        hash_seeds(apps, None)
    before = dict(row.data)
    row.refresh_from_db()
    assert row.data == before


def test_backwards_hashes_go_and_the_app_stays(owner: User) -> None:
    seeded(owner)
    hash_seeds(apps, None)
    forget_hashes(apps, None)
    assert [row.type for row in Authenticator.objects.filter(user=owner)] == ["totp"]


def test_one_guess_costs_one_hash(confirmed: Confirmed, owner: User) -> None:
    client = confirmed()
    set_up_app(client)
    code = codes_made(client)[0]
    with mock.patch("accounts.second_step.recovery_codes.RecoveryCodeHasher.verify", return_value=False) as verify:
        signs_in(owner, code)
    assert verify.call_count == 1
