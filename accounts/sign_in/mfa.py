"""Who must use MFA, and the middleware that lets them no further until it is set up."""

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import Membership, OrganisationKind, User
from accounts.refused.typed import typed_text
from accounts.refused.way_back import page_before

FROM_NOBODY, FROM_EVERYBODY = "nobody", "everybody"
"""Values of MFA_REQUIRED; the third one is "privileged"."""
MFA_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as MFA; recovery codes alone do not, because they run out."""
OPEN_PAGES = frozenset({"landing", "settings", "privacy", "operator", "processor_terms", "security_txt"})
OPEN_FOLDER = "account/"
"""Signing in and out, and all the pages on which MFA is set up."""
WANTED_PAGE = "second_step_wanted"
"""The session's key for the page that the person wanted to open."""


def with_mfa_state(people: QuerySet[User]) -> QuerySet[User]:
    """Annotates users with what the functions below need, so that those make no queries of their own."""
    return people.annotate(
        is_consultant=Exists(
            Membership.objects.filter(user=OuterRef("pk"), organisation__kind=OrganisationKind.CONSULTANCY)
        ),
        has_mfa=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=MFA_TYPES)),
    )


def requires_mfa(person: User) -> bool:
    """Administrators, bank editors and everyone at a consultancy, because what they can see or change concerns others;
    everybody where the site asks for that.
    """
    return settings.MFA_REQUIRED == FROM_EVERYBODY or is_privileged(person)


def second_step_is_required() -> bool:
    """Whether this site requires it of anybody."""
    return bool(settings.MFA_REQUIRED != FROM_NOBODY)


def is_privileged(person: User) -> bool:
    """Whether others rely on this person's account being safe."""
    return person.is_staff or person.is_superuser or person.edits_bank or is_consultant(person)


def is_consultant(person: User) -> bool:
    """Whether the person is a member of a consultancy."""
    return bool(_fetched(person, "is_consultant"))


def has_mfa(person: User) -> bool:
    """Whether an authenticator app or a passkey is set up."""
    return bool(_fetched(person, "has_mfa"))


def lacks_required_mfa(person: User | AnonymousUser) -> bool:
    """Whether this person must set up MFA before going on; always False where the site does not require it."""
    if not second_step_is_required() or not isinstance(person, User):
        return False
    return requires_mfa(person) and not has_mfa(person)


class MfaStateBackend(AuthenticationBackend):  # type: ignore[misc] # allauth has no types
    """Signs in as allauth does, and loads a request's user together with their MFA state in one query."""

    def get_user(self, user_id: Any) -> User | None:
        person = with_mfa_state(User.objects.order_by()).filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None


class MfaRequiredMiddleware:
    """Runs before every view, administration and downloads included; only the pages named here are open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if not request.user.is_authenticated or not lacks_required_mfa(request.user) or _is_open(request):
            return None
        if request.method == "POST" and not request.headers.get("HX-Request"):
            request.session.setdefault(WANTED_PAGE, page_before(request))
            return render(request, "second_step_first.html", {"typed": typed_text(request)}, status=403)
        # What a script requests is not a page to return to.
        if request.method == "GET" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
            request.session[WANTED_PAGE] = request.get_full_path()
        return redirect("mfa_required")


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and (match.route.startswith(OPEN_FOLDER) or match.view_name in OPEN_PAGES)


def _fetched(person: User, name: str) -> object:
    """Loaded with the request's user; for any other user it is looked up now."""
    if not hasattr(person, name):
        fresh = with_mfa_state(User.objects.order_by()).get(pk=person.pk)
        for each in ("is_consultant", "has_mfa"):
            setattr(person, each, getattr(fresh, each))
    return getattr(person, name)
