"""Comments on a question, until the run is finished."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused
from accounts.models import User
from assessments.errors import must_be_open
from assessments.models import Assessment, Comment

SENT_TWICE = timedelta(seconds=10)
MOST_OF_A_QUESTION = 50
MOST_OF_A_RUN = 500
"""All of them stand on one page, and those for the report are frozen with the result."""


class TooManyComments(ChangeRefused):
    """The question, or the assessment, has as many as fit."""

    def __init__(self, most: int) -> None:
        text = _(
            "There are %(most)d comments already, and no more fit here. Write the rest into a note, or tell each other."
        )
        super().__init__(text % {"most": most})


def add_comment(
    *,
    assessment: Assessment,
    question: str,
    author: User,
    text: str,
    now: datetime,
    asked: User | None = None,
    in_report: bool = False,
) -> Comment:
    """The caller holds the lock on `assessment`. The same comment sent twice in a row is one: the first is returned.

    Raises AssessmentFinished, and TooManyComments.
    """
    must_be_open(assessment)
    own = Comment.objects.filter(assessment=assessment, question=question, author=author, resolved_at__isnull=True)
    latest = own.filter(created_at__gt=now - SENT_TWICE).order_by("-created_at", "-pk").first()
    if latest and (latest.text, latest.asked_id, latest.in_report) == (text, asked.pk if asked else None, in_report):
        return latest
    _refuse_too_many(assessment, question)
    return Comment.objects.create(
        assessment=assessment,
        question=question,
        author=author,
        text=text,
        asked=asked,
        in_report=in_report,
        created_at=now,
    )


def _refuse_too_many(assessment: Assessment, question: str) -> None:
    of_run = Comment.objects.filter(assessment=assessment)
    if of_run.filter(question=question).count() >= MOST_OF_A_QUESTION:
        raise TooManyComments(MOST_OF_A_QUESTION)
    if of_run.count() >= MOST_OF_A_RUN:
        raise TooManyComments(MOST_OF_A_RUN)


def resolve_comment(*, comment: Comment, by: User, now: datetime) -> None:
    """A comment that is already resolved keeps who resolved it. Raises AssessmentFinished."""
    must_be_open(comment.assessment)
    Comment.objects.filter(pk=comment.pk, resolved_at__isnull=True).update(resolved_at=now, resolved_by=by)


def reopen_comment(*, comment: Comment) -> None:
    """A comment that is open stays so. Raises AssessmentFinished."""
    must_be_open(comment.assessment)
    Comment.objects.filter(pk=comment.pk).update(resolved_at=None, resolved_by=None)


def put_in_report(*, comment: Comment, in_report: bool) -> None:
    """With `in_report` the comment goes into the result and its report. Raises AssessmentFinished."""
    must_be_open(comment.assessment)
    Comment.objects.filter(pk=comment.pk).update(in_report=in_report)
