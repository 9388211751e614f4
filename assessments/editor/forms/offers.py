"""Confirmations: a name to type, a reason to give."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.editor.forms.fields import long_text
from assessments.editor.forms.publishing import PublishForm
from assessments.forms.style_controls import style_controls
from assessments.models import EditionRow, PublishRequest


class OfferForm(PublishForm):
    """`seen` is the fingerprint of what the page showed."""


class WithdrawForm(forms.Form):
    """Why no new assessment starts on an edition any more."""

    reason = long_text(
        _("Why it is withdrawn"),
        max_length=EditionRow._meta.get_field("withdrawn_reason").max_length,
        help_text=_("Other bank editors read this. Do not name people."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_controls(self)


class DeclineForm(forms.Form):
    """Why somebody does not publish, or does not offer, what a colleague asks for."""

    reason = long_text(
        _("Why you decline"), rows=2, max_length=PublishRequest._meta.get_field("declined_reason").max_length
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_controls(self)


class DefaultBankForm(forms.Form):
    """`seen` is the key of the default bank that the page showed."""

    name = forms.CharField(
        label=_("Type the bank’s short name to confirm"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "form-control"}),
        error_messages={"required": _("Type the bank’s short name to confirm.")},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slug = slug

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name.strip() != self.slug:
            raise forms.ValidationError(_("That is not this bank’s short name: it is %(slug)s.") % {"slug": self.slug})
        return name
