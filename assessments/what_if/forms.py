"""Which steps of the plan are ticked."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class TickedSteps(forms.Form):
    """Read from the query string. A step is named by the id of its question."""

    def __init__(self, questions: Iterable[str], query: QueryDict) -> None:
        super().__init__(query)
        self.fields["step"] = forms.MultipleChoiceField(
            required=False,
            choices=[(question, question) for question in questions],
            error_messages={
                "invalid_choice": _("“%(value)s” is not a step of this plan. Tick steps of the list below."),
            },
        )
