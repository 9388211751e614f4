"""Changes of one action."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import organisation_for, require
from accounts.permissions import Capability
from accounts.queries import Standing
from accounts.requests import SignedInRequest, actor_of
from accounts.views.form_pages import form_methods
from assessments.actions.access import action_in
from assessments.actions.forms import ActionCommentForm, ActionForm, DropForm, FinishForm
from assessments.actions.pages.action import action_page, people_to_choose
from assessments.actions.services import (
    ActionConflict,
    change_action,
    comment_on_action,
    drop_action,
    finish_action,
    reopen_action,
)
from assessments.actions.views.plan import after_done, today_of, typed_terms
from assessments.forms.errors import error_links
from assessments.models import Action, ActionState


@form_methods
def action_edit(request: SignedInRequest, pk: UUID, action: UUID) -> HttpResponse:
    """The action with its history: whoever may see the plan reads it, whoever may answer changes it."""
    standing = organisation_for(request.user, pk, Capability.VIEW_ASSESSMENTS)
    if request.method == "POST":
        require(standing, Capability.ANSWER)
    found = action_in(standing, action)
    form = _form(request, standing, found)
    if not form.is_valid():
        return _show(request, standing, found, form=form)
    try:
        change_action(
            action=found,
            seen_version=form.cleaned_data["version"],
            title=form.cleaned_data.get("title", ""),
            state=ActionState(form.cleaned_data["state"]),
            terms=typed_terms(request, form),
            by=actor_of(request),
            now=timezone.now(),
        )
    except ActionConflict as conflict:
        return _conflict(request, standing, conflict.stored, form)
    messages.success(request, _("Saved."))
    return redirect("plan", pk=pk)


@form_methods
def action_done(request: SignedInRequest, pk: UUID, action: UUID) -> HttpResponse:
    standing, found = _to_change(request, pk, action)
    form = FinishForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if asked := _end(request, standing, found, form, finish_action):
        return asked
    messages.success(request, _("Well done. It is in your plan as done."))
    return after_done(standing.organisation, found.question)


@form_methods
def action_drop(request: SignedInRequest, pk: UUID, action: UUID) -> HttpResponse:
    standing, found = _to_change(request, pk, action)
    form = DropForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if asked := _end(request, standing, found, form, drop_action):
        return asked
    messages.success(request, _("It is noted as not for you. You can put it back at any time."))
    return redirect("plan", pk=pk)


@require_POST
def action_reopen(request: SignedInRequest, pk: UUID, action: UUID) -> HttpResponse:
    _standing, found = _to_change(request, pk, action)
    reopen_action(action=found, by=actor_of(request), now=timezone.now())
    messages.success(request, _("It is back on your list."))
    return redirect("plan", pk=pk)


@require_POST
def action_comment(request: SignedInRequest, pk: UUID, action: UUID) -> HttpResponse:
    standing = organisation_for(request.user, pk, Capability.COMMENT)
    found = action_in(standing, action)
    form = ActionCommentForm(request.POST)
    if not form.is_valid():
        return _show(request, standing, found, comment=form)
    comment_on_action(action=found, text=form.cleaned_data["text"], by=actor_of(request), now=timezone.now())
    return redirect("action_edit", pk=pk, action=action)


def _to_change(request: SignedInRequest, pk: UUID, action: UUID) -> tuple[Standing, Action]:
    standing = organisation_for(request.user, pk, Capability.ANSWER)
    return standing, action_in(standing, action)


def _form(request: SignedInRequest, standing: Standing, found: Action, *, sent: bool = True) -> ActionForm:
    people = people_to_choose(standing.organisation, request.user, found)
    data = request.POST if sent and request.method == "POST" else None
    return ActionForm(data, action=found, people=people, today=today_of(request.user))


def _conflict(request: SignedInRequest, standing: Standing, stored: Action, form: ActionForm) -> HttpResponse:
    """What was typed stays in the form; sent again, it goes over what the page now shows."""
    return _show(request, standing, stored, form=_again(form, ActionConflict(stored)), conflict=True)


def _again(form: Form, conflict: ActionConflict) -> Form:
    """The form as it was sent, made from the row as it is now."""
    form.data = {**{name: form.data.get(name) for name in form.data}, "version": str(conflict.stored.version)}
    return form


def _show(
    request: SignedInRequest,
    standing: Standing,
    found: Action,
    *,
    form: Form | None = None,
    comment: ActionCommentForm | None = None,
    conflict: bool = False,
) -> HttpResponse:
    sent = [each for each in (form, comment) if each is not None and each.is_bound]
    errors = error_links(*sent)
    context = {
        "organisation": standing.organisation,
        "page": action_page(standing, found, request.GET, today_of(request.user)),
        "form": form or _form(request, standing, found, sent=False),
        "comment": comment or ActionCommentForm(),
        "conflict": conflict,
        "errors": errors,
    }
    return render(request, "plan/action.html", context, status=409 if conflict else 422 if errors else 200)


def _end(
    request: SignedInRequest, standing: Standing, found: Action, form: Form, end: Callable[..., object]
) -> HttpResponse | None:
    """The page that asks, as long as it has to; None once `end` has stored what was typed."""
    if not form.is_valid():
        return _ask(request, standing, found, form)
    typed = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    seen = form.cleaned_data["version"] or found.version
    try:
        end(action=found, seen_version=seen, by=actor_of(request), now=timezone.now(), **typed)
    except ActionConflict as conflict:
        return _ask(request, standing, conflict.stored, _again(form, conflict), conflict=True)
    return None


def _ask(
    request: SignedInRequest, standing: Standing, found: Action, form: Form, *, conflict: bool = False
) -> HttpResponse:
    context = {
        "organisation": standing.organisation,
        "page": action_page(standing, found, request.GET, today_of(request.user)),
        "form": form,
        "done": isinstance(form, FinishForm),
        "conflict": conflict,
        "errors": error_links(form),
    }
    return render(request, "plan/finish.html", context, status=409 if conflict else 422 if form.errors else 200)
