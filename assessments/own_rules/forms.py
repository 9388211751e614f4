"""Writing down what was done outside of the software."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import RecordKind
from accounts.models.operations import NOTE_LENGTH
from assessments.forms.style_controls import DayInput, style_controls

MOST_OPEN = 10_000


class RecordForm(forms.Form):
    """A day is enough; today means now."""

    kind = forms.ChoiceField(label=_("What was done"), choices=[("", _("Choose one")), *RecordKind.choices])
    day = forms.DateField(
        label=_("When"),
        error_messages={"invalid": _("Enter a date, such as 2027-03-31.")},
        widget=DayInput(),
    )
    open_count = forms.IntegerField(
        label=_("Weaknesses found (only for a comparison of packages)"),
        required=False,
        min_value=0,
        max_value=MOST_OPEN,
        error_messages={"invalid": _("Enter how many were found, such as 0.")},
    )
    note = forms.CharField(
        label=_("Note (optional)"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_("Such as how long it took, or where the papers are. Write down no names of people."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_controls(self)

    def clean_day(self) -> datetime:
        """The beginning of an earlier day, or this moment."""
        now, day = timezone.now(), self.cleaned_data["day"]
        if day > timezone.localdate(now):
            raise ValidationError(_("This day is still to come. Write down what was done."))
        if day == timezone.localdate(now):
            return now
        return timezone.make_aware(datetime.combine(day, time()))

    def clean(self) -> dict[str, Any]:
        """A comparison has its count, and nothing else has one."""
        given = super().clean() or self.cleaned_data
        is_audit = given.get("kind") == RecordKind.AUDIT
        if is_audit and given.get("open_count") is None and "open_count" not in self.errors:
            self.add_error("open_count", _("Enter how many weaknesses were found; 0 if none."))
        if not is_audit and "kind" in given:
            given["open_count"] = None
        return given
