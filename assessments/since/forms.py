"""Which two results to compare."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.forms.style_controls import style_controls
from assessments.since.named_results import NamedResult

FROM, TO = "from", "to"
_UNKNOWN = {"invalid_choice": _("Choose one of the results in the list.")}


class PairForm(forms.Form):
    """Read from the query string; what is not in it is the newest result, and the one before."""

    def __init__(self, query: QueryDict, results: Sequence[NamedResult]) -> None:
        usual = {FROM: str(results[1].key), TO: str(results[0].key)}
        super().__init__({name: query.get(name, key) for name, key in usual.items()})
        self._results = {str(each.key): each for each in results}
        choices = [(key, f"{each.name} – {each.run}") for key, each in self._results.items()]
        for name, label in ((FROM, _("From")), (TO, _("To"))):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, error_messages=_UNKNOWN)
        style_controls(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if FROM in given and given.get(FROM) == given.get(TO):
            self.add_error(TO, _("Choose two different results."))
        return given

    def pair(self) -> tuple[NamedResult, NamedResult]:
        """Of a valid form; the earlier one first, whichever was chosen first."""
        old, new = (self._results[self.cleaned_data[name]] for name in (FROM, TO))
        places = list(self._results)
        return (old, new) if places.index(str(old.key)) > places.index(str(new.key)) else (new, old)
