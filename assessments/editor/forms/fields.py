"""Fields that several forms of the editor share."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from assessments.forms.question import NoteField
from assessments.models import EditionRow

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

web_address = RegexValidator(
    r"\A(https://\S+|\{[a-z_]+\})\Z",
    _("An address begins with https:// and has no spaces, or is filled in, such as {authority_url}."),
)


def long_text(label: "StrOrPromise", *, rows: int = 2, **options: Any) -> NoteField:
    return NoteField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class LinesField(NoteField):
    """One entry per line; `known` are the entries that are allowed, if any are named."""

    def __init__(self, *, known: Collection[str] | None = None, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **kwargs)
        self.known = known

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in super().clean(value).split("\n") if line.strip())
        unknown = [line for line in lines if self.known is not None and line not in self.known]
        if unknown:
            raise ValidationError(
                _("Not in the registry of citations: %(lines)s"), params={"lines": "; ".join(unknown)}
            )
        return tuple(dict.fromkeys(lines))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple | list) else value


class EditionNameField(forms.CharField):
    """The name of a new edition: it is part of URLs, and no edition has it yet."""

    def __init__(self, **kwargs: Any) -> None:
        well_formed = RegexValidator(
            r"\A[A-Za-z0-9][A-Za-z0-9._-]*\Z", _("Letters, digits, dots, hyphens and underscores only.")
        )
        length = EditionRow._meta.get_field("code").max_length
        super().__init__(max_length=length, validators=[well_formed, _free], **kwargs)


def _free(name: str) -> None:
    if EditionRow.objects.filter(code__iexact=name).exists():
        raise ValidationError(_("An edition with this name already exists. Choose another."))
    if any(_leads_elsewhere(each) for each in (name, name.lower())):
        raise ValidationError(_("This name is reserved for a page of the bank. Choose another."))


def _leads_elsewhere(name: str) -> bool:
    try:
        return resolve(reverse("bank_edition", args=[name])).url_name != "bank_edition"
    except (NoReverseMatch, Resolver404):
        return False


def in_stored_order(chosen: Iterable[str], stored: Iterable[str]) -> tuple[str, ...]:
    """What was there before keeps its place, what is new comes last: checkboxes have no order."""
    wanted = list(chosen)
    kept = [entry for entry in stored if entry in wanted]
    return (*kept, *(entry for entry in wanted if entry not in kept))


def blank_first(choices: Iterable[tuple[str, "StrOrPromise"]]) -> list[tuple[str, "StrOrPromise"]]:
    return [("", _("Choose")), *choices]
