"""The forms of the short way through the scope."""

from itertools import groupby
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.bank.scope_types import Preset
from assessments.forms.scope import ScopeForm, ScopeList

SOMETHING_ELSE = "-"


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
    def trade(self) -> str:
        chosen: str = self.cleaned_data["trade"]
        return "" if chosen == SOMETHING_ELSE else chosen


def _trades(presets: tuple[Preset, ...]) -> list[tuple[str, Any]]:
    choices: list[tuple[str, Any]] = [("", _("Choose one"))]
    for group, own in groupby(presets, key=lambda preset: preset.group):
        entries = [(preset.id, _name(preset)) for preset in own]
        choices += [(group, entries)] if group else entries
    return [*choices, (SOMETHING_ELSE, _("Something else"))]


def _name(preset: Preset) -> str:
    return f"{preset.name} ({preset.examples})" if preset.examples else preset.name
