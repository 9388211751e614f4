"""Forms for what an edition keeps in its frame: laws, authorities, dates, labels, the answer "I don't know"."""

from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from assessments.bank.laws import BY_COUNTRY, Authority, KeyDate, Law, Verification
from assessments.bank.types import Edition, Label, UnknownAnswer
from assessments.editor.forms.condition import ConditionField
from assessments.editor.forms.fields import LinesField, blank_first, long_text, web_address
from assessments.editor.forms.simple_forms import ConditionalForm
from assessments.forms.style_controls import DayInput
from assessments.models.edition_choices import VerificationChoice


class FrameForm(ConditionalForm):
    """`stored` is the item as stored, None for a new one: what the form does not show stays as it is there."""

    def __init__(self, *args: Any, stored: Any = None, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        self.stored = stored

    def value(self) -> Any:
        """The item of a valid form."""
        raise NotImplementedError

    def key(self) -> str:
        """The key of a new item; "" where there are no keys."""
        return ""

    def choose_from(self, name: str, choices: Any) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices


def _verification(label: Any, *, required: bool) -> forms.TypedChoiceField:
    choices = blank_first(VerificationChoice.choices)
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=Verification, empty_value=None, required=required
    )


class LawForm(FrameForm):
    """A law, without its code, its tag and the rules for other authorities."""

    name = forms.CharField(label=_("Name"), max_length=200)
    says = long_text(_("What it is, in one or two sentences"))
    note = long_text(_("Note"), required=False, help_text=_("What changed lately and what comes next, with days."))
    status = forms.CharField(
        label=_("Status"), max_length=200, required=False, help_text=_("Such as: in force, in stages.")
    )
    starts = forms.DateField(label=_("In force from"), required=False, widget=DayInput)
    fines = long_text(_("Fines, in one or two sentences"), required=False)
    verification = _verification(_("How the sentence on fines is known"), required=False)
    looked_up = forms.DateField(
        label=_("Last looked up"),
        required=False,
        widget=DayInput,
        help_text=_("The day on which somebody last read whether all of this is still so."),
    )
    unsettled = LinesField(label=_("Not settled yet, one point per line"), required=False)
    authority = forms.ChoiceField(label=_("Authority"), required=False)

    field_order = ("name", "says", "status", "starts", "note", "fines", "verification", "looked_up", "unsettled")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        found = sorted(((own.name, code) for code, own in edition.authorities.items()), key=lambda each: each[0])
        by_country = (BY_COUNTRY, _("That of the business’s own country"))
        self.choose_from("authority", blank_first([by_country, *((code, name) for name, code in found)]))

    def value(self) -> Law:
        cleaned = {name: self.cleaned_data[name] for name in self.field_order}
        stored: Law = self.stored
        return replace(stored, **cleaned, authority=self.cleaned_data["authority"])


class AuthorityForm(FrameForm):
    """An authority, without its code."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As in the middle of a sentence, such as: the Garante.")
    )
    short = forms.CharField(label=_("Short name"), max_length=60)
    law = forms.ChoiceField(
        label=_("Law it watches over"), required=False, help_text=_("None for cyber security agencies and the police.")
    )
    url = forms.CharField(label=_("Address"), max_length=500, required=False, validators=[web_address])
    breach_form = long_text(
        _("Where a breach is reported"), required=False, help_text=_("Such as: the online form “Data breach”.")
    )
    verification = _verification(_("How this was checked"), required=True)
    note = long_text(_("Note"), required=False)

    field_order = ("code", "name", "short", "law", "url", "breach_form", "verification", "note")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        self.choose_from("law", [("", _("None")), *((law.code, law.name) for law in edition.laws)])

    def value(self) -> Authority:
        cleaned = {name: self.cleaned_data[name] for name in self.field_order if name != "code"}
        return Authority(code=self.stored.code if self.stored else self.key(), **cleaned)


class NewAuthorityForm(AuthorityForm):
    """An authority with its code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Short and never shown, such as: ie or ie_police."),
        validators=[RegexValidator(r"\A[a-z][a-z0-9_]*\Z", _("Small letters, digits and underscores only."))],
    )

    def key(self) -> str:
        return str(self.cleaned_data["code"])


class DateForm(FrameForm):
    """A day on which something of a law begins."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    law = forms.ChoiceField(label=_("Law"))
    text = long_text(_("What begins on that day"))
    when = ConditionField(label=_("Businesses it concerns"))
    verification = _verification(_("How this was checked"), required=False)

    field_order = ("day", "law", "text", "when", "verification")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        self.choose_from("law", blank_first((law.code, law.name) for law in edition.laws))

    def value(self) -> KeyDate:
        return KeyDate(**{name: self.cleaned_data[name] for name in self.field_order})


class LabelForm(FrameForm):
    """A label of results, without its code."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("Plain, and nothing that shames anybody."))
    says = long_text(_("What it means"))
    there = long_text(_("What is there at this label"), required=False)
    missing = long_text(_("What is missing to the next"), required=False)

    field_order = ("name", "says", "there", "missing")

    def value(self) -> Label:
        return Label(self.stored.code, *(self.cleaned_data[name] for name in self.field_order))


class UnknownForm(FrameForm):
    """The answer beside the levels."""

    name = forms.CharField(label=_("Name"), max_length=120)
    says = long_text(_("What it means"))

    field_order = ("name", "says")

    def value(self) -> UnknownAnswer:
        return UnknownAnswer(self.cleaned_data["name"], self.cleaned_data["says"])
