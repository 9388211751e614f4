"""What the views of small things share: one form, saved or shown again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from assessments.editor.errors import EditConflict
from assessments.editor.forms.things import VersionedForm
from assessments.editor.pages.thing import ThingPage, thing_conflict
from assessments.editor.services.places import Step

TEMPLATE = "editor/thing.html"
Form = TypeVar("Form", bound=VersionedForm)


def show(request: SignedInRequest, page: ThingPage, status: int = 200) -> HttpResponse:
    return render(request, TEMPLATE, {"page": page}, status=status)


def save_thing(
    request: SignedInRequest,
    page: ThingPage,
    form: Form,
    value: Callable[[Form], Any],
    save: Callable[[Any], object],
    after: str,
    present: Callable[[SignedInRequest, ThingPage, int], HttpResponse] = show,
) -> HttpResponse:
    """`value` is what a valid form says, `save` keeps it; a conflict shows both versions and overwrites nothing."""
    if not form.is_valid():
        return present(request, replace(page, form=form), 422)
    mine = value(form)
    try:
        save(mine)
    except EditConflict as conflict:
        shown = thing_conflict(conflict.stored, mine, conflict.version)
        return present(request, replace(page, form=form, conflict=shown), 409)
    messages.success(request, _("Saved."))
    return redirect(after)


def step_asked(request: SignedInRequest) -> Step:
    return Step.UP if request.POST.get("step") == "up" else Step.DOWN
