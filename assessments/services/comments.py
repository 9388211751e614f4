"""Comments on a question, until the run is finished."""

from datetime import datetime, timedelta

from accounts.models import User
from assessments.errors import must_be_open
from assessments.models import Assessment, Comment

SENT_TWICE = timedelta(seconds=10)


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

    Raises AssessmentFinished.
    """
    must_be_open(assessment)
    own = Comment.objects.filter(assessment=assessment, question=question, author=author, resolved_at__isnull=True)
    latest = own.filter(created_at__gt=now - SENT_TWICE).order_by("-created_at", "-pk").first()
    if latest and (latest.text, latest.asked_id, latest.in_report) == (text, asked.pk if asked else None, in_report):
        return latest
    return Comment.objects.create(
        assessment=assessment,
        question=question,
        author=author,
        text=text,
        asked=asked,
        in_report=in_report,
        created_at=now,
    )


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
