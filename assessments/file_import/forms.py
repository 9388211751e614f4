"""The file to go on from, and what its preview offered."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from assessments.forms.style_controls import style_controls

MOST_BYTES_TO_TAKE = 3_000_000


class FileToTakeForm(forms.Form):
    file = forms.FileField(
        label=_("The signed file (its name ends in .evenkeel.json)"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        style_controls(self)
        self.fields["file"].error_messages["required"] = _("Choose the signed file.")

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES_TO_TAKE:
            raise ValidationError(_("This file is larger than 3 MB. A signed file is not."))
        return file


class SealedOfferForm(forms.Form):
    """`offer` is what the preview showed, sealed by this site, so that no file has to be kept in between."""

    offer = forms.CharField()
