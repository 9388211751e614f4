"""The session and its user in one statement: nobody gets in whom Django would refuse."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.sign_in.mfa import has_mfa, is_consultant
from accounts.sign_in.session_store import SessionStore
from tests.accounts.test_sign_in import sign_in
from tests.factories import ConsultancyFactory, UserFactory, member

pytestmark = pytest.mark.django_db
PAGE = "/settings/"


@pytest.fixture
def signed_in(owner: User) -> Client:
    client = Client()
    sign_in(client, owner.email)
    return client


def seen_as(client: Client) -> User | None:
    response = client.get(PAGE)
    return response.wsgi_request.user if response.status_code == 200 else None  # type: ignore[return-value]


def test_session_and_person_are_read_together(signed_in: Client, owner: User) -> None:
    with CaptureQueriesContext(connection) as sent:
        assert seen_as(signed_in) == owner
    assert [
        sql["sql"] for sql in sent if "django_session" in sql["sql"] or '"accounts_user"."password"' in sql["sql"]
    ] == [sent[0]["sql"]]


@pytest.mark.parametrize("second_step", [True, False])
def test_the_person_comes_with_what_the_guard_asks_for(second_step: bool) -> None:
    client, person = Client(), member(ConsultancyFactory.create(), second_step=second_step)
    client.force_login(person)
    UserSession.objects.create(user=person, session_key=client.session.session_key, ip="192.0.2.1", user_agent="")
    store = SessionStore(client.session.session_key)
    store.load()
    assert store.person == person
    with CaptureQueriesContext(connection) as sent:
        assert (is_consultant(store.person), has_mfa(store.person)) == (True, second_step)
    assert not sent


def test_a_session_that_is_not_listed_is_read_as_django_does(owner: User) -> None:
    client = Client()
    client.force_login(owner)
    assert not UserSession.objects.exists()
    assert seen_as(client) == owner


def test_the_session_says_who_it_is_and_not_the_list(signed_in: Client, owner: User) -> None:
    UserSession.objects.update(user=UserFactory.create(is_staff=True))
    assert seen_as(signed_in) == owner


def test_a_password_changed_elsewhere_ends_it(signed_in: Client, owner: User) -> None:
    owner.set_password("another five green kettles")
    owner.save()
    assert seen_as(signed_in) is None


def test_a_suspended_or_deleted_person_is_not_let_in(signed_in: Client, owner: User) -> None:
    User.objects.update(is_active=False)
    assert seen_as(signed_in) is None


def test_a_way_of_signing_in_that_is_no_longer_there_is_none(signed_in: Client) -> None:
    session = signed_in.session
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    assert seen_as(signed_in) is None


def test_an_expired_or_deleted_session_is_none(signed_in: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert seen_as(signed_in) is None


def test_a_hash_made_with_an_older_secret_is_accepted_and_renewed(signed_in: Client, owner: User) -> None:
    old = settings.SECRET_KEY
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SECRET_KEY", "new" * 20)
        patch.setattr(settings, "SECRET_KEY_FALLBACKS", [old])
        assert seen_as(signed_in) == owner
        patch.setattr(settings, "SECRET_KEY_FALLBACKS", [])
        assert seen_as(signed_in) == owner


def test_a_guests_session_has_nobody(client: Client) -> None:
    session = client.session
    session["wanted"] = "/home/"
    session.save()
    store = SessionStore(session.session_key)
    assert store.load() == {"wanted": "/home/"}
    assert store.person is None
