from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import SignInEventKind
from accounts.paging import list_page
from accounts.requests import SignedInRequest
from accounts.sign_in.events import record_sign_in_event
from accounts.sign_in.sessions import end_sessions


@require_safe
def sign_in_activity(request: SignedInRequest) -> HttpResponse:
    """Where and when the person signed in and changed how they sign in, newest first."""
    return render(
        request, "accounts/sign_in_activity.html", {"page": list_page(request.user.sign_in_events.all(), request.GET)}
    )


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]
def sign_in_not_me(request: SignedInRequest) -> HttpResponse:
    """Signs everybody else out of the person's account, then asks for a new password."""
    end_sessions(request.user, but=request.session.session_key)
    record_sign_in_event(person=request.user, kind=SignInEventKind.SIGNED_OUT_ELSEWHERE, request=request)
    messages.success(request, _("Every other browser is signed out. Now choose a new password."))
    return redirect("account_change_password")
