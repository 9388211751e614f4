"""The note "Which rules apply to us", and the question of the bank that asks for exactly this."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Capability
from accounts.queries import Standing
from assessments.bank.types import Edition, Question
from assessments.bank.whole_levels import whole_level
from assessments.editions.stored import edition_of
from assessments.models import Answer, AnswerKind, Assessment, AssessmentState
from assessments.models.run import EVIDENCE_LENGTH
from assessments.pages.scope import ScopeSummary, newest_with_known_scope, scope_summary
from assessments.presentation.placeholders import country_in
from assessments.queries import run_of
from assessments.scope_facts import facts_from_json
from assessments.scoring.terms import asks
from assessments.services.answers import Given
from assessments.wording.answers import answer_text
from assessments.wording.phrases import date_text

ASKS_FOR_THE_NOTE = "GOV-01"
"""The question that asks for a checked list of the laws that apply."""
WITH_THE_NOTE = 3
"""Its level at which the list is dated and says why each law applies, as the note does."""
ON_LETTER_PAPER = "us_"


@dataclass(frozen=True, slots=True)
class LawsNote:
    """`letter`: US paper; `answer_url`: where the note becomes the answer, None where nobody asks for it here."""

    run: Assessment
    summary: ScopeSummary
    disclaimer: str
    day: date
    law_day: date
    letter: bool
    answer_url: str | None


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """What the note would answer, beside the answer as it is `now`, in words; nothing is stored by showing it."""

    question: Question
    now: str
    level_text: str
    proof: str
    version: int
    is_better: bool


def laws_note_of(standing: Standing, day: date) -> LawsNote | None:
    """None until an assessment of the organisation knows the facts of the business."""
    run = newest_with_known_scope(standing.organisation)
    if run is None:
        return None
    edition = edition_of(run.edition)
    asked = standing.can(Capability.ANSWER) and asks_for_note(edition, run)
    return LawsNote(
        run=run,
        summary=scope_summary(edition, run, day, can_edit=False),
        disclaimer=edition.disclaimer,
        day=day,
        law_day=edition.law_status_as_of,
        letter=country_in(facts_from_json(run.facts)).startswith(ON_LETTER_PAPER),
        answer_url=reverse("laws_answer", args=[run.pk]) if asked else None,
    )


def asks_for_note(edition: Edition, run: Assessment) -> bool:
    """Whether the run is open for answers and asks the question."""
    question, fixed = edition.question.get(ASKS_FOR_THE_NOTE), run_of(run)
    is_open = run.state == AssessmentState.ANSWERING
    return is_open and question is not None and asks(question, fixed.depth, fixed.tags)


def note_answer(edition: Edition, question: Question, stored: Answer | None, day: date) -> NoteAnswer:
    level = stored.level if stored else None
    return NoteAnswer(
        question=question,
        now=answer_text(edition, question, stored.kind, level) if stored else "",
        level_text=whole_level(question, WITH_THE_NOTE),
        proof=_("Note “Which rules apply to us” of %(day)s") % {"day": date_text(day)},
        version=stored.version if stored else 0,
        is_better=level is None or level < WITH_THE_NOTE,
    )


def given_by_note(page: NoteAnswer, stored: Answer | None, seen_version: int) -> Given:
    """The answer that was confirmed. What was noted beside the old one stays, and other proof is kept."""
    return Given(
        question=page.question.id,
        kind=AnswerKind.LEVEL,
        level=WITH_THE_NOTE,
        reason="",
        note=stored.note if stored else "",
        evidence=_proof(stored.evidence if stored else "", page.proof),
        seen_version=seen_version,
        confirms=True,
        kept_reason=(stored.reason or stored.kept_reason) if stored else "",
        note_left_out=stored.note_left_out if stored else False,
    )


def _proof(before: str, new: str) -> str:
    """What was named before stays; the note joins it where there is room."""
    both = "\n".join(own for own in (before, new) if own)
    return before if new in before or len(both) > EVIDENCE_LENGTH else both
