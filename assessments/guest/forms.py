"""One question of a quick check, sharing it, keeping it, and a new link of a consultancy."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.names import validate_name
from assessments.bank.types import Depth
from assessments.forms.style_controls import DayInput, style_controls
from assessments.models.guest import BUSINESS_LENGTH, EMAIL_LENGTH, LINK_NAME_LENGTH, PHONE_LENGTH
from assessments.models.run import REASON_LENGTH
from assessments.scoring.terms import PreparedQuestion
from assessments.scoring.types import ScoredAnswer, ScoredAnswerKind

UNKNOWN, NOT_APPLICABLE = "unknown", "na"
DEPTHS = {
    Depth.QUICK: _("Quick: the questions that matter most, at least %(n)d"),
    Depth.STANDARD: _("Standard: a fuller picture, at least %(n)d questions"),
}


class CheckAnswerForm(forms.Form):
    """One question, answered by the button that is pressed; `answer()` is the answer of a valid form."""

    reason = forms.CharField(label=_("Why does this not apply to you?"), required=False, max_length=REASON_LENGTH)

    def __init__(self, *args: Any, asked: PreparedQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = [*(str(level) for level in range(len(asked.question.levels))), UNKNOWN]
        if asked.may_be_left_out:
            values.append(NOT_APPLICABLE)
        style_controls(self)
        choose = _("Choose one of the answers.")
        self.fields["chosen"] = forms.ChoiceField(
            choices=[(value, value) for value in values], error_messages={"required": choose, "invalid_choice": choose}
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("chosen") == NOT_APPLICABLE and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say in a few words why this does not apply to you."))
        return cleaned

    def answer(self) -> ScoredAnswer:
        chosen = self.cleaned_data["chosen"]
        if chosen == UNKNOWN:
            return ScoredAnswer(ScoredAnswerKind.UNKNOWN)
        if chosen == NOT_APPLICABLE:
            return ScoredAnswer(ScoredAnswerKind.NOT_APPLICABLE, reason=self.cleaned_data["reason"].strip())
        return ScoredAnswer(ScoredAnswerKind.LEVEL, int(chosen))


class ShareForm(forms.Form):
    """What a guest says of the business to the consultancy behind the link."""

    business = forms.CharField(
        label=_("Name of your business"),
        max_length=BUSINESS_LENGTH,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("E-mail address (optional)"),
        required=False,
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone number (optional)"),
        required=False,
        max_length=PHONE_LENGTH,
        validators=[
            RegexValidator(r"\A[0-9 ()+./-]*\Z", _("Write the phone number with digits, such as +44 20 7946 0000."))
        ],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class KeepForm(forms.Form):
    """For which organisation, and how deep to go on. One that is alone is chosen without asking."""

    depth = forms.ChoiceField(
        label=_("How deep do you want to go on?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose quick or standard.")},
    )

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], sizes: Mapping[Depth, int], **kwargs: Any
    ) -> None:
        """`sizes` says how many questions each depth asks at least."""
        super().__init__(*args, **kwargs)
        self.fields["depth"].choices = [(depth.value, DEPTHS[depth] % {"n": n}) for depth, n in sizes.items()]  # type: ignore[attr-defined]
        choices = [(str(own.pk), own.name) for own in organisations]
        alone = len(choices) == 1
        self.fields["organisation"] = forms.ChoiceField(
            label=_("For which organisation?"),
            choices=choices,
            widget=forms.HiddenInput if alone else forms.RadioSelect,
            initial=choices[0][0] if alone else None,
            error_messages={"required": _("Choose an organisation.")},
        )


class CheckLinkForm(forms.Form):
    """A new link, which only its maker's consultancy sees the name of."""

    name = forms.CharField(
        label=_("Name, such as “Website” or “Trade fair 2027”"),
        max_length=LINK_NAME_LENGTH,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    ends_on = forms.DateField(label=_("Last day on which it opens (optional)"), required=False, widget=DayInput())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        style_controls(self)

    def clean_ends_on(self) -> date | None:
        ends_on: date | None = self.cleaned_data["ends_on"]
        if ends_on is not None and ends_on < self.today:
            raise ValidationError(_("This day is over. Choose today or a later day."))
        return ends_on
