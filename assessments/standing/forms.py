"""One question asked again: nothing is preselected, and something has to be chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.bank.types import Question
from assessments.forms.question import QuestionForm, initial_of
from assessments.models import Answer, AnswerKind, StandingAnswer
from assessments.services.answers import Given
from assessments.standing_answers import on_top


class QuestionAgainForm(QuestionForm):
    """An answer that is not chosen is an error: a question is asked again to hear what is true today."""

    beside_comments = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Choose the answer that is true today."))
        return cleaned


class UndoForm(forms.Form):
    """`version` is that of the answer that is taken back, as the page showed it."""

    version = forms.IntegerField(required=False, min_value=0)


def initial_again(question: Question, old: Answer | None, again: StandingAnswer | None) -> dict[str, Any]:
    """What was given again is shown as it is; without it, no answer is chosen, and note and proof are the old ones."""
    if again is not None:
        return initial_of(on_top({}, {question.id: again})[question.id])
    kept = {"note": old.note, "evidence": old.evidence, "note_left_out": old.note_left_out} if old else {}
    return {**kept, "version": 0}


def given_as_before(old: Answer, form: QuestionAgainForm) -> Given:
    """The old answer, given once more, with the note and the proof that the form has beside it now.

    The form may lack a choice, and have no other error in it.
    """
    cleaned = form.cleaned_data
    return Given(
        question=old.question,
        kind=AnswerKind(old.kind),
        level=old.level,
        reason=old.reason,
        note=cleaned["note"].strip(),
        evidence=cleaned["evidence"].strip(),
        note_left_out=cleaned["note_left_out"],
        seen_version=cleaned["version"] or 0,
    )
