"""Everything that was said about a run and what was found on review, question by question, to read."""

from dataclasses import dataclass
from itertools import groupby

from accounts.models import User
from assessments.access import Seen
from assessments.bank.types import Question
from assessments.models import AssessmentState
from assessments.pages.together import CommentLine, ReviewLine, comment_line, review_line
from assessments.queries import answers_of
from assessments.together import comments_of, latest_reviews, reviews_of


@dataclass(frozen=True, slots=True)
class SaidLine:
    """`question` is None where the edition no longer has it."""

    code: str
    question: Question | None
    review: ReviewLine | None
    comments: tuple[CommentLine, ...]


@dataclass(frozen=True, slots=True)
class SaidPage:
    lines: tuple[SaidLine, ...]
    finished: bool


def said_page(seen: Seen, person: User) -> SaidPage:
    """Three queries."""
    rows = answers_of(seen.assessment)
    reviews = latest_reviews(reviews_of(seen.assessment))
    comments = sorted(comments_of(seen.assessment), key=lambda comment: comment.question)
    said = {code: tuple(found) for code, found in groupby(comments, key=lambda comment: comment.question)}
    order = {question.id: place for place, question in enumerate(seen.edition.questions)}
    return SaidPage(
        lines=tuple(
            SaidLine(
                code=code,
                question=seen.edition.question.get(code),
                review=review_line(reviews[code], rows.get(code)) if code in reviews else None,
                comments=tuple(comment_line(comment, person) for comment in said.get(code, ())),
            )
            for code in sorted({*reviews, *said}, key=lambda code: order.get(code, len(order)))
        ),
        finished=seen.assessment.state == AssessmentState.SUBMITTED,
    )
