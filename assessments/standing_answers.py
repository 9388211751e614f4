"""Where an organisation stands since its newest result: that result's answers with those given again on top.

Reads only. Nothing here touches the result, which stays as it was frozen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from accounts.models import Organisation
from assessments.bank.types import Edition
from assessments.editions.stored import UNREAD, edition_of
from assessments.models import Answer, Assessment, AssessmentState, StandingAnswer
from assessments.planning.asked_again import AnswerChanges, DueQuestion, answer_changes, due_again
from assessments.queries import answers_of, given_at, run_of, scored_answers
from assessments.scoring.engine import score
from assessments.scoring.types import ScoredResult


@dataclass(frozen=True, slots=True)
class StandingFigure:
    """What `basis`, a finished assessment, came to (`before`) and comes to with the answers given since (`after`).

    Both are scored as of the day of the result, so that only answers make a difference. `earlier` are the answers
    of the result, `again` those given since, by question.
    """

    basis: Assessment
    edition: Edition
    earlier: Mapping[str, Answer]
    again: Mapping[str, StandingAnswer]
    before: ScoredResult
    after: ScoredResult

    @property
    def changes(self) -> AnswerChanges:
        return answer_changes(self.before, self.after)

    def due(self, day: date) -> tuple[DueQuestion, ...]:
        """The questions to be asked again on `day`."""
        rows = on_top(self.earlier, self.again)
        known = scored_answers(rows.values())
        given_on = {code: timezone.localdate(given_at(rows[code])) for code in known}
        return due_again(self.after, given_on, day)


def newest_finished(organisation: Organisation) -> Assessment | None:
    """The assessment behind the newest result, with its edition; an interim result counts as any other."""
    rows = organisation.assessments.filter(state=AssessmentState.FINISHED).select_related("edition").defer(*UNREAD)
    return rows.order_by(F("finished_at").desc(), "-started_at", "-pk").first()


def standing_figure(organisation: Organisation) -> StandingFigure | None:
    """In three queries; None while there is no result."""
    basis = newest_finished(organisation)
    return figure_since(basis) if basis else None


def figure_since(basis: Assessment) -> StandingFigure:
    """As `standing_figure`, for a finished assessment that is at hand."""
    edition, run = edition_of(basis.edition), run_of(basis)
    earlier, again = answers_of(basis), standing_answers_of(basis)
    day = basis.finished_at.date() if basis.finished_at else timezone.localdate()
    before = score(edition, run, scored_answers(earlier.values()), day)
    now = on_top(earlier, again)
    after = score(edition, run, scored_answers(now.values()), day) if again else before
    return StandingFigure(basis, edition, earlier, again, before, after)


def standing_answers_of(basis: Assessment) -> dict[str, StandingAnswer]:
    """By question, in the order in which they were first given."""
    rows = StandingAnswer.objects.filter(assessment=basis).select_related("saved_by")
    return {row.question: row for row in rows}


def on_top(answers: Mapping[str, Answer], again: Mapping[str, StandingAnswer]) -> dict[str, Answer]:
    """By question, what holds now. Answers given again become answers of the run that are not stored."""
    return {**answers, **{question: _as_answer(row) for question, row in again.items()}}


def _as_answer(row: StandingAnswer) -> Answer:
    return Answer(
        assessment_id=row.assessment_id,
        question=row.question,
        kind=row.kind,
        level=row.level,
        reason=row.reason,
        note=row.note,
        evidence=row.evidence,
        note_left_out=row.note_left_out,
        version=row.version,
        saved_by_id=row.saved_by_id,
        saved_at=row.saved_at,
        answered_as=row.answered_as,
    )
