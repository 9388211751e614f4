from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import validate_name


class NameForm(forms.Form):
    """What a person wants to be called; may be empty."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Shown to the people you work with. You may leave it empty."),
        max_length=User._meta.get_field("name").max_length,
        required=False,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
