"""What a consultant finds about the answers. Each review is kept until the run goes, so they have a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused
from accounts.models import Organisation, User
from assessments.collaboration import can_be_reviewed, is_current
from assessments.errors import AnswerChanged, OwnAnswer, must_be_open
from assessments.models import Answer, AnswerReview, Assessment, Verdict

MOST_OF_A_QUESTION = 50
MOST_OF_A_RUN = 2_000


class TooManyReviews(ChangeRefused):
    """The question, or the assessment, has as many as are kept."""

    def __init__(self, most: int) -> None:
        text = _("There are %(most)d reviews already, and no more are kept here. Write what you find in a comment.")
        super().__init__(text % {"most": most})


def review_answer(
    *,
    assessment: Assessment,
    answer: Answer | None,
    seen_version: int,
    verdict: Verdict,
    note: str,
    by: User,
    consultancy: Organisation,
    now: datetime,
) -> AnswerReview:
    """The caller holds the lock on `assessment` and has read `answer` under it. The latest review sent again is one.

    Raises AnswerChanged if the answer is not the one that the reviewer's page showed, or there is none, OwnAnswer
    if the reviewer agrees with what they gave themselves, AssessmentFinished, and TooManyReviews.
    """
    must_be_open(assessment)
    if answer is None or not _is_as_seen(answer, seen_version):
        raise AnswerChanged
    if verdict == Verdict.AGREES and answer.saved_by_id == by.pk:
        raise OwnAnswer
    latest = AnswerReview.objects.filter(assessment=assessment, question=answer.question).order_by("-pk").first()
    given = (verdict, note, answer.version, by.pk, consultancy.pk)
    if latest and given == (latest.verdict, latest.note, latest.answer_version, latest.by_id, latest.consultancy_id):
        return latest
    _refuse_too_many(assessment, more=1)
    if AnswerReview.objects.filter(assessment=assessment, question=answer.question).count() >= MOST_OF_A_QUESTION:
        raise TooManyReviews(MOST_OF_A_QUESTION)
    return AnswerReview.objects.create(
        assessment=assessment,
        question=answer.question,
        verdict=verdict,
        note=note,
        answer_version=answer.version,
        by=by,
        consultancy=consultancy,
        at=now,
    )


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many answers were agreed with, and how many were left out because the reviewer gave them."""

    agreed: int
    own: int


def agree_with_all(
    *,
    assessment: Assessment,
    answers: Mapping[str, Answer],
    reviews: Mapping[str, AnswerReview],
    seen_versions: Mapping[str, int],
    by: User,
    consultancy: Organisation,
    now: datetime,
) -> Agreement:
    """Agree with every answer that is as it was seen, has no current review, and was given by somebody else.

    A disputed answer stays disputed: a dispute is settled answer by answer. Raises AssessmentFinished, and
    TooManyReviews.
    """
    must_be_open(assessment)
    due = {
        question: answer
        for question, version in seen_versions.items()
        if (answer := answers.get(question)) and _is_to_review(answer, reviews.get(question), version)
    }
    found = [
        AnswerReview(
            assessment=assessment,
            question=question,
            verdict=Verdict.AGREES,
            answer_version=answer.version,
            by=by,
            consultancy=consultancy,
            at=now,
        )
        for question, answer in due.items()
        if answer.saved_by_id != by.pk
    ]
    _refuse_too_many(assessment, more=len(found))
    AnswerReview.objects.bulk_create(found)
    return Agreement(agreed=len(found), own=len(due) - len(found))


def _refuse_too_many(assessment: Assessment, *, more: int) -> None:
    if more and AnswerReview.objects.filter(assessment=assessment).count() + more > MOST_OF_A_RUN:
        raise TooManyReviews(MOST_OF_A_RUN)


def _is_to_review(answer: Answer, review: AnswerReview | None, seen_version: int) -> bool:
    return _is_as_seen(answer, seen_version) and (review is None or not is_current(review, answer))


def _is_as_seen(answer: Answer, seen_version: int) -> bool:
    return can_be_reviewed(answer) and answer.version == seen_version
