"""The baselines for requests: a bare view that saves one answer, and a hand-written domain page."""

from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from accounts.requests import SignedInRequest
from assessments.access import asked_in, assessment_read
from assessments.models import Answer
from assessments.queries import answers_of
from config.urls import urlpatterns as product

# The same page as somebody without a forms framework would write it: every question with its five levels,
# "don't know", "doesn't apply", reason, proof, note and version, with what was answered.
PAGE = Path(__file__).with_name("hand_written.html")
CHOICES = {"level": None, "unknown": "unknown", "not_applicable": "na"}


def bare(request: SignedInRequest, pk: UUID, question: str) -> HttpResponse:
    """Session, user, one upsert; nobody checks anything."""
    level = int(request.POST["answer"])
    answer = Answer(
        assessment_id=pk,
        question=question,
        kind="level",
        level=level,
        saved_by_id=request.user.pk,
        saved_at=timezone.now(),
    )
    Answer.objects.bulk_create(
        [answer], update_conflicts=True, unique_fields=["assessment", "question"], update_fields=["level", "saved_at"]
    )
    return HttpResponse("saved")


def hand_written(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    """Reads the same data as the product's page."""
    access = assessment_read(request.user, pk)
    rows = answers_of(access.assessment)
    lines = [_line(question, rows.get(question.id)) for question in asked_in(access, code)]
    context = {"domain": access.edition.domain[code], "lines": lines, "organisation": access.assessment.organisation}
    return HttpResponse(_page().render(context, request))


def _line(question: Any, row: Answer | None) -> tuple[object, ...]:
    levels = [*((str(n), text) for n, text in enumerate(question.levels)), ("unknown", "I don’t know")]
    choice = (CHOICES[row.kind] or str(row.level)) if row else None
    return question, row, choice, [*levels, ("na", "Doesn’t apply to us")]


@cache
def _page() -> Any:
    return engines["django"].from_string(PAGE.read_text())


urlpatterns = [
    *product,
    path("bare/<uuid:pk>/<slug:question>/", bare),
    path("hand-written/<uuid:pk>/<slug:code>/", hand_written),
]
