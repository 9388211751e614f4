"""The two files of the page that checks them, and what goes into a signed file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from assessments.forms.style_controls import style_controls
from reports.signing.services import FileContent

MEGABYTE = 1_000_000
MOST_SIGNED, MOST_REPORT = 3 * MEGABYTE, 7 * MEGABYTE
"""Together less than what a request may have (config/middleware/uploads.py)."""


class SignedFileForm(forms.Form):
    """What goes into the signed file; the signature alone without a choice."""

    content = forms.ChoiceField(
        choices=[(FileContent.SIGNATURE, ""), (FileContent.ANSWERS, ""), (FileContent.TEXTS, "")], required=False
    )

    def chosen(self) -> FileContent:
        return FileContent(self.cleaned_data["content"] or FileContent.SIGNATURE)


class CheckFileForm(forms.Form):
    """A signed file and the report that it belongs to."""

    signed = forms.FileField(
        label=_("The signed file (its name ends in .evenkeel.json)"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        allow_empty_file=True,
    )
    report = forms.FileField(label=_("The report (optional)"), required=False, allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_controls(self)
        self.fields["signed"].error_messages["required"] = _("Choose the signed file.")

    def clean_signed(self) -> "UploadedFile[bytes]":
        return _at_most(self.cleaned_data["signed"], MOST_SIGNED)

    def clean_report(self) -> "UploadedFile[bytes] | None":
        found = self.cleaned_data["report"]
        return _at_most(found, MOST_REPORT) if found else None


def _at_most(file: "UploadedFile[bytes]", most: int) -> "UploadedFile[bytes]":
    if (file.size or 0) > most:
        raise ValidationError(
            _("This file is larger than %(size)d MB. ./run verify checks larger ones on your own computer.")
            % {"size": most // MEGABYTE}
        )
    return file
