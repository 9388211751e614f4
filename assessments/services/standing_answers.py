"""What becomes of answers given again when a newer result stands."""

from assessments.models import Answer, Assessment, StandingAnswer
from assessments.queries import given_at
from assessments.standing_answers import standing_answers_of

_COPIED = (
    "question",
    "kind",
    "level",
    "reason",
    "note",
    "evidence",
    "note_left_out",
    "version",
    "saved_by_id",
    "saved_at",
    "answered_as",
)


def carry_standing_answers(*, before: Assessment, finished: Assessment, answers: dict[str, Answer]) -> None:
    """What was given again while `finished` was open, and later than its own answer, stands on top of it too.

    `before` is the assessment behind the result until now. Under another edition a question may mean something else:
    then nothing is carried.
    """
    if before.edition_id != finished.edition_id:
        return
    newer = [row for row in standing_answers_of(before).values() if _is_newer(row, answers.get(row.question))]
    StandingAnswer.objects.bulk_create(_copy_of(row, finished) for row in newer)


def _is_newer(row: StandingAnswer, answer: Answer | None) -> bool:
    """A note that somebody adds to an answer that was taken over makes the answer no younger."""
    return answer is None or row.saved_at > given_at(answer)


def _copy_of(row: StandingAnswer, finished: Assessment) -> StandingAnswer:
    return StandingAnswer(assessment=finished, **{name: getattr(row, name) for name in _COPIED})
