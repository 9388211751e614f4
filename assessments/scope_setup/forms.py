"""The forms of the short way through the scope."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments.bank.scope_types import Preset, Scope
from assessments.forms.scope import ScopeForm, ScopeList, field_template
from assessments.scoring.scope import FactAnswer, ScopeFacts
from assessments.scoring.scoping.assumptions import is_asked

SOMETHING_ELSE = "-"


@dataclass(frozen=True, slots=True)
class ScopeField:
    """A scope question of a form, and the template that lays it out."""

    field: BoundField
    template: str


class TradeForm(ScopeForm):
    """The questions that everybody is asked first, and the trade; `trade` is "" for none of those listed."""

    def __init__(self, *args: Any, presets: tuple[Preset, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trade"] = forms.ChoiceField(
            label=_("What does your business do?"),
            help_text=_("From this we guess most of the other facts. You see each guess and can change it."),
            choices=_trades(presets),
            widget=ScopeList(""),
            error_messages={
                "required": _("Choose what your business does. “Something else” is at the end of the list.")
            },
        )
        self.helper.layout.insert(len(self.questions), Field("trade", template="assessments/fields/scope_list.html"))

    @property
    def fields_before(self) -> tuple[ScopeField, ...]:
        """The questions before the trade, each with the template that lays it out."""
        return tuple(ScopeField(self[own.id], field_template(own)) for own in self.questions)

    @property
    def trade_field(self) -> BoundField:
        return self["trade"]

    @property
    def misses_before(self) -> bool:
        """Whether one of them has an error, and so has to be in sight."""
        return any(own.field.errors for own in self.fields_before)

    @property
    def trade(self) -> str:
        chosen: str = self.cleaned_data["trade"]
        return "" if chosen == SOMETHING_ELSE else chosen


class AssumptionsForm(ScopeForm):
    """What is assumed, to confirm or change, and what is asked beside it.

    Which of the questions need an answer is known only from the others: those that are asked once these count.
    """

    def __init__(self, *args: Any, scope: Scope, known: ScopeFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._scope, self._known = scope, known
        for question in self.questions:
            self.fields[question.id].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = self.given()
        for question in self.questions:
            missing = question.id not in given and question.id not in self.errors
            if missing and is_asked(self._scope, {**self._known, **given}, question):
                self.add_error(question.id, self.fields[question.id].error_messages["required"])
        return cleaned

    def given(self) -> dict[str, FactAnswer]:
        """Only what was answered."""
        return {name: answer for name, answer in super().given().items() if answer.options or answer.not_sure}


def _trades(presets: tuple[Preset, ...]) -> list[tuple[str, Any]]:
    choices: list[tuple[str, Any]] = [("", _("Choose one"))]
    for group, own in groupby(presets, key=lambda preset: preset.group):
        entries = [(preset.id, _name(preset)) for preset in own]
        choices += [(group, entries)] if group else entries
    return [*choices, (SOMETHING_ELSE, _("Something else"))]


def _name(preset: Preset) -> str:
    return f"{preset.name} ({preset.examples})" if preset.examples else preset.name
