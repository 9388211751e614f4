"""The styling of form controls that templates lay out by hand."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def style_controls(form: forms.BaseForm) -> None:
    """Give each control its CSS class, and an error for a missing value that names the field."""
    for field in form.fields.values():
        field.error_messages["required"] = format_lazy(_("{label}: this is needed."), label=field.label or "")
        if isinstance(field.widget, forms.CheckboxInput):
            css_class = "form-check-input"
        else:
            css_class = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        field.widget.attrs.setdefault("class", css_class)


class DayInput(forms.DateInput):
    """The browser's own date picker, which takes and sends days in ISO form."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
