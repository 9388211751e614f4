"""Answering: a whole domain on one page, saved question by question or all at once."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from assessments.access import Seen, asked_in, assessment_open, assessment_read, domain_in, question_in
from assessments.bank.types import Domain, Question
from assessments.errors import AnswerConflict, EditionMoved
from assessments.forms.question import QuestionForm
from assessments.models import Answer, AssessmentState
from assessments.pages.conflict import Conflict, conflict_of
from assessments.pages.domain import Show, domain_page
from assessments.pages.errors import error_links
from assessments.pages.overview import question_url
from assessments.pages.saved import saved_page
from assessments.pages.together import Draft, together_on
from assessments.queries import answer_among, answers_of, scored
from assessments.services.answers import save_answer


@require_http_methods(["GET", "HEAD", "POST"])
def domain(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    if request.method == "POST":
        return _save_domain(request, pk, code)
    seen = assessment_read(request.user, pk)
    if seen.assessment.state == AssessmentState.SUBMITTED:
        return redirect("result", pk=pk)
    return show_domain(request, seen, domain_in(seen, code), answers_of(seen.assessment))


@require_POST
@transaction.atomic
def answer(request: SignedInRequest, pk: UUID, question: str) -> HttpResponse:
    """Autosave of one question: the new state, the new version and the new progress as one fragment."""
    seen = _open(request, pk)
    asked = question_in(seen, question)
    form = _form(request, seen, asked)
    if not form.is_valid():
        return render(request, "assessments/_invalid.html", {"form": form, "errors": error_links(form)}, status=422)
    stored, answers = answer_among(seen.assessment, asked.id)
    try:
        row = _save(request, seen, form, stored)
    except AnswerConflict as conflict:
        shown = conflict_of(seen.edition, asked, form.given(), conflict.stored, question_url(seen, asked))
        return render(request, "assessments/_conflict.html", {"conflict": shown}, status=409)
    return render(
        request,
        "assessments/_saved.html",
        {"page": saved_page(seen, asked, row, answers | scored([row] if row else []))},
    )


@transaction.atomic
def _save_domain(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    """Save every question on the page. What is in order is stored even when something else is not."""
    seen = _open(request, pk)
    place = domain_in(seen, code)
    rows = answers_of(seen.assessment)
    invalid: dict[str, QuestionForm] = {}
    conflicts: dict[str, Conflict] = {}
    settled: Question | None = None
    for question in asked_in(seen, code):
        if f"{question.id}-version" not in request.POST:
            continue  # filtered out on the page that was sent
        form = _form(request, seen, question)
        if form.keep_pressed:
            settled = question
        if form.keeps_theirs:
            continue
        if not form.is_valid():
            invalid[question.id] = form
            continue
        try:
            row = _save(request, seen, form, rows.get(question.id))
        except AnswerConflict as conflict:
            conflicts[question.id] = conflict_of(
                seen.edition, question, form.given(), conflict.stored, question_url(seen, question)
            )
            invalid[question.id] = form
            continue
        if row is not None:
            rows[question.id] = row
    if invalid:
        return show_domain(request, seen, place, rows, forms=invalid, conflicts=conflicts)
    return redirect(question_url(seen, settled) if settled else _after(seen, place, rows))


def _open(request: SignedInRequest, pk: UUID) -> Seen:
    """Held until all is saved. Raises EditionMoved for a page that was made under another edition."""
    seen = assessment_open(request.user, pk, Capability.ANSWER, lock=True)
    made_under = request.GET.get("edition") or request.POST.get("edition")
    if made_under and made_under != str(seen.assessment.edition_id):
        raise EditionMoved
    return seen


def _form(request: SignedInRequest, seen: Seen, question: Question) -> QuestionForm:
    offers = question.offers_not_applicable(frozenset(seen.assessment.tags))
    return QuestionForm(request.POST, question=question, offers_not_applicable=offers)


def _save(request: SignedInRequest, seen: Seen, form: QuestionForm, stored: Answer | None) -> Answer | None:
    return save_answer(
        assessment=seen.assessment, stored=stored, given=form.given(), saved_by=request.user, now=timezone.now()
    )


def show_domain(
    request: SignedInRequest,
    seen: Seen,
    place: Domain,
    rows: dict[str, Answer],
    *,
    forms: dict[str, QuestionForm] | None = None,
    conflicts: dict[str, Conflict] | None = None,
    draft: Draft | None = None,
) -> HttpResponse:
    """`draft` is a comment or a review with an error in it."""
    asked, wanted = asked_in(seen, place.code), request.GET.get("show", "")
    show = Show(wanted) if wanted in set(Show) else Show.ALL
    opened = request.GET.get("talk", "")
    together = together_on(seen, request.user, place, asked, rows, opened=opened, draft=draft)
    page = domain_page(seen, place, asked, rows, show=show, together=together, forms=forms, conflicts=conflicts)
    context = {
        "assessment": seen.assessment,
        "organisation": seen.assessment.organisation,
        "page": page,
        "together": together,
        "can_answer": seen.can(Capability.ANSWER),
        "errors": error_links(*(forms or {}).values(), *([draft] if draft else [])),
    }
    status = 409 if conflicts else 422 if forms or draft else 200
    return render(request, "assessments/domain.html", context, status=status)


def _after(seen: Seen, place: Domain, rows: dict[str, Answer]) -> str:
    """The next domain in which something is asked; after the last one the check page."""
    page = domain_page(seen, place, (), rows)
    if page.after:
        return reverse("domain", args=[seen.assessment.pk, page.after.code])
    return reverse("check", args=[seen.assessment.pk])
