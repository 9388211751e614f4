"""The plan, and what is put on it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import organisation_for
from accounts.models import Organisation, User
from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from accounts.views.form_pages import form_methods
from assessments.actions.forms import DropForm, FinishForm, OwnTaskForm, TermsForm
from assessments.actions.pages.action import StepPage, people_to_choose, step_page
from assessments.actions.pages.plan import plan_page
from assessments.actions.reminder_choices import remember_time_zone, reminder_choice_of, time_zone_of
from assessments.actions.services import (
    ActionTerms,
    StepTakenAlready,
    add_own_task,
    drop_action,
    finish_action,
    take_step,
)
from assessments.forms.errors import error_links
from assessments.results.newest_plan import newest_plan


@require_safe
def show_plan(request: SignedInRequest, pk: UUID) -> HttpResponse:
    standing = organisation_for(request.user, pk, Capability.VIEW_ASSESSMENTS)
    choice = reminder_choice_of(request.user)
    today = timezone.localdate(timezone=time_zone_of(choice))
    page = plan_page(standing, choice, request.GET, today)
    return render(request, "plan/plan.html", {"organisation": standing.organisation, "page": page})


@form_methods
def action_take(request: SignedInRequest, pk: UUID, question: str, level: int) -> HttpResponse:
    """A step of the newest plan: take it on, say that it is done, or that it is not for this business."""
    organisation = organisation_for(request.user, pk, Capability.ANSWER).organisation
    page = step_page(organisation, question, level)
    if page.live and request.method != "POST":
        return redirect("action_edit", pk=pk, action=page.live.pk)
    wanted = request.POST.get("do", "take")
    sent = request.POST if request.method == "POST" else None
    forms = {
        "take": TermsForm(
            sent if wanted == "take" else None,
            people=people_to_choose(organisation, request.user),
            today=today_of(request.user),
            initial={"who": str(request.user.pk)},
        ),
        "done": FinishForm(sent if wanted == "done" else None),
        "drop": DropForm(sent if wanted == "drop" else None),
    }
    form = forms.get(wanted, forms["take"])
    if form.is_valid():
        _take(request, organisation, page, form)
        return after_done(organisation, question) if wanted == "done" else redirect("plan", pk=pk)
    return _step_form(request, organisation, page, forms, form)


def after_done(organisation: Organisation, question: str) -> HttpResponse:
    """The question of the step is asked again, so that the figures move at once; without one, back to the plan."""
    plan = newest_plan(organisation)
    if plan is None or not plan.asks(question):
        return redirect("plan", pk=organisation.pk)
    return redirect("question_again", pk=organisation.pk, question=question)


@transaction.atomic
def _take(request: SignedInRequest, organisation: Organisation, page: StepPage, form: Form) -> None:
    by, now = actor_of(request), timezone.now()
    terms = typed_terms(request, form)
    action = take_step(organisation=organisation, step=page.step, terms=terms, by=by, now=now)
    if action.created_by != by.person and not isinstance(form, TermsForm):
        # What a colleague took on meanwhile is theirs to end, or to be ended by somebody who has seen it.
        raise StepTakenAlready
    if isinstance(form, FinishForm):
        finish_action(action=action, seen_version=action.version, proof=form.cleaned_data["proof"], by=by, now=now)
        messages.success(request, _("Well done. It is in your plan as done."))
    elif isinstance(form, DropForm):
        reason = form.cleaned_data["reason"]
        drop_action(action=action, seen_version=action.version, reason=reason, by=by, now=now)
        messages.success(request, _("It is noted as not for you. You can put it back at any time."))
    else:
        messages.success(request, _("It is on your plan."))


def _step_form(
    request: SignedInRequest, organisation: Organisation, page: StepPage, forms: dict[str, Form], sent: Form
) -> HttpResponse:
    context = {
        "organisation": organisation,
        "page": page,
        "forms": forms,
        "opened": request.POST.get("do") or request.GET.get("do", ""),
        "errors": error_links(sent),
    }
    return render(request, "plan/take.html", context, status=422 if sent.errors else 200)


@form_methods
def action_add(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A task of their own, which no question asks for."""
    organisation = organisation_for(request.user, pk, Capability.ANSWER).organisation
    form = OwnTaskForm(
        request.POST if request.method == "POST" else None,
        people=people_to_choose(organisation, request.user),
        today=today_of(request.user),
        initial={"who": str(request.user.pk)},
    )
    if form.is_valid():
        title, terms = form.cleaned_data["title"], typed_terms(request, form)
        add_own_task(organisation=organisation, title=title, terms=terms, by=actor_of(request), now=timezone.now())
        messages.success(request, _("It is on your plan."))
        return redirect("plan", pk=pk)
    context = {"organisation": organisation, "form": form, "errors": error_links(form)}
    return render(request, "plan/add.html", context, status=422 if form.errors else 200)


def today_of(person: User) -> date:
    """The day that it is where the person is, as far as we know."""
    return timezone.localdate(timezone=time_zone_of(reminder_choice_of(person)))


def typed_terms(request: SignedInRequest, form: Form) -> ActionTerms:
    """Of a valid form, the time zone of whose browser is remembered; nobody and nothing for other forms."""
    if not isinstance(form, TermsForm):
        return ActionTerms()
    remember_time_zone(person=request.user, time_zone=form.cleaned_data["time_zone"])
    return form.terms
