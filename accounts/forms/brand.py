import re

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.branding.colours import ENOUGH_CONTRAST, contrast_with_white, dark_enough
from accounts.branding.logos import Logo, LogoRefused, read_logo
from accounts.models.brand import CLOSING_LENGTH, COLOUR, CONTACT_LENGTH


class BrandForm(forms.Form):
    """A new logo replaces the current one. Without a new one the current logo stays, unless "Remove" is ticked."""

    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("PNG, JPEG or WebP, at most 5 MB and 10 million pixels. It is scaled to fit."),
        error_messages={"empty": gettext_lazy("The file is empty. Choose another one.")},
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    remove_logo = forms.BooleanField(label=gettext_lazy("Remove the logo"), required=False)
    colour = forms.CharField(
        label=gettext_lazy("Colour of your reports"),
        required=False,
        max_length=7,
        help_text=gettext_lazy(
            "As #rrggbb, such as #0b4f5c, or empty for Evenkeel’s. White text must be readable on it."
        ),
        error_messages={
            "max_length": gettext_lazy("Write the colour as # followed by six digits or letters from a to f.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("How clients reach you"),
        required=False,
        max_length=CONTACT_LENGTH,
        help_text=gettext_lazy("On your clients’ pages and on the cover of your reports, up to 500 characters."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    closing = forms.CharField(
        label=gettext_lazy("Closing text of your reports"),
        required=False,
        max_length=CLOSING_LENGTH,
        help_text=gettext_lazy("On the last page, up to 2,000 characters."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_logo(self) -> Logo | None:
        sent = self.cleaned_data["logo"]
        if not isinstance(sent, UploadedFile) or sent.file is None:
            return None
        try:
            return read_logo(sent.file, sent.size or 0)
        except LogoRefused as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean_colour(self) -> str:
        colour: str = self.cleaned_data["colour"].lower()
        if not colour:
            return ""
        if not re.search(COLOUR, colour):
            raise forms.ValidationError(_("Write the colour as # followed by six digits or letters from a to f."))
        if contrast_with_white(colour) < ENOUGH_CONTRAST:
            raise forms.ValidationError(
                _("White text is hard to read on %(colour)s. The nearest tone that works is %(tone)s.")
                % {"colour": colour, "tone": dark_enough(colour)}
            )
        return colour

    def clean_contact(self) -> str:
        return _lines(self.cleaned_data["contact"])

    def clean_closing(self) -> str:
        return _lines(self.cleaned_data["closing"])


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())
