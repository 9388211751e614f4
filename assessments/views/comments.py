"""Comments on the questions of a run."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Capability
from accounts.requests import SignedInRequest
from accounts.site_urls import absolute_url
from assessments.access import assessment_open, assessment_read, comment_in, domain_in, question_in
from assessments.collaboration import colleagues_on
from assessments.forms.collaboration import CommentForm
from assessments.models import Comment
from assessments.pages.collaboration.discussion import discussion_page
from assessments.pages.collaboration.side_panels import people_to_ask
from assessments.pages.overview import thread_url
from assessments.queries import answers_of, was_asked_lately
from assessments.services.comments import add_comment, put_in_report, reopen_comment, resolve_comment
from assessments.services.mail_limits import may_be_mailed
from assessments.services.notices import notify_asked
from assessments.views.answers import show_domain


@require_safe
def comments(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Every comment and review, also of a finished run."""
    access = assessment_read(request.user, pk)
    context = {
        "assessment": access.assessment,
        "organisation": access.assessment.organisation,
        "page": discussion_page(access, request.user, request.GET),
    }
    return render(request, "assessments/comments.html", context)


@require_POST
@transaction.atomic
def comment(request: SignedInRequest, pk: UUID, question: str) -> HttpResponse:
    access = assessment_open(request.user, pk, Capability.COMMENT, lock=True)
    asked = question_in(access, question)
    people = people_to_ask(colleagues_on(access.assessment), request.user)
    form = CommentForm(request.POST, question=asked.id, people=people)
    if not form.is_valid():
        place = domain_in(access, asked.domain)
        return show_domain(request, access, place, answers_of(access.assessment), draft=form)
    now = timezone.now()
    added = add_comment(
        assessment=access.assessment,
        question=asked.id,
        author=request.user,
        text=form.cleaned_data["text"],
        asked=form.asked_person,
        in_report=form.cleaned_data["in_report"],
        now=now,
    )
    url = thread_url(access, asked)
    asked_anew = added.asked is not None and added.created_at == now and not was_asked_lately(added)
    if added.asked and asked_anew and may_be_mailed(access.assessment, added.asked, f"comment-{added.pk}"):
        notify_asked(
            person=added.asked,
            by=request.user,
            organisation=access.assessment.organisation.name,
            question=asked.text,
            link=absolute_url(url),
        )
    return redirect(url)


@require_POST
@transaction.atomic
def comment_change(request: SignedInRequest, pk: UUID, comment: int) -> HttpResponse:
    """Resolve, reopen, include in the report or leave out of it."""
    access = assessment_open(request.user, pk, Capability.COMMENT, lock=True)
    found = comment_in(access, comment)
    if not _change(found, request):
        return HttpResponseBadRequest()
    question = access.edition.question.get(found.question)
    return redirect(thread_url(access, question)) if question else redirect("comments", pk=pk)


def _change(found: Comment, request: SignedInRequest) -> bool:
    match request.POST.get("do"):
        case "resolve":
            resolve_comment(comment=found, by=request.user, now=timezone.now())
        case "reopen":
            reopen_comment(comment=found)
        case "report":
            put_in_report(comment=found, in_report=True)
        case "inside":
            put_in_report(comment=found, in_report=False)
        case _:
            return False
    return True
