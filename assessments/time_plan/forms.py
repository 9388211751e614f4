"""How much time there is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.style_controls import style_controls

MOST_HOURS = 2_000
"""More than a year of somebody's working time."""


class TimeForm(forms.Form):
    """Read from the query string; empty at first."""

    hours = forms.IntegerField(
        label=_("Hours of work"),
        min_value=1,
        max_value=MOST_HOURS,
        error_messages={
            "invalid": _("Type a whole number of hours, such as 4."),
            "min_value": _("Type at least 1 hour."),
            "max_value": _("Type at most %(limit_value)s hours."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_controls(self)
