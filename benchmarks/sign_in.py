"""Forms that take any e-mail address: whether the response time reveals if the address has an account.

Production's password hashing, mail set up (and thrown away), no rate limits. The calls take turns.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import count, cycle
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor
from accounts.models import InvitationKind, Role, User
from accounts.services.invitations import invite
from benchmarks.measuring import Figure, medians
from tests.factories import PASSWORD, OrganisationFactory, member

KNOWN, UNKNOWN = "known", "unknown"
ROUNDS = 20
WARM_UP = 2
AS_IN_PRODUCTION: dict[str, Any] = {
    "PASSWORD_HASHERS": ["accounts.passwords.bounded_hashing.BoundedArgon2Hasher"],
    "CONSTANT_TIME_SECONDS": 0.5,
    "MAIL_CONFIGURED": True,
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    "ACCOUNT_RATE_LIMITS": False,
}
Send = Callable[[], object]


def figures() -> Iterable[Figure]:
    with override_settings(**AS_IN_PRODUCTION):
        yield from _differences("", 1.1)
    with override_settings(**AS_IN_PRODUCTION | {"CONSTANT_TIME_SECONDS": 0}):
        yield from _differences(", not held back", None)


def _differences(how: str, bar: float | None) -> Iterable[Figure]:
    forms = _forms()
    calls = {f"{form} {kind}": call for form, both in forms.items() for kind, call in both.items()}
    times = medians(calls, rounds=ROUNDS, warm_up=WARM_UP)
    for form in forms:
        known, unknown = times[f"{form} {KNOWN}"], times[f"{form} {UNKNOWN}"]
        yield Figure(f"{form}, known address{how}, p50", known, "ms")
        yield Figure(f"{form}, unknown address{how}, p50", unknown, "ms")
        yield Figure(f"{form}, the slower / the quicker{how}", max(known, unknown) / min(known, unknown), "x", bar)


def _forms() -> dict[str, dict[str, Send]]:
    sign_up = {"password1": PASSWORD, "organisation_name": "Boulangerie Lumière"}
    organisation = OrganisationFactory.create()
    owner = Client()
    owner.force_login(member(organisation))
    invite = reverse("invite_colleague", args=[organisation.pk])
    change = reverse("account_email")
    return {
        "sign-up": _both(reverse("account_signup"), {"email": "", **sign_up}),
        "sign-in": _both(reverse("account_login"), {"login": "", "password": "not the password"}),
        "password reset": _both(reverse("account_reset_password"), {"email": ""}),
        "invitation": _both(invite, {"email": "", "role": "viewer"}, client=owner, known=_guests()),
        "invitation again": _invitations_again(),
        "change of address": _both(change, {"email": "", "action_add": "on"}, client=_signed_in(), known=_guests()),
        "confirmation again": {KNOWN: _confirmation_again(_known_email()), UNKNOWN: _confirmation_again(_new())},
    }


def _both(
    url: str, data: dict[str, str], *, client: Client | None = None, known: Iterator[str] | None = None
) -> dict[str, Send]:
    """`data` has an empty field for the e-mail address."""
    known = known or cycle([_known_email(PASSWORD)])

    def send(email: str) -> None:
        answer = (client or Client()).post(url, {name: given or email for name, given in data.items()})
        assert answer.status_code == (200 if "login" in data else 302), (url, answer.status_code)

    return {KNOWN: lambda: send(next(known)), UNKNOWN: lambda: send(_new())}


def _guests() -> Iterator[str]:
    """Each time somebody else: nobody is invited twice, nobody changes twice to the same address."""
    return iter([_known_email() for _ in range(ROUNDS + WARM_UP)])


def _invitations_again() -> dict[str, Send]:
    organisation = OrganisationFactory.create()
    person = member(organisation)
    owner = Client()
    owner.force_login(person)

    def sent(email: str) -> str:
        sending = invite(
            organisation=organisation,
            kind=InvitationKind.MEMBER,
            email=email,
            by=Actor(person),
            by_mail=True,
            role=Role.VIEWER,
        )
        return reverse("invitation_again", args=[organisation.pk, sending.invitation.pk])

    emails = {KNOWN: [sent(each) for each in _guests()], UNKNOWN: [sent(_new()) for _ in range(ROUNDS + WARM_UP)]}
    earlier = timezone.now() - timedelta(hours=1)
    organisation.invitations.update(created_at=earlier, sent_at=earlier)

    def again(these: Iterator[str]) -> Send:
        return lambda: _led_on(owner, next(these), {})

    return {kind: again(iter(each)) for kind, each in emails.items()}


def _confirmation_again(email: str) -> Send:
    """For an address that somebody wants to change to."""
    client = _signed_in()
    _led_on(client, reverse("account_email"), {"email": email, "action_add": "on"})
    return lambda: _led_on(client, reverse("account_email"), {"email": email, "action_send": "on"})


def _signed_in() -> Client:
    """With the password given once more a moment ago: a change of address asks for that."""
    client = Client()
    client.force_login(User.objects.get(email=_known_email(PASSWORD)))
    _led_on(client, reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def _led_on(client: Client, url: str, data: dict[str, str]) -> None:
    answer = client.post(url, data)
    assert answer.status_code == 302, (url, answer.status_code)
    assert not answer["Location"].startswith(reverse("account_reauthenticate")), url


def _new() -> str:
    return f"nobody{next(_numbers)}@example.org"


def _known_email(password: str | None = None) -> str:
    person = User.objects.create_user(f"somebody{next(_numbers)}@example.org", password)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person.email


_numbers = count()
