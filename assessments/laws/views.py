"""The laws of one organisation, and the dates of laws for bank editors."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import may_edit_bank, organisation_for
from accounts.permissions import Capability
from accounts.refused.rights import MissingRight, RightIsMissing
from accounts.requests import SignedInRequest
from accounts.views.form_pages import form_methods
from assessments.access import AssessmentAccess, assessment_open, question_in
from assessments.errors import AnswerConflict
from assessments.laws.forms import NoteAnswerForm
from assessments.laws.note import ASKS_FOR_THE_NOTE, NoteAnswer, given_by_note, laws_note_of, note_answer
from assessments.laws.pages import law_dates_page_of, laws_page
from assessments.pages.overview import question_url
from assessments.queries import answer_among
from assessments.services.answers import save_answer


@require_safe
def laws(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Which laws apply to the organisation and why, from the newest assessment whose facts are complete."""
    standing = organisation_for(request.user, pk, Capability.VIEW_ASSESSMENTS)
    context = {"organisation": standing.organisation, "page": laws_page(standing, timezone.localdate())}
    return render(request, "assessments/laws.html", context)


@require_safe
def laws_note(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The same on one sheet, dated, to print."""
    standing = organisation_for(request.user, pk, Capability.VIEW_ASSESSMENTS)
    context = {"organisation": standing.organisation, "page": laws_note_of(standing, timezone.localdate())}
    return render(request, "assessments/laws_note.html", context)


@form_methods
@transaction.atomic
def laws_answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What the note answers; it becomes the answer only when somebody confirms it. 404 where nobody asks for it."""
    access = assessment_open(request.user, pk, Capability.ANSWER, lock=request.method == "POST")
    question = question_in(access, ASKS_FOR_THE_NOTE)
    stored, _rows = answer_among(access.assessment, question.id)
    page = note_answer(access.edition, question, stored, timezone.localdate())
    if request.method != "POST" or not page.is_better:
        return _show_answer(request, access, page)
    form = NoteAnswerForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else None
    try:
        save_answer(
            assessment=access.assessment,
            stored=stored,
            given=given_by_note(page, stored, seen or 0),
            saved_by=request.user,
            answered_as=access.answers_as,
            now=timezone.now(),
        )
    except AnswerConflict as refused:
        return _show_answer(request, access, page, refused=refused)
    return redirect(question_url(access, question))


def _show_answer(
    request: SignedInRequest, access: AssessmentAccess, page: NoteAnswer, refused: AnswerConflict | None = None
) -> HttpResponse:
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "page": page,
        "refused": refused,
    }
    return render(request, "assessments/laws_answer.html", context, status=409 if refused else 200)


@require_safe
def law_dates_page(request: SignedInRequest) -> HttpResponse:
    """What of an edition's laws to look up again: of the newest published one, or of the draft in `?edition=`."""
    if not may_edit_bank(request.user):
        raise RightIsMissing(MissingRight.BANK_EDITOR)
    page = law_dates_page_of(request.GET.get("edition", ""), timezone.localdate())
    return render(request, "editor/law_dates.html", {"page": page})
