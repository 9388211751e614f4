from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import SignInEventKind
from accounts.requests import SignedInRequest
from accounts.sign_in.events import record_sign_in_event
from accounts.sign_in.sessions import end_sessions
from accounts.views.form_pages import form_methods


@login_not_required
@require_safe
def signed_in_as(request: HttpRequest) -> HttpResponse:
    """Who is signed in, for an open page that asks whether it may still be seen, with a new token for its forms."""
    person = request.user.pk
    return JsonResponse({"person": person, "token": get_token(request)} if person else {"person": None})


@form_methods
def sessions(request: SignedInRequest) -> HttpResponse:
    """Where the person is signed in. A POST ends the session named by `session`, or all but this one."""
    if request.method == "POST":
        ended: HttpResponse = _end(request)
        return ended
    listed = sorted(UserSession.objects.purge_and_list(request.user), key=lambda each: each.created_at)
    return render(request, "usersessions/usersession_list.html", {"sessions": listed, "session_count": len(listed)})


@reauthentication_required  # type: ignore[untyped-decorator]
def _end(request: SignedInRequest) -> HttpResponse:
    """Only for who has just confirmed who they are: a stranger at an open browser locks nobody out."""
    here, named = request.session.session_key, request.POST.get("session", "")
    if not named:
        end_sessions(request.user, but=here)
        messages.success(request, _("You are signed out everywhere else."))
    else:
        mine = UserSession.objects.filter(user=request.user, pk=int(named) if named.isdecimal() else 0)
        for other in mine.exclude(session_key=here):
            other.end()
        messages.success(request, _("That browser is signed out."))
    record_sign_in_event(person=request.user, kind=SignInEventKind.SIGNED_OUT_ELSEWHERE, request=request)
    return redirect("usersessions_list")
