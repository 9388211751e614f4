"""An organisation's name and kind, asked for when signing up and when adding one more."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, OrganisationKind
from accounts.names import validate_name

NAME_LENGTH = Organisation._meta.get_field("name").max_length


def organisation_name_field() -> forms.CharField:
    """The one in every form that sets an organisation up; kept to what can be seen and says who it is."""
    return forms.CharField(
        label=_("Name of your business or organisation"),
        max_length=NAME_LENGTH,
        validators=[validate_name],
        error_messages={"required": _("Enter the name of your business or organisation.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


def advises_others_field() -> forms.BooleanField:
    """Whether the organisation is a consultancy; `kind_of` reads the answer."""
    return forms.BooleanField(label=_("We advise other businesses (a consultancy)"), required=False)


def kind_of(form: forms.Form) -> OrganisationKind:
    """What a valid form with `advises_others_field` says of the organisation."""
    return OrganisationKind.CONSULTANCY if form.cleaned_data["advises_others"] else OrganisationKind.BUSINESS


class OrganisationForm(forms.Form):
    """For one more organisation of a person who already has an account."""

    organisation_name = organisation_name_field()
    advises_others = advises_others_field()


class ClientForm(forms.Form):
    """For a client that a consultancy sets up. `known` is how many clients of the same name the page told of."""

    client_name = forms.CharField(
        label=_("Name of the client’s business"),
        max_length=NAME_LENGTH,
        validators=[validate_name],
        error_messages={"required": _("Enter the name of the client’s business.")},
    )
    known = forms.IntegerField(required=False, min_value=0, max_value=1_000, widget=forms.HiddenInput)

    def tell_of(self, known: int) -> None:
        """Shown again, the form says that the page told of so many."""
        self.data = {**self.data.dict(), "known": str(known)} if isinstance(self.data, QueryDict) else self.data
