"""What is waiting for one person, in every organisation: domains to answer and comments that ask them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from accounts.paging import ListPage, list_page
from accounts.queries import Standing
from assessments.access import AssessmentAccess
from assessments.collaboration import comments_asking, domains_assigned_to
from assessments.editions.stored import edition_of
from assessments.models import Answer, Assessment, Assignment, Comment
from assessments.pages.overview import question_url, thread_url
from assessments.queries import run_of, scored_answers, taken_over_among
from assessments.scoring.progress import DomainProgress, first_unanswered_in, progress
from assessments.scoring.terms import asks

COMMENTS_ON_A_PAGE = 20
"""Few, because each is shown in full."""


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
    """Each of the two lists with the page it is on."""

    domains: tuple[DomainToAnswer, ...]
    domains_page: ListPage[tuple[Assignment, Standing]]
    asked: tuple[CommentForMe, ...]
    asked_page: ListPage[tuple[Comment, Standing]]


def my_questions_page(person: User, query: QueryDict) -> MyQuestions:
    """Three queries, however many organisations and domains; answers are read for the domains of one page."""
    assigned = [line for line in domains_assigned_to(person) if _asks_anything(line[0])]
    domains: ListPage[tuple[Assignment, Standing]] = list_page(assigned, query)
    asked: ListPage[tuple[Comment, Standing]] = list_page(
        [
            line
            for line in comments_asking(person)
            if line[0].question in edition_of(line[0].assessment.edition).question
        ],
        query,
        name="asked",
        size=COMMENTS_ON_A_PAGE,
    )
    answers = _answers(row.assessment for row, _standing in domains.rows)
    return MyQuestions(
        domains=tuple(_domain(row, standing, answers.get(row.assessment_id, [])) for row, standing in domains.rows),
        domains_page=domains,
        asked=tuple(_asked(row, standing) for row, standing in asked.rows),
        asked_page=asked,
    )


def _answers(runs: Iterable[Assessment]) -> dict[UUID, list[Answer]]:
    rows: dict[UUID, list[Answer]] = {}
    for row in Answer.objects.filter(assessment__in={run.pk for run in runs}).defer("note"):
        rows.setdefault(row.assessment_id, []).append(row)
    return rows


def _asks_anything(row: Assignment) -> bool:
    """Whether the run still asks something in the domain."""
    edition, run = edition_of(row.assessment.edition), run_of(row.assessment)
    return any(asks(question, run.depth, run.tags) for question in edition.by_domain.get(row.domain, ()))


def _domain(row: Assignment, standing: Standing, rows: list[Answer]) -> DomainToAnswer:
    access = AssessmentAccess(row.assessment, standing, edition_of(row.assessment.edition))
    domain, run = access.edition.domain[row.domain], run_of(row.assessment)
    answers = scored_answers(rows)
    found = progress(access.edition, run, answers, taken_over_among(rows))
    part = next(part for part in found.domains if part.code == row.domain)
    first = first_unanswered_in(access.edition, run, answers, domain.code)
    url = question_url(access, first) if first else reverse("domain", args=[row.assessment_id, domain.code])
    return DomainToAnswer(standing.organisation.name, domain.title, url, part)


def _asked(row: Comment, standing: Standing) -> CommentForMe:
    access = AssessmentAccess(row.assessment, standing, edition_of(row.assessment.edition))
    question = access.edition.question[row.question]
    return CommentForMe(row, standing.organisation.name, question.text, thread_url(access, question))
