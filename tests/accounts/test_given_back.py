"""A form that cannot be done now: nothing of it is, its text is shown, and the way on is a page."""

import pytest
from django.conf import LazySettings, settings
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.refused.pages import failed
from accounts.refused.way_back import page_before
from accounts.sign_in.kept_text import kept_text_key
from tests.factories import PASSWORD, ConsultancyFactory, UserFactory, member
from tests.pages import by_id, parse, text_of

TYPED = "Boulangerie du Soleil"
HOST = "http://testserver"


@pytest.fixture
def owner(db: None) -> User:
    return member(Organisation.objects.create(name="Boulangerie Lumière"))


def rename(owner: User) -> str:
    return reverse("organisation_rename", args=[owner.memberships.get().organisation_id])


def test_who_is_signed_out_gets_the_text_back_and_the_way_to_the_page(owner: User) -> None:
    path = rename(owner)
    response = Client().post(path, {"name": TYPED}, headers={"Referer": HOST + path})
    page = parse(response)
    assert response.status_code == 403
    assert "nothing was done with what you just sent" in text_of(page)
    assert text_of(by_id(page, "typed-heading")) == "What you typed"
    assert TYPED in text_of(page)
    assert f"{reverse('account_login')}?next={path.replace('/', '%2F')}" in response.text
    assert not Organisation.objects.filter(name=TYPED).exists()


def test_the_way_on_is_never_the_address_of_a_button(owner: User) -> None:
    """Case 1: "Make the report", pressed after the session has ended."""
    business = owner.memberships.get().organisation_id
    button = reverse("interim_result", args=[business])
    page = reverse("organisation", args=[business])
    assert f"next={page.replace('/', '%2F')}" in Client().post(button).text
    signed_in = Client()
    signed_in.force_login(owner)
    assert signed_in.get(page).status_code == 200


@pytest.mark.parametrize(
    ("sent_from", "leads_to"),
    [
        (f"{HOST}/settings/?tab=2", "/settings/?tab=2"),
        ("https://evil.example/settings/", "/home/"),
        ("//evil.example/settings/", "/home/"),
        (f"{HOST}/no/such/page/", "/home/"),
        (f"{HOST}.evil.example/settings/", "/home/"),
        (f"{HOST}/account/second-step/not-now/", "/home/"),
        ("javascript:alert(1)", "/home/"),
        ("http://[", "/home/"),
        ("", "/home/"),
    ],
)
def test_the_page_before_is_one_of_ours(sent_from: str, leads_to: str) -> None:
    assert page_before(RequestFactory().post("/home/", headers={"Referer": sent_from})) == leads_to


def test_autosave_is_led_to_signing_in_as_before(owner: User) -> None:
    response = Client().post(rename(owner), {"name": TYPED}, headers={"HX-Request": "true"})
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, reverse("account_login"))


def test_a_second_step_that_is_missing_by_now_loses_nothing(db: None, settings: LazySettings) -> None:
    settings.MFA_REQUIRED = "privileged"
    consultant = member(ConsultancyFactory.create(), second_step=False)
    client = Client()
    client.force_login(consultant)
    path = reverse("client_add", args=[consultant.memberships.get().organisation_id])
    response = client.post(path, {"client_name": TYPED}, headers={"Referer": HOST + path})
    assert response.status_code == 403
    assert TYPED in text_of(parse(response))
    assert client.session["second_step_wanted"] == path


def test_a_token_that_is_too_old_loses_nothing(owner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    own = {"Origin": HOST, "Referer": HOST + rename(owner)}
    response = client.post(rename(owner), {"name": TYPED}, headers=own)
    assert response.status_code == 403
    page = parse(response)
    assert "This page is too old" in text_of(page)
    assert TYPED in text_of(page)
    assert f'href="{rename(owner)}"' in response.text
    for origin in ("https://evil.example", "null", "http://testserver.evil.example"):
        shown = client.post(rename(owner), {"name": TYPED}, headers={"Origin": origin}).text
        assert TYPED not in shown, origin


def test_an_error_of_ours_gives_the_text_back_without_asking_the_database() -> None:
    """No database is open to this test."""
    request = RequestFactory().post("/", {"note": TYPED, "password": "four blue kettles"})
    request.csrf_processing_done = True  # type: ignore[attr-defined]
    response = failed(request)
    assert response.status_code == 500
    assert TYPED in response.content.decode()
    assert "kettles" not in response.content.decode()
    assert failed(RequestFactory().get("/")).status_code == 500


def test_a_form_sent_to_a_page_that_takes_none_gives_its_text_back(owner: User) -> None:
    client = Client()
    client.force_login(owner)
    response = client.post(reverse("home"), {"note": TYPED})
    assert response.status_code == 405
    assert TYPED in text_of(parse(response))
    assert TYPED not in client.get(reverse("mfa_postpone"), {"note": TYPED}).text


def test_what_waited_for_the_password_is_done_after_it(owner: User) -> None:
    """The text of a form that asks who one is first goes on with it."""
    client, path = Client(), reverse("account_delete")
    client.force_login(owner)
    asked = client.post(path, {"email": "somebody.else@example.org"})
    assert asked.status_code == 302
    assert "data-asks-first" in client.get(asked["Location"]).text
    resumed = client.post(asked["Location"], {"password": PASSWORD})
    assert (resumed.status_code, resumed.context["form"].data["email"]) == (422, "somebody.else@example.org")


def test_the_key_is_the_persons_own_and_stays() -> None:
    one, other = UserFactory.build(pk=1), UserFactory.build(pk=2)
    assert kept_text_key(one) == kept_text_key(UserFactory.build(pk=1))
    assert kept_text_key(one) != kept_text_key(other)
    assert len(bytes.fromhex(kept_text_key(one))) == 32


def test_pages_of_a_person_carry_the_key_and_are_in_no_cache(owner: User) -> None:
    client = Client()
    client.force_login(owner)
    page = client.get(rename(owner))
    assert f'data-key="{kept_text_key(owner)}"' in page.text
    assert "no-store" in page["Cache-Control"]
    assert "data-key" not in Client().get(reverse("account_login")).text
    assert settings.SECRET_KEY not in page.text


def test_nothing_that_is_pasted_is_cut_by_the_browser(owner: User) -> None:
    client = Client()
    client.force_login(owner)
    page = client.get(rename(owner)).text
    assert 'data-limit="120"' in page
    assert "maxlength" not in page
    response = client.post(rename(owner), {"name": "x" * 121})
    assert (response.status_code, "x" * 121 in response.text) == (422, True)
