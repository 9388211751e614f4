"""Answering: a whole domain on one page, saved question by question or all at once."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from assessments.access import AssessmentAccess, asked_in, assessment_open, assessment_read, domain_in, question_in
from assessments.bank.types import Domain, Question
from assessments.errors import AnswerConflict, EditionUpgraded
from assessments.forms.errors import error_links
from assessments.forms.question import QuestionForm
from assessments.models import Answer
from assessments.pages.answering.conflict import Conflict, conflict_of
from assessments.pages.answering.domain import QuestionFilter, domain_page
from assessments.pages.answering.done import domain_done
from assessments.pages.answering.saved import saved_page
from assessments.pages.answering.walk import progress_of, url_after
from assessments.pages.collaboration.side_panels import DiscussionDraft, domain_collaboration
from assessments.pages.overview import question_url
from assessments.queries import answer_among, answers_of
from assessments.services.answers import save_answer


@require_http_methods(["GET", "HEAD", "POST"])
def domain_questions(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    if request.method == "POST":
        return _save_domain(request, pk, code)
    access = assessment_read(request.user, pk)
    if access.assessment.is_finished:
        return redirect("result", pk=pk)
    return show_domain(request, access, domain_in(access, code), answers_of(access.assessment))


@require_POST
@transaction.atomic
def save_one_answer(request: SignedInRequest, pk: UUID, question: str) -> HttpResponse:
    """Autosave of one question: the new state, the new version and the new progress as one fragment."""
    access = _open(request, pk)
    asked = question_in(access, question)
    form = _form(request, access, asked)
    if not form.is_valid():
        return render(request, "assessments/_invalid.html", {"form": form, "errors": error_links(form)}, status=422)
    stored, rows = answer_among(access.assessment, asked.id)
    was_taken_over = stored is not None and stored.taken_over_from is not None
    try:
        row = _save(request, access, form, stored)
    except AnswerConflict as conflict:
        shown = conflict_of(access.edition, asked, form.given(), conflict.stored, question_url(access, asked))
        return render(request, "assessments/_conflict.html", {"conflict": shown}, status=409)
    page = saved_page(access, asked, row, rows, was_taken_over=was_taken_over)
    return HttpResponse(render_to_string("assessments/_saved.html", {"page": page}))


@transaction.atomic
def _save_domain(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    """Save every question on the page. Valid answers are stored even if others are not."""
    access = _open(request, pk)
    place = domain_in(access, code)
    rows = answers_of(access.assessment)
    invalid: dict[str, QuestionForm] = {}
    conflicts: dict[str, Conflict] = {}
    settled: Question | None = None
    for question in asked_in(access, code):
        if f"{question.id}-version" not in request.POST:
            continue  # filtered out on the page that was sent
        form = _form(request, access, question)
        if form.settles_pressed:
            settled = question
        if form.keeps_theirs:
            continue
        if not form.is_valid():
            invalid[question.id] = form
            continue
        try:
            row = _save(request, access, form, rows.get(question.id))
        except AnswerConflict as conflict:
            conflicts[question.id] = conflict_of(
                access.edition, question, form.given(), conflict.stored, question_url(access, question)
            )
            invalid[question.id] = form
            continue
        if row is not None:
            rows[question.id] = row
    if invalid:
        return show_domain(request, access, place, rows, forms=invalid, conflicts=conflicts)
    return redirect(_next_url(request, access, place, rows, settled))


def _open(request: SignedInRequest, pk: UUID) -> AssessmentAccess:
    """Locked until everything is saved. Raises EditionUpgraded for a page that was made under another edition."""
    access = assessment_open(request.user, pk, Capability.ANSWER, lock=True)
    made_under = request.GET.get("edition") or request.POST.get("edition")
    if made_under and made_under != str(access.assessment.edition_id):
        raise EditionUpgraded
    return access


def _form(request: SignedInRequest, access: AssessmentAccess, question: Question) -> QuestionForm:
    offers = question.offers_not_applicable(frozenset(access.assessment.tags))
    unknown = access.edition.unknown
    return QuestionForm(request.POST, question=question, offers_not_applicable=offers, unknown=unknown)


def _save(
    request: SignedInRequest, access: AssessmentAccess, form: QuestionForm, stored: Answer | None
) -> Answer | None:
    return save_answer(
        assessment=access.assessment,
        stored=stored,
        given=form.given(),
        saved_by=request.user,
        answered_as=access.answers_as,
        now=timezone.now(),
    )


def show_domain(
    request: SignedInRequest,
    access: AssessmentAccess,
    place: Domain,
    rows: dict[str, Answer],
    *,
    forms: dict[str, QuestionForm] | None = None,
    conflicts: dict[str, Conflict] | None = None,
    draft: DiscussionDraft | None = None,
) -> HttpResponse:
    """`draft` is a comment or a review with an error in it."""
    asked, wanted = asked_in(access, place.code), request.GET.get("show", "")
    show = QuestionFilter(wanted) if wanted in set(QuestionFilter) else QuestionFilter.ALL
    opened = request.GET.get("talk", "")
    collaboration = domain_collaboration(access, request.user, place, asked, rows, opened=opened, draft=draft)
    day = timezone.localdate()
    page = domain_page(
        access,
        place,
        asked,
        rows,
        day=day,
        show=show,
        collaboration=collaboration,
        forms=forms,
        conflicts=conflicts,
        done=domain_done(access, request.GET.get("done", ""), rows, day),
    )
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "page": page,
        "collaboration": collaboration,
        "can_answer": access.can(Capability.ANSWER),
        "shows_codes": access.can(Capability.REVIEW),
        "errors": error_links(*(forms or {}).values(), *([draft] if draft else [])),
    }
    status = 409 if conflicts else 422 if forms or draft else 200
    return render(request, "assessments/domain.html", context, status=status)


def _next_url(
    request: SignedInRequest,
    access: AssessmentAccess,
    place: Domain,
    rows: dict[str, Answer],
    settled: Question | None,
) -> str:
    """The question to which a button leads, or the one that was settled; else what comes after the domain."""
    wanted = access.edition.question.get(request.POST.get("to", ""))
    if settled is None and wanted and wanted in asked_in(access, wanted.domain):
        settled = wanted
    return question_url(access, settled) if settled else url_after(access, progress_of(access, rows), place)
