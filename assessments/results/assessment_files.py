"""A finished assessment as a file that can be signed and taken elsewhere."""

from dataclasses import replace
from datetime import UTC

from assessments.bank.types import Depth, Edition
from assessments.editions.stored import edition_of
from assessments.models import AnswerKind, Result
from assessments.presentation.answer_record import RecordedAnswer
from assessments.queries import load_scored_result
from assessments.results.plan_gain import KEY as PLAN_GAIN
from assessments.results.recorded_answers import load_recorded_answers
from assessments.scope_facts import facts_from_json
from assessments.scoring.types import ScoredAnswer, ScoredResult
from assessments.signed_assessment.data import plain_edition
from assessments.signed_assessment.types import AssessmentFile, FileAnswer


def assessment_file_of(result: Result, *, with_texts: bool) -> AssessmentFile:
    """What was asked and how it was answered, as it was scored. `with_texts`: notes and named proof as well.

    Raises ValueError where no document can express the edition.
    """
    run, edition = result.assessment, edition_of(result.assessment.edition)
    return AssessmentFile(
        organisation=run.organisation.name,
        finished_on=result.finished_at.astimezone(UTC).date(),
        interim=run.interim,
        depth=Depth(run.depth),
        facts=facts_from_json(run.facts),
        tags=tuple(sorted(run.tags)),
        provisional=tuple(sorted(run.provisional)),
        answers=_answers(result, edition, with_texts=with_texts),
        edition=plain_edition(edition),
        result={key: value for key, value in result.outcome.items() if key != PLAN_GAIN},
    )


def _answers(result: Result, edition: Edition, *, with_texts: bool) -> tuple[FileAnswer, ...]:
    """An answer that had to be looked at again did not count: only its note is there."""
    scored = _scored_answers(load_scored_result(edition, result))
    recorded = load_recorded_answers(result.answers)
    made = (
        _answer(question, scored.get(question), recorded.get(question), with_texts=with_texts)
        for question in sorted(scored.keys() | recorded.keys())
    )
    return tuple(answer for answer in made if answer.kind != AnswerKind.OPEN or answer.note)


def _scored_answers(outcome: ScoredResult) -> dict[str, ScoredAnswer]:
    domains = (*outcome.domains, *([outcome.lens] if outcome.lens else ()))
    return {own.question.id: own.answer for domain in domains for own in domain.traces if own.answer is not None}


def _answer(
    question: str, scored: ScoredAnswer | None, recorded: RecordedAnswer | None, *, with_texts: bool
) -> FileAnswer:
    made = FileAnswer(question, AnswerKind.OPEN.value)
    if scored is not None:
        made = FileAnswer(question, scored.kind.value, scored.level, scored.reason, scored.has_evidence)
    if recorded is None:
        return made
    if scored is not None:
        made = replace(made, answered_as=recorded.answered_as, taken_over_from=recorded.taken_over_from)
    return replace(made, note=recorded.note, evidence=recorded.evidence) if with_texts else made
