"""A file to import: which one, what it is, and which draft it is for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.bank.diff.editions import ChangeId
from assessments.bank.merge.choices import ChangeMark
from assessments.bank.merge.three_way import ChangeSource
from assessments.editor.forms.fields import EditionNameField
from assessments.forms.style_controls import style_controls

EDITION, LIBRARY = "edition", "library"


class ImportForm(forms.Form):
    """`drafts` can be chosen; without a choice, a new draft needs a name."""

    file = forms.FileField(label=_("File (YAML, JSON or XLSX, at most 10 MB)"))
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(EDITION, _("An edition of this bank")), (LIBRARY, _("A framework library of CISO Assistant (YAML)"))],
    )
    draft = forms.ChoiceField(label=_("Into which draft"), required=False)
    name = EditionNameField(
        label=_("Name of a new draft"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, drafts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["draft"].choices = [("", _("A new draft")), *((code, code) for code in drafts)]  # type: ignore[attr-defined]
        style_controls(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        new = cleaned.get("kind") == LIBRARY or not cleaned.get("draft")
        if new and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give the new draft a name."))
        return cleaned


class ManyTextsField(forms.Field):
    """Every value that was sent under the name."""

    widget = forms.MultipleHiddenInput


class ChoicesForm(forms.Form):
    """The ticks of one page of changes, and what the pressed button is for.

    Cleaned, `shown` maps every change on the page to the mark it had there, `take` has those ticked. `do` is "take",
    "page" with the number in `what`, or "tick" or "untick" with a ChangeSource in `what`.
    """

    seen = forms.CharField(required=False)
    shown = ManyTextsField(required=False)
    take = ManyTextsField(required=False)
    do = forms.RegexField(r"^(take|page:[1-9][0-9]{0,3}|(un)?tick:(" + "|".join(ChangeSource) + "))$")

    def clean_shown(self) -> dict[ChangeId, ChangeMark]:
        pairs = (entry.partition(" ") for entry in self.cleaned_data["shown"] or ())
        return {ChangeId(which): ChangeMark(mark) for mark, _space, which in pairs}

    def clean_take(self) -> frozenset[ChangeId]:
        return frozenset(map(ChangeId, self.cleaned_data["take"] or ()))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["do"], _colon, cleaned["what"] = cleaned.get("do", "").partition(":")
        return cleaned
