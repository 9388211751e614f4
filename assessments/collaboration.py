"""Reads what people do together on a run, in a fixed number of queries for any number of people and comments."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from accounts.database.compiled_sql import SOME_ORGANISATION, SOME_ROW, SOME_TEXT, PreparedQuery, Value
from accounts.models import Organisation, User
from accounts.permissions import Capability
from accounts.queries import Standing, organisation_ids_of, people_around, standing_on, with_standing
from assessments.editions.stored import UNREAD
from assessments.models import (
    Answer,
    AnswerKind,
    AnswerReview,
    Assessment,
    Assignment,
    Comment,
    Verdict,
)
from assessments.queries import open_runs

Row = TypeVar("Row", Assignment, Comment)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may see the run. `answers_here` is set only where one domain was asked for."""

    user: User
    standing: Standing
    answers_here: bool = False

    @property
    def may_answer(self) -> bool:
        return self.standing.can(Capability.ANSWER)


def colleagues_on(assessment: Assessment, domain: str = "") -> tuple[Colleague, ...]:
    """Everyone who may see the run, by name, in one query; with `domain`, also who is assigned to it."""
    people = _PEOPLE_AROUND({SOME_ORGANISATION: assessment.organisation_id, SOME_ROW: assessment.pk, SOME_TEXT: domain})
    return tuple(
        Colleague(user=person, standing=standing_on(person, assessment.organisation), answers_here=person.answers_here)
        for person in people
    )


def _people_around() -> QuerySet[User]:
    here = Assignment.objects.filter(assessment=SOME_ROW, domain=SOME_TEXT, assignee=OuterRef("pk"))
    return people_around(Organisation(pk=SOME_ORGANISATION)).annotate(answers_here=Exists(here))


_PEOPLE_AROUND: PreparedQuery[Any] = PreparedQuery(_people_around)


def assignees_by_domain(assessment: Assessment, colleagues: Iterable[Colleague]) -> dict[str, User]:
    """By domain code. People who may no longer answer are left out."""
    able = {colleague.user.pk: colleague.user for colleague in colleagues if colleague.may_answer}
    rows = Assignment.objects.filter(assessment=assessment).values_list("domain", "assignee")
    return {domain: able[assignee] for domain, assignee in rows if assignee in able}


def comments_of(assessment: Assessment) -> QuerySet[Comment]:
    """Every comment on the run, with the people it names loaded."""
    return Comment.objects.filter(assessment=assessment).select_related("author", "asked", "resolved_by")


def reviews_of(assessment: Assessment) -> QuerySet[AnswerReview]:
    """The latest review of each answer of the run, with reviewer and consultancy loaded: no other is shown."""
    every = AnswerReview.objects.filter(assessment=assessment).order_by()
    latest = every.values("question").annotate(latest=Max("pk")).values("latest")
    return AnswerReview.objects.filter(pk__in=latest).select_related("by", "consultancy").order_by("pk")


def discussion_of(assessment: Assessment, questions: Collection[str]) -> tuple[list[Comment], list[AnswerReview]]:
    """Comments on these questions, oldest first, and the latest review of each, in two queries."""
    values: dict[Value, Value] = {SOME_ROW: assessment.pk}
    comments = [comment for comment in _COMMENTS(values) if comment.question in questions]
    return comments, [review for review in _REVIEWS(values) if review.question in questions]


_COMMENTS = PreparedQuery(lambda: comments_of(Assessment(pk=SOME_ROW)))
_REVIEWS = PreparedQuery(lambda: reviews_of(Assessment(pk=SOME_ROW)))


def latest_reviews(rows: Iterable[AnswerReview]) -> dict[str, AnswerReview]:
    """By question, the review that counts. `rows` must be oldest first."""
    return {row.question: row for row in rows}


def is_current(review: AnswerReview, row: Answer | None) -> bool:
    """Whether the review is for the answer as it is now."""
    return row is not None and row.version == review.answer_version and row.given_under_id is None


def can_be_reviewed(row: Answer | None) -> bool:
    """Whether there is an answer, given to the question as it reads now."""
    return row is not None and row.kind != AnswerKind.OPEN and row.given_under_id is None


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """How far the review of some answers is. `questioned` is part of `current`; `earlier` answers changed since."""

    answered: int
    current: int
    questioned: int
    earlier: int


def count_reviews(
    questions: Iterable[str], rows: Mapping[str, Answer], reviews: Mapping[str, AnswerReview]
) -> ReviewCounts:
    """Counts over `questions`; `rows` are the answers and `reviews` the latest reviews, both by question."""
    answered = [question for question in questions if can_be_reviewed(rows.get(question))]
    found = [(reviews[question], rows[question]) for question in answered if question in reviews]
    current = [review for review, row in found if is_current(review, row)]
    return ReviewCounts(
        answered=len(answered),
        current=len(current),
        questioned=sum(review.verdict == Verdict.QUESTIONS for review in current),
        earlier=len(found) - len(current),
    )


def domains_assigned_to(person: User) -> list[tuple[Assignment, Standing]]:
    """Every domain of an open run that this person is to answer and may still answer."""
    rows = open_runs(Assignment.objects.filter(assignee=person), "assessment__")
    return [(row, standing) for row, standing in _theirs(rows, person) if standing.can(Capability.ANSWER)]


def comments_asking(person: User) -> list[tuple[Comment, Standing]]:
    """Every comment on an open run that asks this person for something, until it is resolved; oldest first."""
    rows = open_runs(Comment.objects.filter(asked=person, resolved_at__isnull=True), "assessment__")
    return list(_theirs(rows.select_related("author"), person))


def has_been_discussed(assessment: Assessment) -> bool:
    """Whether there are comments or reviews, in one query."""
    return bool(_DISCUSSED({SOME_ROW: assessment.pk}))


def _discussed() -> QuerySet[Assessment, Any]:
    comments = Comment.objects.filter(assessment=SOME_ROW)
    reviews = AnswerReview.objects.filter(assessment=SOME_ROW)
    return Assessment.objects.filter(Q(Exists(comments)) | Q(Exists(reviews)), pk=SOME_ROW).order_by().values_list("pk")


_DISCUSSED = PreparedQuery(_discussed)


def has_waiting_questions(person: User) -> bool:
    """Whether "my questions" may have something, in one query."""
    runs = open_runs(Assessment.objects.filter(organisation__in=organisation_ids_of(person)))
    assigned = Assignment.objects.filter(assignee=person, assessment__in=runs)
    asked = Comment.objects.filter(asked=person, resolved_at__isnull=True, assessment__in=runs)
    return User.objects.filter(pk=person.pk).filter(Q(Exists(assigned)) | Q(Exists(asked))).exists()


def _theirs(rows: QuerySet[Row], person: User) -> Iterator[tuple[Row, Standing]]:
    visible = with_standing(rows, person, "assessment__organisation_id")
    visible = visible.select_related("assessment__organisation", "assessment__edition")
    visible = visible.defer(*(f"assessment__{column}" for column in UNREAD)).order_by(
        "assessment__organisation__name", "pk"
    )
    for row in visible:
        yield row, standing_on(row, row.assessment.organisation)
