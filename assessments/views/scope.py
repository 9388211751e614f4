"""The scope wizard: screens, what follows from them, and how deep to go."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from assessments.access import AssessmentAccess, assessment_open, assessment_read
from assessments.errors import ChangeRefused, ScopeChanged
from assessments.forms.errors import error_links
from assessments.forms.scope import DepthForm, ScopeForm, scope_initial
from assessments.pages.depth import depth_page
from assessments.pages.overview import continue_url
from assessments.pages.scope import (
    ScreenPage,
    first_open_screen,
    next_scope_page,
    scope_summary,
    screen_page,
    told_facts,
)
from assessments.queries import answers_of
from assessments.scope_facts import facts_from_json
from assessments.services.runs import choose_depth, save_scope


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def scope_screen(request: SignedInRequest, pk: UUID, screen: str) -> HttpResponse:
    access = assessment_open(request.user, pk, Capability.EDIT_SCOPE, lock=request.method == "POST")
    page = screen_page(access.edition, access.assessment, screen)
    if page is None:
        raise Http404
    if request.method != "POST":
        return _show(request, access, page, _unbound(access, page))
    form = ScopeForm(request.POST, questions=page.questions)
    if not form.is_valid():
        return _show(request, access, page, form, status=422)
    try:
        save_scope(
            assessment=access.assessment,
            edition=access.edition,
            given=form.given(),
            seen_version=form.cleaned_data["version"] or 0,
        )
    except ScopeChanged as refused:
        return _show(request, access, page, _unbound(access, page), refused=refused, status=409)
    return redirect("scope", pk=pk)


@require_safe
def scope(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What follows from the facts; while facts are missing, the page that asks for them."""
    access = assessment_read(request.user, pk)
    can_edit = access.can(Capability.EDIT_SCOPE) and not access.assessment.is_finished
    asks_next = next_scope_page(access.edition, access.assessment) if can_edit else None
    if asks_next:
        return redirect(asks_next)
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "summary": scope_summary(access.edition, access.assessment, timezone.localdate(), can_edit=can_edit),
        "disclaimer": access.edition.disclaimer,
        "told": told_facts(access.edition, access.assessment, can_edit=can_edit),
        "first_screen": access.edition.scope.screens[0].id,
        "asks_trade": bool(access.edition.presets),
        "can_edit": can_edit,
        "continue_url": _after_scope(access) if can_edit else "",
    }
    return render(request, "assessments/scope.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def depth(request: SignedInRequest, pk: UUID) -> HttpResponse:
    access = assessment_open(request.user, pk, Capability.EDIT_SCOPE, lock=request.method == "POST")
    if first_open_screen(access.edition, access.assessment):
        return redirect("scope", pk=pk)
    form = DepthForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        choose_depth(assessment=access.assessment, depth=form.chosen())
        return redirect("assessment", pk=pk)
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "page": depth_page(access.edition, access.assessment),
        "errors": error_links(form),
    }
    return render(request, "assessments/depth.html", context, status=422 if form.errors else 200)


def _after_scope(access: AssessmentAccess) -> str:
    """Straight to the questions where the depth is known, as after a quick check."""
    if not access.assessment.depth:
        return reverse("depth", args=[access.assessment.pk])
    return continue_url(access, answers_of(access.assessment))


def _unbound(access: AssessmentAccess, page: ScreenPage) -> ScopeForm:
    initial = scope_initial(page.questions, facts_from_json(access.assessment.facts))
    return ScopeForm(questions=page.questions, initial={**initial, "version": access.assessment.scope_version})


def _show(
    request: SignedInRequest,
    access: AssessmentAccess,
    page: ScreenPage,
    form: ScopeForm,
    *,
    refused: ChangeRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "page": page,
        "form": form,
        "errors": error_links(form),
        "refused": refused,
    }
    return render(request, "assessments/scope_screen.html", context, status=status)
