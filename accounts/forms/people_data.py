"""Before something is deleted for good, its name is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.organisations import organisation_name_field
from accounts.models import User
from accounts.models.addresses import normal_address


class DeleteAccountForm(forms.Form):
    """The person types their own address."""

    email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("Type it to confirm."),
        max_length=254,
        error_messages={"required": _("Type the e-mail address of your account.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, person: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.person = person

    def clean_email(self) -> str:
        typed: str = normal_address(self.cleaned_data["email"])
        if typed != self.person.email:
            raise forms.ValidationError(_("This is not the address of your account."))
        return typed


class TypedNameForm(forms.Form):
    """An owner types the name of what is deleted; the service compares it."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        help_text=_("Type it to confirm."),
        max_length=120,
        error_messages={"required": _("Type the name of the organisation.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RenameForm(forms.Form):
    """The new name of an organisation."""

    name = organisation_name_field()
