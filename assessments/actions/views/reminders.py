"""Whether and when somebody is written to: chosen when signed in, stopped by the link of a mail."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.requests import SignedInRequest
from accounts.views.form_pages import form_methods
from assessments.actions.forms import ReminderForm
from assessments.actions.reminder_choices import reminder_choice_of, set_reminders, stop_reminders
from assessments.forms.errors import error_links
from assessments.models import ReminderChoice


@form_methods
def plan_reminders(request: SignedInRequest) -> HttpResponse:
    """The person's own choice, for all organisations together."""
    choice = reminder_choice_of(request.user)
    initial = {
        "wanted": choice is None or choice.stopped_at is None,
        "time_zone": choice.time_zone if choice else "",
    }
    form = ReminderForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        set_reminders(person=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("plan_reminders")
    context = {"form": form, "errors": error_links(form), "mail": settings.MAIL_CONFIGURED}
    return render(request, "plan/reminders.html", context, status=422 if form.errors else 200)


@login_not_required
@csrf_exempt
@never_cache
@form_methods
def plan_reminders_stop(request: HttpRequest, key: UUID) -> HttpResponse:
    """A mail program sends the request of RFC 8058 without having seen a page; only a POST stops anything.

    Exempt from the check for a form's own token: the key in the address is the token.
    """
    if request.method == "POST":
        if not stop_reminders(stop_key=key, now=timezone.now()):
            raise Http404
        return render(request, "plan/stopped.html")
    if not ReminderChoice.objects.filter(stop_key=key).exists():
        raise Http404
    return render(request, "plan/stop.html")
