"""One screen of the scope wizard as a form, and the choice of depth."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Depth
from assessments.scoring.scope import FactAnswer

NOT_SURE = "not_sure"


class ScopeChoice(str):
    """The label of a choice, with a line of help, and whether it excludes or is set apart from the others."""

    help: str
    exclusive: bool
    apart: bool

    @classmethod
    def of(cls, text: str, help_text: str, *, exclusive: bool = False, apart: bool = False) -> "ScopeChoice":
        choice = cls(text)
        choice.help, choice.exclusive, choice.apart = help_text, exclusive, apart
        return choice


class ScopeForm(forms.Form):
    """Every question can be answered "Not sure"; "none of these" excludes the other choices."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: tuple[ScopeQuestion, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[question.id] = _field_for(question)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            *(Field(question.id, template="assessments/fields/scope.html") for question in questions), Field("version")
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for question in self.questions:
            chosen = set(cleaned.get(question.id) or ())
            exclusive = {option.id for option in question.options if option.exclusive} | {NOT_SURE}
            if question.many and len(chosen) > 1 and chosen & exclusive - {NOT_SURE}:
                self.add_error(question.id, _("“None of these” and another answer cannot both be true. Choose one."))
        return cleaned

    def given(self) -> dict[str, FactAnswer]:
        return {question.id: self._fact(question) for question in self.questions}

    def _fact(self, question: ScopeQuestion) -> FactAnswer:
        value = self.cleaned_data[question.id]
        chosen = frozenset(value if question.many else [value])
        return FactAnswer(options=chosen - {NOT_SURE}, not_sure=NOT_SURE in chosen)


def scope_initial(questions: tuple[ScopeQuestion, ...], facts: dict[str, FactAnswer]) -> dict[str, Any]:
    """What the form shows for facts already known; nothing for those not asked yet."""
    initial: dict[str, Any] = {}
    for question in questions:
        fact = facts.get(question.id)
        if fact:
            chosen = [*fact.options, *([NOT_SURE] if fact.not_sure else [])]
            initial[question.id] = chosen if question.many else chosen[0]
    return initial


def _field_for(question: ScopeQuestion) -> forms.Field:
    choices = [
        (option.id, ScopeChoice.of(option.text, option.help, exclusive=option.exclusive)) for option in question.options
    ]
    choices.append((NOT_SURE, ScopeChoice.of(str(_("Not sure")), question.not_sure, apart=True)))
    kind = forms.MultipleChoiceField if question.many else forms.ChoiceField
    widget = forms.CheckboxSelectMultiple if question.many else forms.RadioSelect
    return kind(
        label=question.text,
        help_text=question.help,
        choices=choices,
        widget=widget,
        error_messages={"required": _("Choose an answer. “Not sure” is fine: we then ask the question to be safe.")},
    )


class DepthForm(forms.Form):
    """How deep to go; `chosen` is the depth of a valid form."""

    depth = forms.ChoiceField(
        label=_("How deep do you want to go?"),
        choices=[(depth.value, depth.value) for depth in Depth],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose quick, standard or full.")},
    )

    def chosen(self) -> Depth:
        return Depth(self.cleaned_data["depth"])
