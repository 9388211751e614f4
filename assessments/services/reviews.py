"""What a consultant finds about the answers."""

from collections.abc import Mapping
from datetime import datetime

from accounts.models import Organisation, User
from assessments.collaboration import can_be_reviewed, is_current
from assessments.errors import AnswerChanged, must_be_open
from assessments.models import Answer, AnswerReview, Assessment, Verdict


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
    """The caller holds the lock on `assessment` and has read `answer` under it.

    Raises AnswerChanged if the answer is not the one that the reviewer's page showed, or there is none, and
    AssessmentFinished.
    """
    must_be_open(assessment)
    if answer is None or not _is_as_seen(answer, seen_version):
        raise AnswerChanged
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


def agree_with_all(
    *,
    assessment: Assessment,
    answers: Mapping[str, Answer],
    reviews: Mapping[str, AnswerReview],
    seen_versions: Mapping[str, int],
    by: User,
    consultancy: Organisation,
    now: datetime,
) -> int:
    """Agree with every answer that is as it was seen and has no current review. Returns how many.

    A disputed answer stays disputed: a dispute is settled answer by answer. Raises AssessmentFinished.
    """
    must_be_open(assessment)
    found = [
        AnswerReview(
            assessment=assessment,
            question=question,
            verdict=Verdict.AGREES,
            answer_version=version,
            by=by,
            consultancy=consultancy,
            at=now,
        )
        for question, version in seen_versions.items()
        if _is_to_review(answers.get(question), reviews.get(question), version)
    ]
    AnswerReview.objects.bulk_create(found)
    return len(found)


def _is_to_review(answer: Answer | None, review: AnswerReview | None, seen_version: int) -> bool:
    if answer is None or not _is_as_seen(answer, seen_version):
        return False
    return review is None or not is_current(review, answer)


def _is_as_seen(answer: Answer, seen_version: int) -> bool:
    return can_be_reviewed(answer) and answer.version == seen_version
