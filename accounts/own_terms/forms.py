"""The form for an organisation's own terms; the check that follows sends the same values once more."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.own_terms.choices import CODES, HELP, LABELS, own_choices_of


class OwnTermsForm(forms.Form):
    """One list for each term; the empty value is the installation's own term."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, chosen: Mapping[str, int | None]) -> None:
        super().__init__(data)
        for code in CODES:
            choices = own_choices_of(code)
            self.fields[code] = forms.TypedChoiceField(
                label=str(LABELS[code]),
                help_text=str(HELP[code]),
                choices=[(each.days or "", each.words) for each in choices],
                coerce=int,
                empty_value=None,
                required=False,
                initial=chosen[code] if chosen[code] in {each.days for each in choices} else None,
                error_messages={"invalid_choice": _("Choose one of the times in the list.")},
            )

    @property
    def days(self) -> dict[str, int | None]:
        """By the code of each term, once the form is valid."""
        return {code: self.cleaned_data[code] for code in CODES}
