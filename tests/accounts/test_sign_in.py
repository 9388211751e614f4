"""Signing in and out, passwords, e-mail addresses, sessions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.sign_in.links import create_sign_in_link
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
NEW_PASSWORD = "seven quiet lanterns hum"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def user_id(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def link_in(mail: Any) -> str:
    """The path of the one link in the mail."""
    return str(next(word for word in mail.body.split() if word.startswith(SITE))).removeprefix(SITE)


def test_by_address_in_any_case_with_a_new_session_key(client: Client, owner: User) -> None:
    session = client.session
    session["before"] = 1
    session.save()
    old_key = session.session_key
    assert sign_in(client, "AMELIE@example.org")["Location"] == reverse("home")
    assert user_id(client) == str(owner.pk)
    assert client.session.session_key != old_key


def test_wrong_password_and_unknown_address_get_the_same_page(owner: User) -> None:
    pages = []
    for email in (owner.email, "nobody@example.org"):
        page = sign_in(Client(), email, "wrong password here").content.decode()
        assert "The e-mail address or the password is not right." in page
        pages.append(page.replace(email, "").split("<main")[1].replace("<form", "\n<form"))
    tokenless = [[line for line in page.splitlines() if "csrfmiddlewaretoken" not in line] for page in pages]
    assert tokenless[0] == tokenless[1]


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_nobody_is_sent_to_another_site(client: Client, owner: User, target: str) -> None:
    assert sign_in(client, owner.email, next=target)["Location"] == reverse("home")


def test_back_to_the_page_that_asked(client: Client, owner: User) -> None:
    asked = client.get(reverse("settings"))
    assert asked["Location"] == f"{reverse('account_login')}?next={reverse('settings')}"
    page = client.get(asked["Location"]).content.decode()
    assert f'name="next" value="{reverse("settings")}"' in page
    assert sign_in(client, owner.email, next=reverse("settings"))["Location"] == reverse("settings")


def test_a_suspended_person_sees_why_and_stays_out(client: Client) -> None:
    UserFactory.create(email="gone@example.org", is_active=False)
    response = sign_in(client, "gone@example.org")
    assert response["Location"] == reverse("account_inactive")
    assert "suspended" in client.get(response["Location"]).content.decode()
    assert user_id(client) is None


def test_suspending_ends_the_running_session(signed_in: Client, owner: User) -> None:
    assert signed_in.get(reverse("settings")).status_code == 200
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert signed_in.get(reverse("settings"))["Location"].startswith(reverse("account_login"))


def test_guessing_is_slowed_down(client: Client, owner: User) -> None:
    for _ in range(5):
        sign_in(client, owner.email, "wrong password here")
    page = sign_in(client, owner.email, PASSWORD).content.decode()
    assert "Too many attempts" in page
    assert user_id(client) is None


def test_a_flood_of_sign_ups_meets_a_plain_page(client: Client) -> None:
    typed = {"email": "ann@example.org", "organisation": "Bakery by the Quay", "password": "long and secret words"}
    answers = [client.post(reverse("account_signup"), typed | {"email": ""}) for _ in range(20)]
    answers.append(client.post(reverse("account_signup"), typed))
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    page = answers[-1].content.decode()
    assert "Too many attempts" in page
    assert "Bakery by the Quay" in page
    assert typed["password"] not in page


def test_signing_out_needs_the_button_and_ends_the_session_on_the_server(signed_in: Client) -> None:
    signed_in.get(reverse("account_logout"))
    assert user_id(signed_in) is not None
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    assert thief.get(reverse("settings")).status_code == 200
    out = signed_in.post(reverse("account_logout"))
    assert out["Clear-Site-Data"] == '"cache", "storage"'
    assert thief.get(reverse("settings")).status_code == 302


def test_a_new_password_signs_out_every_other_device(signed_in: Client, owner: User) -> None:
    other = Client()
    sign_in(other, owner.email)
    answers = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
    assert signed_in.post(reverse("account_change_password"), answers)["Location"] == reverse("settings")
    assert signed_in.get(reverse("settings")).status_code == 200
    assert other.get(reverse("settings")).status_code == 302


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"oldpassword": "not mine at all", "password1": NEW_PASSWORD}, "This is not your current password"),
        ({"oldpassword": PASSWORD, "password1": "short"}, "too short"),
    ],
)
def test_a_password_change_that_fails_says_why(
    signed_in: Client, owner: User, answers: dict[str, str], words: str
) -> None:
    assert words in signed_in.post(reverse("account_change_password"), answers).content.decode()
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_a_person_without_a_password_can_choose_one(client: Client) -> None:
    user = User.objects.create_user("link@example.org")
    client.post(reverse("sign_in_link", args=[create_sign_in_link(user=user, lifetime=timedelta(hours=1))]))
    assert client.get(reverse("account_change_password"))["Location"] == reverse("account_set_password")
    assert client.post(reverse("account_set_password"), {"password1": NEW_PASSWORD})["Location"] == reverse("settings")
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


def test_without_mail_the_reset_page_says_who_to_ask_and_pretends_nothing(client: Client, owner: User) -> None:
    for page in (
        client.get(reverse("account_reset_password")),
        client.post(reverse("account_reset_password"), {"email": owner.email}),
    ):
        assert "Mail is not set up" in page.content.decode()
        assert "sign_in_link" in page.content.decode()


def test_reset_answers_the_same_for_known_and_unknown(owner: User, with_mail: list[Any]) -> None:
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email}) for email in (owner.email, "no@example.org")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, reverse("account_reset_password_done"))
    }
    assert len(with_mail) == 2


def test_a_reset_link_works_once(client: Client, owner: User, with_mail: list[Any]) -> None:
    client.post(reverse("account_reset_password"), {"email": owner.email})
    link = link_in(with_mail[0])
    form = client.get(link)["Location"]
    assert link not in form, "the key leaves the URL at once"
    assert "Choose a new password" in client.get(form).content.decode()
    done = client.post(form, {"password1": NEW_PASSWORD})["Location"]
    assert "Your new password is saved" in client.get(done).content.decode()
    owner.refresh_from_db()
    assert owner.check_password(NEW_PASSWORD)
    assert "no longer works" in Client().get(link).content.decode()


def test_the_address_changes_only_after_the_new_one_is_confirmed(
    confirmed: Callable[[], Client], owner: User, with_mail: list[Any]
) -> None:
    EmailAddress.objects.create(user=owner, email=owner.email, primary=True, verified=True)
    client = confirmed()
    page = client.get(reverse("account_email")).content.decode()
    assert owner.email in page
    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    owner.refresh_from_db()
    assert owner.email == "amelie@example.org"
    assert "new@example.org" in client.get(reverse("account_email")).content.decode()
    link = link_in(next(mail for mail in with_mail if mail.to == ["new@example.org"]))
    client.post(link)
    owner.refresh_from_db()
    assert owner.email == "new@example.org"
    assert [mail.to for mail in with_mail][-1] == ["amelie@example.org"], "the old address is notified"


def test_changing_the_address_asks_for_the_password_again(signed_in: Client, with_mail: list[Any]) -> None:
    response = signed_in.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not with_mail


def test_without_mail_the_address_page_says_so(signed_in: Client, owner: User) -> None:
    page = signed_in.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert "Mail is not set up" in page.content.decode()
    assert not EmailAddress.objects.filter(email="new@example.org").exists()


def test_an_old_confirmation_link_says_what_to_do(client: Client) -> None:
    page = client.get(reverse("account_confirm_email", args=["no-such-key"])).content.decode()
    assert "no longer works" in page


def test_one_person_does_not_see_anothers_sessions(signed_in: Client) -> None:
    stranger = UserFactory.create()
    sign_in(Client(headers={"user-agent": "Strangers browser"}), stranger.email)
    assert "Strangers browser" not in signed_in.get(reverse("usersessions_list")).content.decode()


def test_what_the_product_does_not_use_cannot_be_reached(client: Client) -> None:
    for path in (
        "/account/login/code/confirm/",
        "/account/signup/passkey/",
        "/account/3rdparty/",
        "/account/2fa/trust/",
    ):
        assert client.get(path).status_code == 404
