"""What waits for one person, in every organisation: domains to answer and comments that ask them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from accounts.queries import Standing
from assessments.access import Seen
from assessments.editions import edition_of
from assessments.models import Answer, Assessment, Assignment, Comment
from assessments.pages.overview import question_url, thread_url
from assessments.queries import run_of, scored
from assessments.scoring.progress import DomainProgress, first_unanswered_in, progress
from assessments.scoring.types import Answers
from assessments.together import asked_of, assigned_to


@dataclass(frozen=True, slots=True)
class DomainToAnswer:
    organisation: str
    title: str
    url: str
    progress: DomainProgress


@dataclass(frozen=True, slots=True)
class Asked:
    comment: Comment
    organisation: str
    question: str
    url: str


@dataclass(frozen=True, slots=True)
class MyQuestions:
    domains: tuple[DomainToAnswer, ...]
    asked: tuple[Asked, ...]


def my_questions_page(person: User) -> MyQuestions:
    """Three queries, however many organisations and domains."""
    assigned = assigned_to(person)
    answers = _answers(row.assessment for row, _standing in assigned)
    lines = (_domain(row, standing, answers.get(row.assessment_id, {})) for row, standing in assigned)
    return MyQuestions(
        domains=tuple(line for line in lines if line is not None),
        asked=tuple(asked for row, standing in asked_of(person) if (asked := _asked(row, standing))),
    )


def _answers(runs: Iterable[Assessment]) -> dict[UUID, Answers]:
    rows: dict[UUID, list[Answer]] = {}
    for row in Answer.objects.filter(assessment__in={run.pk for run in runs}):
        rows.setdefault(row.assessment_id, []).append(row)
    return {pk: scored(found) for pk, found in rows.items()}


def _domain(row: Assignment, standing: Standing, answers: Answers) -> DomainToAnswer | None:
    """None where the run no longer asks anything there."""
    seen = Seen(row.assessment, standing, edition_of(row.assessment.edition))
    domain, run = seen.edition.domain.get(row.domain), run_of(row.assessment)
    parts = progress(seen.edition, run, answers).domains
    part = next((part for part in parts if part.code == row.domain and part.asked), None)
    if domain is None or part is None:
        return None
    first = first_unanswered_in(seen.edition, run, answers, domain.code)
    url = question_url(seen, first) if first else reverse("domain", args=[row.assessment_id, domain.code])
    return DomainToAnswer(standing.organisation.name, domain.title, url, part)


def _asked(row: Comment, standing: Standing) -> Asked | None:
    seen = Seen(row.assessment, standing, edition_of(row.assessment.edition))
    question = seen.edition.question.get(row.question)
    if question is None:
        return None
    return Asked(row, standing.organisation.name, question.text, thread_url(seen, question))
