"""The error summary at the top of a page: each error in the same words as at its field, with a link to it."""

from dataclasses import dataclass

from django.forms import BaseForm


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """`target` is the HTML id of the control to jump to."""

    text: str
    target: str


def error_links(*forms: BaseForm) -> list[ErrorLink]:
    """Every error of the forms, in order; nothing for a form that is valid or was not sent."""
    return [
        ErrorLink(text=str(error), target=_first_input(form, name))
        for form in forms
        for name, errors in form.errors.items()
        for error in errors
    ]


def _first_input(form: BaseForm, name: str) -> str:
    if name not in form.fields:
        return "main"
    field = form[name]
    return field.id_for_label or f"{field.auto_id}_0"
