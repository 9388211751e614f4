"""The notice names the cookies that pages set. tests/access/test_matrix.py proves that no page sets another."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from reports.operator.cookies import site_cookies
from tests.factories import PASSWORD, OrganisationFactory, member
from tests.pages import parse, text_of

pytestmark = pytest.mark.django_db


def test_each_cookie_is_named_and_set(client: Client) -> None:
    page = parse(client.get(reverse("privacy")))
    assert not client.cookies, "reading the notice sets none"
    person = member(OrganisationFactory.create())
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    names = {cookie.name for cookie in site_cookies()}
    assert set(client.cookies) == names == {text_of(each) for each in page.iter("code")}


def test_times_are_those_of_the_settings(client: Client, settings: LazySettings) -> None:
    settings.CSRF_COOKIE_AGE = 3 * 24 * 60 * 60
    page = text_of(parse(client.get(reverse("privacy"))))
    assert "3 days" in page
    assert "after 12 hours without activity, or after 14 days" in page
