"""One question as a form: levels, "don't know", "doesn't apply", note and named evidence."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from assessments.bank.types import Question, UnknownAnswer
from assessments.models import Answer, AnswerKind
from assessments.models.run import EVIDENCE_LENGTH, NOTE_LENGTH, NOTE_LINES, REASON_LENGTH
from assessments.presentation.answer_record import PROOF_FROM
from assessments.services.answers import Given

UNKNOWN = "unknown"
NOT_APPLICABLE = "na"
THEIRS = "theirs"
CONFIRM_ALL = "confirm-all"
# The placeholder tells the style sheet for paper which of them are empty.
ONE_LINE = {"rows": 1, "autocomplete": "off", "placeholder": " "}
PROOF_CHOICES = tuple(str(level) for level in range(PROOF_FROM, 5))


class LimitedField(forms.CharField):
    """A line of text that may grow: a browser wraps it, on paper too, and its line breaks are spaces.

    The page counts down to `max_length`. A browser never cuts a text that is too long: the form says so instead.
    """

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = super().widget_attrs(widget)
        if "maxlength" in attributes:
            attributes["data-limit"] = attributes.pop("maxlength")
        return attributes

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).splitlines())


class NoteField(LimitedField):
    """Browsers send a line break as two characters; here it is stored, counted and compared as one."""

    def to_python(self, value: Any) -> str:
        return str(forms.CharField.to_python(self, value)).replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        lines = value.strip().count("\n") + 1
        if lines > NOTE_LINES:
            raise forms.ValidationError(
                _("This note has %(lines)d lines. A report can print %(most)d: shorten it, or join some lines."),
                params={"lines": lines, "most": NOTE_LINES},
            )


class _AddDisclosure:
    """What can be added to an answer, behind one summary; crispy-forms renders it as one of its own parts."""

    def __init__(self, *parts: Any) -> None:
        self._layout = Layout(*parts)

    def render(self, form: forms.BaseForm, context: Context, **options: Any) -> str:
        fields = self._layout.render(form, context, **options)
        return render_to_string("assessments/fields/add.html", {"form": form, "fields": fields})


class QuestionForm(forms.Form):
    """Nothing is preselected. An answer, once given, can be changed but not cleared by accident.

    `version` is that of the row that the page was made from. `keep` is the button pressed in a conflict: "theirs",
    or the version that a person has seen and wants to replace. `unknown` names the answer "I don't know" and says
    what it means, as the edition puts it; older editions say nothing. `beside_comments`: the page has comments too.
    """

    beside_comments = True

    reason = LimitedField(
        label=_("Why does this not apply to you?"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs=ONE_LINE),
    )
    evidence = LimitedField(
        label=_("What could you show as proof? (optional)"),
        required=False,
        max_length=EVIDENCE_LENGTH,
        widget=forms.Textarea(attrs=ONE_LINE),
    )
    note = NoteField(
        label=_("Note for yourself or your adviser (optional)"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={**ONE_LINE, "data-limit-lines": NOTE_LINES}),
        help_text=_("It is printed in the report, unless you keep it out."),
    )
    note_left_out = forms.BooleanField(label=_("Keep this note out of the report"), required=False)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    keep = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        question: Question,
        offers_not_applicable: bool,
        unknown: UnknownAnswer | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=question.id, initial=initial)
        self.question = question
        self.unknown = unknown
        self.offers_not_applicable = offers_not_applicable
        self.fields["answer"] = forms.ChoiceField(
            label=question.text,
            required=False,
            choices=self._choices(),
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Choose one of the answers shown.")},
        )
        self.fields["reason"].help_text = question.not_applicable_hint

    @cached_property
    def helper(self) -> FormHelper:
        """The layout for crispy-forms; saving does not need it."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(
            Field("answer", template="assessments/fields/answer.html"),
            HTML('{% include "assessments/_find_out.html" %}'),
            Div(Field("reason", css_class="question__text"), css_class="question__reason"),
            _AddDisclosure(
                Div(Field("evidence", css_class="question__text"), css_class="question__evidence"),
                Div(Field("note", css_class="question__text"), "note_left_out", css_class="question__note"),
            ),
            Field("version"),
        )
        return helper

    def _choices(self) -> list[tuple[str, Any]]:
        choices: list[tuple[str, Any]] = [(str(n), text) for n, text in enumerate(self.question.levels)]
        choices.append((UNKNOWN, self.unknown.name if self.unknown else _("I don’t know")))
        if self.offers_not_applicable:
            choices.append((NOT_APPLICABLE, _("Doesn’t apply to us")))
        return choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        left_out = cleaned.get("answer") == NOT_APPLICABLE
        if left_out and "reason" in cleaned and not cleaned["reason"].strip():
            self.add_error("reason", _("Say in a few words why this does not apply to you."))
        return cleaned

    @property
    def find_out_id(self) -> str:
        """The HTML id of what says how to find out; "" where there is nothing to say."""
        return f"{self.prefix}-find-out" if self.unknown or self.question.find_out else ""

    @property
    def opens_add(self) -> str:
        """The attribute of the disclosure around proof and note: "open" where there is something to see in it."""
        if self.is_bound:
            shown = any(self[name].errors or self[name].value() for name in ("evidence", "note"))
            return "open" if shown else ""
        return str(self.initial["opens_add"] if "opens_add" in self.initial else opens_add(self.initial))

    @property
    def keep_pressed(self) -> bool:
        return bool(self.data.get(self.add_prefix("keep")))

    @property
    def keeps_theirs(self) -> bool:
        return self.data.get(self.add_prefix("keep")) == THEIRS

    @property
    def settles_pressed(self) -> bool:
        """Whether a button of this question was pressed that leads back to it."""
        return self.keep_pressed or self.confirm_pressed

    @property
    def confirm_pressed(self) -> bool:
        """Whether this one answer is said to be still true, rather than all on the page."""
        return bool(self.data.get(self.add_prefix("confirm")))

    def given(self) -> Given:
        """The values of a valid form, as `save_answer` takes them."""
        cleaned = self.cleaned_data
        choice = cleaned["answer"]
        kind, level = AnswerKind.OPEN, None
        if choice == UNKNOWN:
            kind = AnswerKind.UNKNOWN
        elif choice == NOT_APPLICABLE:
            kind = AnswerKind.NOT_APPLICABLE
        elif choice:
            kind, level = AnswerKind.LEVEL, int(choice)
        return Given(
            question=self.question.id,
            kind=kind,
            level=level,
            reason=cleaned["reason"].strip() if kind == AnswerKind.NOT_APPLICABLE else "",
            note=cleaned["note"].strip(),
            evidence=cleaned["evidence"].strip(),
            seen_version=int(cleaned["keep"]) if cleaned["keep"].isdecimal() else cleaned["version"] or 0,
            confirms=self.confirm_pressed or bool(self.data.get(CONFIRM_ALL)),
            kept_reason=cleaned["reason"].strip() if kind != AnswerKind.NOT_APPLICABLE else "",
            note_left_out=cleaned["note_left_out"],
        )


def opens_add(initial: Mapping[str, Any]) -> str:
    """As `QuestionForm.opens_add`, for the initial values of a form."""
    proof = initial.get("evidence") if initial.get("answer", "") in PROOF_CHOICES else ""
    return "open" if proof or initial.get("note") else ""


def choice_of(row: Answer) -> str:
    """The radio button's value for a stored answer; empty for none."""
    if row.kind == AnswerKind.LEVEL:
        return str(row.level)
    return {AnswerKind.UNKNOWN: UNKNOWN, AnswerKind.NOT_APPLICABLE: NOT_APPLICABLE}.get(AnswerKind(row.kind), "")


def initial_of(row: Answer | None) -> dict[str, Any]:
    """The form's initial values for a stored answer, or for none."""
    if row is None:
        return {"version": 0}
    if row.given_under_id is not None:
        # To be looked at again: the earlier choice is shown above the form, nothing is preselected.
        kept = {"note": row.note, "evidence": row.evidence, "note_left_out": row.note_left_out}
        return {**kept, "version": row.version}
    return {
        "answer": choice_of(row),
        "reason": row.reason or row.kept_reason,
        "note": row.note,
        "note_left_out": row.note_left_out,
        "evidence": row.evidence,
        "version": row.version,
    }
