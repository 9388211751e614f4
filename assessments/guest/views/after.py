"""After the end of a quick check: sharing it with the consultancy behind the link, and keeping it in an account."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest, actor_of
from accounts.sign_in.rate_limits import rate_limited
from accounts.views.form_pages import form_methods
from assessments.bank.types import Depth
from assessments.editions.stored import edition_of
from assessments.forms.errors import error_links
from assessments.forms.style_controls import style_controls
from assessments.guest.access import CHECK_KEY, CheckAccess, check_of_session
from assessments.guest.forms import KeepForm, ShareForm
from assessments.guest.pages.check import next_url, offered_by
from assessments.guest.pages.keep import places_to_keep, sizes_of_depths
from assessments.guest.pages.shared import shown_check
from assessments.guest.services.keeping import RunIsOpen, keep_check
from assessments.guest.services.sharing import SharedBy, share_check, take_back_check
from assessments.guest.views import open_to_guests
from assessments.pages.scope import first_open_screen
from assessments.presentation.quick_check.asked import first_open_fact_screen


@rate_limited("share_check")
@open_to_guests
@form_methods
@transaction.atomic
def quick_check_share(request: HttpRequest) -> HttpResponse:
    """Shows all that the consultancy would see, before anything is shared."""
    access = _finished(request)
    if access is None or access.link is None:
        return redirect("quick_check_result")
    form = ShareForm(request.POST if request.method == "POST" else None)
    style_controls(form)
    if form.is_valid():
        data = form.cleaned_data
        by = SharedBy(data["business"], data["email"], data["phone"])
        share_check(check=access.check, link=access.link, by=by, now=timezone.now())
        return redirect("quick_check_result")
    context = {
        "form": form,
        "errors": error_links(form),
        "shown": shown_check(access.edition, access.given, timezone.localdate()),
        "offered": offered_by(access.link),
        "shared": access.check.shared_id is not None,
    }
    return render(request, "guest/share.html", context, status=422 if form.errors else 200)


@rate_limited("share_check")
@open_to_guests
@require_POST
@transaction.atomic
def quick_check_take_back(request: HttpRequest) -> HttpResponse:
    access = check_of_session(request.session, timezone.now(), lock=True)
    if access:
        take_back_check(check=access.check)
    return redirect("quick_check_result")


@never_cache
@form_methods
@transaction.atomic
def quick_check_keep(request: SignedInRequest) -> HttpResponse:
    """Carries the check of this browser into a new assessment of an organisation of this person."""
    access = check_of_session(request.session, timezone.now(), lock=request.method == "POST")
    if access is None:
        messages.info(
            request,
            _("There is no quick check in this browser. It may be over, or it is in the browser that you made it in."),
        )
        return redirect("home")
    if first_open_fact_screen(access.edition, access.given.facts):
        return redirect(next_url(access, timezone.localdate()))
    places = places_to_keep(request.user)
    sizes = sizes_of_depths(access, timezone.localdate())
    form = KeepForm(request.POST if request.method == "POST" else None, organisations=places.free, sizes=sizes)
    if form.is_valid():
        try:
            return _kept(request, access, form)
        except RunIsOpen as refused:
            form.add_error("organisation", refused.message)
            places = places_to_keep(request.user)
    context = {"form": form, "errors": error_links(form), "places": places, "offered": offered_by(access.link)}
    return render(request, "guest/keep.html", context, status=422 if form.errors else 200)


def _kept(request: SignedInRequest, access: CheckAccess, form: KeepForm) -> HttpResponse:
    run = keep_check(
        check=access.check,
        organisation=form.cleaned_data["organisation"],
        depth=Depth(form.cleaned_data["depth"]),
        by=actor_of(request),
        now=timezone.now(),
    )
    request.session.pop(CHECK_KEY, None)
    messages.success(request, _("Your quick check is kept. Its answers count."))
    return redirect("scope" if first_open_screen(edition_of(run.edition), run) else "assessment", pk=run.pk)


def _finished(request: HttpRequest) -> CheckAccess | None:
    """The check of this browser, if all is answered."""
    access = check_of_session(request.session, timezone.now(), lock=request.method == "POST")
    if access is None or first_open_fact_screen(access.edition, access.given.facts):
        return None
    answered = next_url(access, timezone.localdate()).endswith("/result/")
    return access if answered else None
