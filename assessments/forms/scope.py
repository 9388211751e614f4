"""One screen of the scope wizard as a form, and the choice of depth."""

from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
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


class ScopeList(forms.Select):
    """A list to open. `not_sure` says what follows from "Not sure"; the page prints it below the list."""

    def __init__(self, not_sure: str) -> None:
        super().__init__(attrs={"class": "form-select"})
        self.not_sure = not_sure


class ScopeForm(forms.Form):
    """Every question can be answered "Not sure", which excludes the other choices, as does "none of these"."""

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
            *(Field(question.id, template=field_template(question)) for question in questions), Field("version")
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for question in self.questions:
            chosen = set(cleaned.get(question.id) or ())
            if question.many and len(chosen) > 1:
                self._refuse_contradiction(question, chosen)
        return cleaned

    def _refuse_contradiction(self, question: ScopeQuestion, chosen: set[str]) -> None:
        exclusive = [option.text for option in question.options if option.exclusive and option.id in chosen]
        if NOT_SURE in chosen:
            exclusive.append(str(_("Not sure")))
        if exclusive:
            text = _("At “%(question)s”, “%(alone)s” and another answer cannot both be true. Keep one of them.")
            values = {"question": question.text, "alone": exclusive[0]}
            self.add_error(question.id, ValidationError(text, params=values))

    def given(self) -> dict[str, FactAnswer]:
        return {question.id: self._fact(question) for question in self.questions}

    def _fact(self, question: ScopeQuestion) -> FactAnswer:
        value = self.cleaned_data.get(question.id)
        chosen = frozenset(value or () if question.many else [value] if value else ())
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
    text = _("Choose an answer to “%(question)s”. “Not sure” is fine: we then ask the questions to be safe.")
    kind = forms.MultipleChoiceField if question.many else forms.ChoiceField
    return kind(
        label=question.text,
        help_text=question.help,
        choices=_list_of(question) if _is_list(question) else _boxes_of(question),
        widget=_widget_for(question),
        error_messages={"required": text % {"question": question.text}},
    )


def _is_list(question: ScopeQuestion) -> bool:
    """Several answers are ticked, however many there are to choose from."""
    return question.select and not question.many


def field_template(question: ScopeQuestion) -> str:
    """The template that lays out the field of a scope question."""
    return "assessments/fields/scope_list.html" if _is_list(question) else "assessments/fields/scope.html"


def _widget_for(question: ScopeQuestion) -> forms.Widget:
    if _is_list(question):
        return ScopeList(question.not_sure)
    return forms.CheckboxSelectMultiple() if question.many else forms.RadioSelect()


def _boxes_of(question: ScopeQuestion) -> list[tuple[str, Any]]:
    choices = [
        (option.id, ScopeChoice.of(option.text, option.help, exclusive=option.exclusive)) for option in question.options
    ]
    choices.append((NOT_SURE, ScopeChoice.of(str(_("Not sure")), question.not_sure, exclusive=True, apart=True)))
    return choices


def _list_of(question: ScopeQuestion) -> list[tuple[str, Any]]:
    """Nothing is preselected: the first entry is empty. Options stand under the headings of their groups."""
    choices: list[tuple[str, Any]] = [("", _("Choose one")), (NOT_SURE, _("Not sure"))]
    for group, options in groupby(question.options, key=lambda option: option.group):
        entries = [(option.id, option.text) for option in options]
        choices += [(group, entries)] if group else entries
    return choices


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
