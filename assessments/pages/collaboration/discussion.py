"""Every comment on a run and every review of its answers, question by question, to read."""

from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict

from accounts.models import User
from accounts.paging import ListPage, list_page
from assessments.access import AssessmentAccess
from assessments.bank.types import Question
from assessments.collaboration import comments_of, latest_reviews, reviews_of
from assessments.pages.collaboration.side_panels import CommentLine, ReviewLine, comment_line, review_line
from assessments.queries import answers_of

QUESTIONS_ON_A_PAGE = 20
"""Few, because each comes with all its comments."""


@dataclass(frozen=True, slots=True)
class DiscussionLine:
    """`question` is None where the edition no longer has the question."""

    code: str
    question: Question | None
    review: ReviewLine | None
    comments: tuple[CommentLine, ...]


@dataclass(frozen=True, slots=True)
class DiscussionPage:
    lines: tuple[DiscussionLine, ...]
    page: ListPage[str]
    finished: bool


def discussion_page(access: AssessmentAccess, person: User, query: QueryDict) -> DiscussionPage:
    """Three queries."""
    rows = answers_of(access.assessment)
    reviews = latest_reviews(reviews_of(access.assessment))
    comments = sorted(comments_of(access.assessment), key=lambda comment: comment.question)
    by_question = {code: tuple(found) for code, found in groupby(comments, key=lambda comment: comment.question)}
    order = {question.id: place for place, question in enumerate(access.edition.questions)}
    codes = sorted({*reviews, *by_question}, key=lambda code: (order.get(code, len(order)), code))
    page: ListPage[str] = list_page(codes, query, size=QUESTIONS_ON_A_PAGE)
    return DiscussionPage(
        lines=tuple(
            DiscussionLine(
                code=code,
                question=access.edition.question.get(code),
                review=review_line(reviews[code], rows.get(code)) if code in reviews else None,
                comments=tuple(comment_line(comment, person) for comment in by_question.get(code, ())),
            )
            for code in page.rows
        ),
        page=page,
        finished=access.assessment.is_finished,
    )
