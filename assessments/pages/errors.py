"""The error summary on top of a page: each error in the words it has at its field, with a link there."""

from dataclasses import dataclass

from django.forms import BaseForm


@dataclass(frozen=True, slots=True)
class ErrorLink:
    text: str
    target: str


def error_links(*forms: BaseForm) -> list[ErrorLink]:
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
