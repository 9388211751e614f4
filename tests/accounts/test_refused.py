"""What a refused form gives back, and the words for rights of the site. The rights in organisations: tests/access."""

from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.refused.typed import MOST, typed_text
from tests.accounts.confirming import confirm_lately
from tests.factories import UserFactory
from tests.pages import by_id, parse, text_of


def sent(fields: Mapping[str, object], *, checked: bool = True) -> HttpRequest:
    """A form of ours, whose token was checked."""
    request = RequestFactory().post("/", dict(fields))
    if checked:
        request.csrf_processing_done = True  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(
    "typed", ["retail", "Ein Satz.", "new@example.org", "2027-03-31", "漢字", "a\nb", "<script>alert(1)</script>"]
)
def test_what_a_person_types_is_given_back(typed: str) -> None:
    assert typed_text(sent({"field": typed})) == typed


@pytest.mark.parametrize("by_the_page", ["", "  ", "3", "2026.2", "gov-01:3", "0edac724-6547-461b-a562-f8d7de3eaca8"])
def test_what_a_page_sends_by_itself_is_left_out(by_the_page: str) -> None:
    assert typed_text(sent({"field": by_the_page})) == ""


@pytest.mark.parametrize("name", ["password", "new_password1", "csrfmiddlewaretoken", "code", "otp", "PASSWORD"])
def test_secrets_are_left_out(name: str) -> None:
    assert typed_text(sent({name: "four blue kettles sing", "note": "Kept"})) == "Kept"


def test_a_name_of_a_megabyte_is_looked_at_once() -> None:
    """One that ends with a line break once took the square of its length: minutes, in which nobody else was served."""
    body = urlencode({"password" * 100_000 + "\n": "hidden", "x" * 9_000 + "\n": "shown"})
    request = RequestFactory().post("/", body, content_type="application/x-www-form-urlencoded")
    request.csrf_processing_done = True  # type: ignore[attr-defined]
    assert typed_text(request) == "shown"


def test_texts_keep_their_order_once_each() -> None:
    assert typed_text(sent({"one": "First text", "two": ["Second text", "First text"]})) == "First text\n\nSecond text"
    assert len(typed_text(sent({"one": "x " * MOST}))) == MOST


def test_no_other_request_is_given_back() -> None:
    """The form of another site is refused for its token, and what it wrote is not shown as ours."""
    assert typed_text(sent({"note": "From elsewhere"}, checked=False)) == ""
    assert typed_text(RequestFactory().get("/", {"note": "In the address"})) == ""


@pytest.mark.django_db
def test_a_form_of_another_site_is_not_shown_back() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory.create())
    for path in ("/no-such-page/", reverse("organisation_add")):
        response = client.post(path, {"note": "Call this number at once"})
        assert response.status_code in (403, 404)
        assert "Call this number" not in response.content.decode()


@pytest.mark.django_db
def test_the_administration_says_what_it_is(client: Client) -> None:
    client.force_login(UserFactory.create())
    page = text_of(parse(client.get(reverse("admin:index"))))
    assert "Only administrators may do this, and you are not one, or not any more." in page
    administrator = UserFactory.create(is_staff=True, is_superuser=True)
    client.force_login(administrator)
    confirm_lately(client, administrator)
    response = client.post(reverse("admin:accounts_user_add"), {"name": "Somebody New"})
    assert response.status_code == 403
    refused = parse(response)
    assert "The administration does not do this." in text_of(refused)
    assert text_of(by_id(refused, "typed-heading")) == "What you typed"
    assert "Somebody New" in text_of(refused)
    assert "typed-heading" not in client.get(reverse("admin:accounts_user_add")).text
