"""Publishing is confirmed by typing the edition's name."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """`seen` is the fingerprint of what the preview showed. `sure` is asked for where `many_gone` questions go."""

    name = forms.CharField(
        label=_("Type the edition’s name to confirm"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "form-control"}),
        error_messages={"required": _("Type the edition’s name to confirm.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        error_messages={"required": _("Tick the box to say that these questions are meant to go.")},
    )

    def __init__(self, *args: object, code: str, many_gone: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.code = code
        if not many_gone:
            del self.fields["sure"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name.strip() != self.code:
            raise forms.ValidationError(_("That is not this edition’s name: it is %(code)s.") % {"code": self.code})
        return name
