"""What waits for one person, in every organisation: domains to answer and comments that ask them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from accounts.queries import Standing
from assessments.access import AssessmentAccess
from assessments.collaboration import comments_asking, domains_assigned_to
from assessments.editions.stored import edition_of
from assessments.models import Answer, Assessment, Assignment, Comment
from assessments.pages.overview import question_url, thread_url
from assessments.queries import run_of, scored_answers
from assessments.scoring.progress import DomainProgress, first_unanswered_in, progress
from assessments.scoring.types import Answers


@dataclass(frozen=True, slots=True)
class DomainToAnswer:
    organisation: str
    title: str
    url: str
    progress: DomainProgress


@dataclass(frozen=True, slots=True)
class CommentForMe:
    comment: Comment
    organisation: str
    question: str
    url: str


@dataclass(frozen=True, slots=True)
class MyQuestions:
    domains: tuple[DomainToAnswer, ...]
    asked: tuple[CommentForMe, ...]


def my_questions_page(person: User) -> MyQuestions:
    """Three queries, however many organisations and domains."""
    assigned = domains_assigned_to(person)
    answers = _answers(row.assessment for row, _standing in assigned)
    lines = (_domain(row, standing, answers.get(row.assessment_id, {})) for row, standing in assigned)
    return MyQuestions(
        domains=tuple(line for line in lines if line is not None),
        asked=tuple(asked for row, standing in comments_asking(person) if (asked := _asked(row, standing))),
    )


def _answers(runs: Iterable[Assessment]) -> dict[UUID, Answers]:
    rows: dict[UUID, list[Answer]] = {}
    for row in Answer.objects.filter(assessment__in={run.pk for run in runs}):
        rows.setdefault(row.assessment_id, []).append(row)
    return {pk: scored_answers(found) for pk, found in rows.items()}


def _domain(row: Assignment, standing: Standing, answers: Answers) -> DomainToAnswer | None:
    """None where the run no longer asks anything there."""
    access = AssessmentAccess(row.assessment, standing, edition_of(row.assessment.edition))
    domain, run = access.edition.domain.get(row.domain), run_of(row.assessment)
    parts = progress(access.edition, run, answers).domains
    part = next((part for part in parts if part.code == row.domain and part.asked), None)
    if domain is None or part is None:
        return None
    first = first_unanswered_in(access.edition, run, answers, domain.code)
    url = question_url(access, first) if first else reverse("domain", args=[row.assessment_id, domain.code])
    return DomainToAnswer(standing.organisation.name, domain.title, url, part)


def _asked(row: Comment, standing: Standing) -> CommentForMe | None:
    access = AssessmentAccess(row.assessment, standing, edition_of(row.assessment.edition))
    question = access.edition.question.get(row.question)
    if question is None:
        return None
    return CommentForMe(row, standing.organisation.name, question.text, thread_url(access, question))
