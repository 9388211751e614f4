"""Who has to prove twice who they are, and the guard that lets them no further until they can."""

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import Membership, OrganisationKind, User

MFA_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts; recovery codes alone do not, for they run out."""
OPEN_PAGES = frozenset({"landing", "settings"})
OPEN_FOLDER = "account/"
"""Signing in and out, and everything by which a second step is set up."""
WANTED_PAGE = "second_step_wanted"
"""In the session: the page that somebody was on the way to."""


def with_mfa_state(people: QuerySet[User]) -> QuerySet[User]:
    """Their rows with what the functions below ask for: no query of its own, true at this very request."""
    return people.annotate(
        is_consultant=Exists(
            Membership.objects.filter(user=OuterRef("pk"), organisation__kind=OrganisationKind.CONSULTANCY)
        ),
        has_mfa=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=MFA_TYPES)),
    )


def requires_mfa(person: User) -> bool:
    """Administrators, bank editors and everyone at a consultancy: others' data or others' questions are at stake."""
    return person.is_staff or person.is_superuser or person.edits_bank or is_consultant(person)


def is_consultant(person: User) -> bool:
    """Whether the person belongs to a consultancy."""
    return bool(_fetched(person, "is_consultant"))


def has_mfa(person: User) -> bool:
    return bool(_fetched(person, "has_mfa"))


def lacks_required_mfa(person: User | AnonymousUser) -> bool:
    """Whether this person may not go on before a second step is set up."""
    if not settings.MFA_REQUIRED or not isinstance(person, User):
        return False
    return requires_mfa(person) and not has_mfa(person)


class MfaStateBackend(AuthenticationBackend):  # type: ignore[misc] # allauth has no types
    """Signs in as allauth does; the person of a request comes with what the guard asks for, in one query."""

    def get_user(self, user_id: Any) -> User | None:
        person = with_mfa_state(User.objects.order_by()).filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None


class MfaRequiredMiddleware:
    """Stands before every view, the administration's and downloads included: what is not named open is closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if not request.user.is_authenticated or not lacks_required_mfa(request.user) or _is_open(request):
            return None
        # What scripts ask for is no page to come back to.
        if request.method == "GET" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
            request.session[WANTED_PAGE] = request.get_full_path()
        return redirect("mfa_required")


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and (match.route.startswith(OPEN_FOLDER) or match.view_name in OPEN_PAGES)


def _fetched(person: User, name: str) -> object:
    """Known since the request began; a person from elsewhere is looked up."""
    if not hasattr(person, name):
        fresh = with_mfa_state(User.objects.order_by()).get(pk=person.pk)
        for each in ("is_consultant", "has_mfa"):
            setattr(person, each, getattr(fresh, each))
    return getattr(person, name)
