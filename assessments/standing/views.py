"""Asking single questions again after a result, and making an interim result of the answers."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from accounts.views.form_pages import form_methods
from assessments.access import AssessmentAccess, question_in
from assessments.bank.types import Question
from assessments.forms.errors import error_links
from assessments.models import Answer, StandingAnswer
from assessments.queries import answers_of
from assessments.services.answers import Given
from assessments.standing.access import newest_result_for
from assessments.standing.errors import NewerResult
from assessments.standing.forms import QuestionAgainForm, UndoForm, given_as_before, initial_again
from assessments.standing.pages import answered_again_page, counted_answer, question_again_page
from assessments.standing.services import make_interim_result, save_standing_answer, undo_standing_answer
from assessments.standing_answers import standing_answers_of

AS_BEFORE = "as-before"


@require_safe
def answered_again(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What was answered again since the newest result, what it moves, and what is due."""
    access = newest_result_for(request.user, pk, Capability.VIEW_ASSESSMENTS)
    organisation = access.assessment.organisation
    context = {"organisation": organisation, "page": answered_again_page(access, timezone.localdate())}
    return render(request, "assessments/again/list.html", context)


@form_methods
@transaction.atomic
def question_again(request: SignedInRequest, pk: UUID, question: str) -> HttpResponse:
    """One question with its old answer beside it. `as-before` gives the old answer once more as it is."""
    access = newest_result_for(request.user, pk, Capability.ANSWER, lock=request.method == "POST")
    asked = question_in(access, question)
    old = counted_answer(answers_of(access.assessment), asked.id)
    again = standing_answers_of(access.assessment).get(asked.id)
    form = _form(request, access, asked, old, again)
    if request.method == "POST":
        if request.POST.get("basis") != str(access.assessment.pk):
            raise NewerResult
        given = _given(request, form, old)
        if given:
            _save(request, access, again, given)
            return redirect("answered_again", pk=pk)
    context = {
        "organisation": access.assessment.organisation,
        "basis": access.assessment.pk,
        "page": question_again_page(access, form, old, again, timezone.localdate()),
        "errors": error_links(form) if form.is_bound else [],
    }
    return render(request, "assessments/again/question.html", context, status=422 if form.is_bound else 200)


@require_POST
@transaction.atomic
def undo_again(request: SignedInRequest, pk: UUID, question: str) -> HttpResponse:
    """Back to the answer of the result."""
    access = newest_result_for(request.user, pk, Capability.ANSWER, lock=True)
    form = UndoForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else None
    undo_standing_answer(basis=access.assessment, question=question_in(access, question).id, seen_version=seen or 0)
    return redirect("answered_again", pk=pk)


@require_POST
@transaction.atomic
def interim_result(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A second click leads to the same result."""
    try:
        access = newest_result_for(request.user, pk, Capability.SUBMIT, lock=True)
    except NewerResult:
        return redirect("answered_again", pk=pk)
    made = make_interim_result(basis=access.assessment, edition=access.edition, by=request.user, now=timezone.now())
    return redirect("result", pk=made.assessment_id if made else access.assessment.pk)


def _form(
    request: SignedInRequest,
    access: AssessmentAccess,
    question: Question,
    old: Answer | None,
    again: StandingAnswer | None,
) -> QuestionAgainForm:
    return QuestionAgainForm(
        request.POST if request.method == "POST" else None,
        question=question,
        offers_not_applicable=question.offers_not_applicable(frozenset(access.assessment.tags)),
        unknown=access.edition.unknown,
        initial=initial_again(question, old, again),
    )


def _given(request: SignedInRequest, form: QuestionAgainForm, old: Answer | None) -> Given | None:
    """None where the form has errors."""
    valid = form.is_valid()
    if AS_BEFORE in request.POST and old and form.errors.keys() <= {"answer", "reason"}:
        return given_as_before(old, form)
    return form.given() if valid else None


def _save(request: SignedInRequest, access: AssessmentAccess, again: StandingAnswer | None, given: Given) -> None:
    save_standing_answer(
        basis=access.assessment,
        stored=again,
        given=given,
        saved_by=request.user,
        answered_as=access.answers_as,
        now=timezone.now(),
    )
