"""How controls look that are laid out by hand."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def style_controls(form: forms.BaseForm) -> None:
    """Gives each control the look of the product, and an error that says which field it is about."""
    for field in form.fields.values():
        field.error_messages["required"] = format_lazy(_("{label}: this is needed."), label=field.label or "")
        if isinstance(field.widget, forms.CheckboxInput):
            look = "form-check-input"
        else:
            look = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        field.widget.attrs.setdefault("class", look)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
