"""Reads: queryset in, queryset out; and the one place where answer rows become scoring's answers."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import F, Model, OuterRef, QuerySet, Subquery

from accounts.database.compiled_sql import SOME_ROW, PreparedQuery
from accounts.models import Organisation
from assessments.bank.types import Depth, Edition
from assessments.editions.stored import UNREAD
from assessments.models import Answer, AnswerKind, Assessment, AssessmentState, Comment, Result
from assessments.scoring.stored import load_result
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind, ScoredResult

OfRun = TypeVar("OfRun", bound=Model)

_COLUMNS = [field.attname for field in Answer._meta.concrete_fields if field.name != "assessment"]
_ANSWERS: PreparedQuery[Any] = PreparedQuery(
    lambda: Answer.objects.filter(assessment=SOME_ROW).order_by().values_list(*_COLUMNS, named=True)
)
# Fifteen comments in a row are one mail.
ONE_MAIL_IN = timedelta(minutes=15)
SCORED_ANSWER_KINDS: dict[str, ScoredAnswerKind] = {
    AnswerKind.LEVEL: ScoredAnswerKind.LEVEL,
    AnswerKind.UNKNOWN: ScoredAnswerKind.UNKNOWN,
    AnswerKind.NOT_APPLICABLE: ScoredAnswerKind.NOT_APPLICABLE,
}


class AnswerRow(Protocol):
    """An answer as an object or as a bare row."""

    question: str
    kind: str
    level: int | None
    reason: str
    evidence: str
    given_under_id: int | None
    taken_over_from: datetime | None


def was_asked_lately(comment: Comment) -> bool:
    """Whether the person whom a comment asks was asked in the same run shortly before: their mail led there already."""
    before = Comment.objects.filter(assessment=comment.assessment_id, asked=comment.asked_id).exclude(pk=comment.pk)
    return before.filter(created_at__gt=comment.created_at - ONE_MAIL_IN).exists()


def answers_of(assessment: Assessment) -> dict[str, Answer]:
    """All answer rows of one run by question, in one query."""
    return {row.question: row for row in Answer.objects.filter(assessment=assessment)}


def answer_among(assessment: Assessment, question: str) -> tuple[Answer | None, list[AnswerRow]]:
    """The stored answer to one question, and every answer of the run as a bare row.

    Saving one answer needs no more: turning a hundred rows into objects would take most of its time.
    """
    rows = _ANSWERS({SOME_ROW: assessment.pk})
    row = next((row for row in rows if row.question == question), None)
    if row is None:
        return None, rows
    stored = Answer(assessment=assessment, **row._asdict())
    stored._state.adding = False
    return stored, rows


def given_at(row: Answer) -> datetime:
    """When the choice was made or last confirmed; older than `saved_at` while it is taken over."""
    return row.taken_over_from or row.saved_at


def taken_over_among(rows: Iterable[AnswerRow]) -> frozenset[str]:
    """The questions whose answers come from an earlier run and are not confirmed yet."""
    return frozenset(row.question for row in rows if row.taken_over_from is not None)


def scored_answers(rows: Iterable[AnswerRow]) -> dict[str, ScoredAnswer]:
    """By question, what scoring needs. Notes without an answer are left out, as are answers to be looked at again."""
    return {
        row.question: ScoredAnswer(
            kind=SCORED_ANSWER_KINDS[row.kind],
            level=row.level,
            reason=row.reason,
            has_evidence=bool(row.evidence.strip()),
        )
        for row in rows
        if row.kind != AnswerKind.OPEN and row.given_under_id is None
    }


def run_of(assessment: Assessment) -> Run:
    """What the assessment fixes for scoring: tags and depth, which is quick until one is chosen."""
    return Run(
        depth=Depth(assessment.depth or Depth.QUICK),
        tags=frozenset(assessment.tags),
        provisional=frozenset(assessment.provisional),
    )


def open_runs(rows: QuerySet[OfRun], path: str = "") -> QuerySet[OfRun]:
    """Only the rows whose assessment is not finished; `path` leads to it, such as "assessment__"."""
    return rows.exclude(**{f"{path}state": AssessmentState.FINISHED})


def runs_of(organisation: Organisation) -> QuerySet[Assessment]:
    """Every run of an organisation with its result: the open one, then the newest result first."""
    rows = organisation.assessments.select_related("edition", "result").defer(*UNREAD)
    return rows.order_by(F("finished_at").desc(nulls_first=True), "-started_at", "-pk")


def load_scored_result(edition: Edition, result: Result) -> ScoredResult:
    """The frozen result as scoring made it."""
    return load_result(result.outcome, edition)


def latest_per_organisation(organisation_ids: Iterable[UUID]) -> QuerySet[Assessment]:
    """The newest run of each organisation, open or finished; an interim result only where there is nothing else."""
    newest = Assessment.objects.filter(organisation=OuterRef("organisation"))
    newest = newest.order_by("interim", "-started_at", "-pk")
    rows = Assessment.objects.filter(organisation__in=list(organisation_ids))
    return rows.annotate(newest=Subquery(newest.values("pk")[:1])).filter(pk=F("newest"))
