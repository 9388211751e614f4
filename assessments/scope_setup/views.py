"""Place, people and trade; what the trade assumes; and what is left to ask."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from accounts.views.form_pages import form_methods
from assessments.access import AssessmentAccess, assessment_open
from assessments.errors import ScopeChanged
from assessments.forms.errors import error_links
from assessments.forms.scope import ScopeForm, scope_initial
from assessments.scope_facts import facts_from_json
from assessments.scope_setup.forms import SOMETHING_ELSE, AssumptionsForm, TradeForm
from assessments.scope_setup.pages import (
    AssumptionsPage,
    assumptions_page,
    first_questions,
    known_already,
    questions_left,
)
from assessments.scope_setup.services import choose_trade
from assessments.scoring.scoping.assumptions import confirmed
from assessments.services.runs import save_scope

START = "assessments/scope_start.html"
ASSUMPTIONS = "assessments/scope_assumptions.html"
QUESTIONS = "assessments/scope_questions.html"


@form_methods
@transaction.atomic
def scope_start(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Also to choose another trade later."""
    access = _open(request, pk)
    edition, run = access.edition, access.assessment
    questions = first_questions(edition)
    if not edition.presets:
        return redirect("scope", pk=pk)
    trade = {None: "", "": SOMETHING_ELSE}.get(run.preset, run.preset)
    initial = {**scope_initial(questions, facts_from_json(run.facts)), "trade": trade, "version": run.scope_version}
    unbound = TradeForm(questions=questions, presets=edition.presets, initial=initial)
    known = {"known": known_already(edition, run) if run.preset is None else ""}
    if request.method != "POST":
        return _show(request, access, START, unbound, more=known)
    form = TradeForm(request.POST, questions=questions, presets=edition.presets)
    if not form.is_valid():
        return _show(request, access, START, form, more=known)
    try:
        choose_trade(
            assessment=run, edition=edition, trade=form.trade, given=form.given(), seen_version=_seen_version(form)
        )
    except ScopeChanged as refused:
        return _show(request, access, START, unbound, refused=refused)
    return redirect("scope", pk=pk)


@form_methods
@transaction.atomic
def scope_assumptions(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Nothing that the trade assumes is a fact before it is confirmed here."""
    access = _open(request, pk)
    page = assumptions_page(access.edition, access.assessment)
    if page is None:
        return redirect("scope", pk=pk)
    if request.method != "POST":
        return _show_assumptions(request, access, page, _assuming(access, page))
    if _is_outdated(request, access):
        return _show_assumptions(request, access, page, _assuming(access, page), refused=ScopeChanged())
    known, scope = facts_from_json(access.assessment.facts), access.edition.scope
    form = AssumptionsForm(request.POST, questions=page.questions, scope=scope, known=known)
    if not form.is_valid():
        return _show_assumptions(request, access, page, form)
    given = confirmed(scope, known, form.given())
    save_scope(
        assessment=access.assessment, edition=access.edition, given=dict(given), seen_version=_seen_version(form)
    )
    return redirect("scope", pk=pk)


@form_methods
@transaction.atomic
def scope_questions(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What a trade does not assume and could still change something."""
    access = _open(request, pk)
    questions = questions_left(access.edition, access.assessment)
    if not questions:
        return redirect("scope", pk=pk)
    unbound = ScopeForm(questions=questions, initial={"version": access.assessment.scope_version})
    if request.method != "POST":
        return _show(request, access, QUESTIONS, unbound)
    if _is_outdated(request, access):
        return _show(request, access, QUESTIONS, unbound, refused=ScopeChanged())
    form = ScopeForm(request.POST, questions=questions)
    if not form.is_valid():
        return _show(request, access, QUESTIONS, form)
    save_scope(
        assessment=access.assessment, edition=access.edition, given=form.given(), seen_version=_seen_version(form)
    )
    return redirect("scope", pk=pk)


def _open(request: SignedInRequest, pk: UUID) -> AssessmentAccess:
    return assessment_open(request.user, pk, Capability.EDIT_SCOPE, lock=request.method == "POST")


def _is_outdated(request: SignedInRequest, access: AssessmentAccess) -> bool:
    """Whether the page was made for other facts: then it may have asked other questions, too."""
    return request.POST.get("version", "") != str(access.assessment.scope_version)


def _seen_version(form: ScopeForm) -> int:
    return form.cleaned_data["version"] or 0


def _assuming(access: AssessmentAccess, page: AssumptionsPage) -> ScopeForm:
    initial = scope_initial(page.questions, page.answers)
    return ScopeForm(questions=page.questions, initial={**initial, "version": access.assessment.scope_version})


def _show_assumptions(
    request: SignedInRequest,
    access: AssessmentAccess,
    page: AssumptionsPage,
    form: ScopeForm,
    *,
    refused: ScopeChanged | None = None,
) -> HttpResponse:
    more = {
        "preset": page.preset,
        "asked": page.fields(form, with_ai=False),
        "lines": page.lines(form, with_ai=False),
        "asked_with_ai": page.fields(form, with_ai=True),
        "lines_with_ai": page.lines(form, with_ai=True),
    }
    return _show(request, access, ASSUMPTIONS, form, refused=refused, more=more)


def _show(
    request: SignedInRequest,
    access: AssessmentAccess,
    template: str,
    form: ScopeForm,
    *,
    refused: ScopeChanged | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "form": form,
        "errors": error_links(form),
        "refused": refused,
        **(more or {}),
    }
    status = 409 if refused else 422 if form.errors else 200
    return render(request, template, context, status=status)
