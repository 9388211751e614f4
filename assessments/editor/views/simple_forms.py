"""What the views of small items share: one form, saved or shown again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from assessments.editor.errors import EditConflict
from assessments.editor.forms.simple_forms import VersionedForm
from assessments.editor.pages.simple_form import SimpleFormPage, simple_form_conflict
from assessments.editor.services.ordering import Direction
from assessments.errors import ChangeRefused

TEMPLATE = "editor/thing.html"
SimpleFormType = TypeVar("SimpleFormType", bound=VersionedForm)


def show_form(request: SignedInRequest, page: SimpleFormPage, status: int = 200) -> HttpResponse:
    return render(request, TEMPLATE, {"page": page}, status=status)


def save_form(
    request: SignedInRequest,
    page: SimpleFormPage,
    form: SimpleFormType,
    value: Callable[[SimpleFormType], Any],
    save: Callable[[Any], object],
    after: str,
    present: Callable[[SignedInRequest, SimpleFormPage, int], HttpResponse] = show_form,
) -> HttpResponse:
    """`value` reads a valid form, `save` stores what it read; a conflict shows both versions and overwrites nothing."""
    if not form.saves:
        form.errors.clear()
        return present(request, replace(page, form=form), 200)
    if not form.is_valid():
        return present(request, replace(page, form=form), 422)
    mine = value(form)
    try:
        save(mine)
    except EditConflict as conflict:
        shown = simple_form_conflict(page.row, conflict.stored, mine, conflict.version)
        return present(request, replace(page, form=form, conflict=shown), 409)
    messages.success(request, _("Saved."))
    return redirect(after)


def version_sent(request: SignedInRequest) -> int:
    """The version that the page was made from, of a form with nothing else in it."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else 0


@contextmanager
def refuse_if_changed(name: str) -> Iterator[None]:
    """Where there are no texts to compare, a conflict is refused with a message."""
    try:
        yield
    except EditConflict:
        raise ChangeRefused(
            _("Someone changed %(name)s while this page was open. Check it again, then decide.") % {"name": name}
        ) from None


def step_asked(request: SignedInRequest) -> Direction:
    return Direction.UP if request.POST.get("step") == "up" else Direction.DOWN
