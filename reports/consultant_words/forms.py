"""Forms of texts and snippets. `version` is that of the row from which the page was made."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.bank.types import Edition
from assessments.forms.question import LimitedField, NoteField
from assessments.forms.style_controls import style_controls
from assessments.wording.scales import level_name
from reports.consultant_words.snippets import SnippetTerms
from reports.kinds.text_places import TextPlace
from reports.models.consultant_text import (
    DOMAIN_TEXT_LENGTH,
    SNIPPET_LENGTH,
    STEP_TEXT_LENGTH,
    STEP_TITLE_LENGTH,
    SUMMARY_LENGTH,
)

DONT_KNOW = "unknown"
LEVELS = range(5)


class PlaceTextForm(forms.Form):
    """The summary or the text about a domain; empty for none."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, place: TextPlace, **more: Any) -> None:
        super().__init__(*args, **more)
        longest = SUMMARY_LENGTH if place is TextPlace.SUMMARY else DOMAIN_TEXT_LENGTH
        self.fields["text"] = NoteField(
            label=_("Your words"),
            help_text=_("Leave it empty to say nothing here."),
            required=False,
            max_length=longest,
            widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        )
        style_controls(self)


class OwnStepForm(forms.Form):
    """A step that the consultant adds."""

    title = LimitedField(
        label=_("What is to be done?"),
        max_length=STEP_TITLE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    text = NoteField(
        label=_("How, or why (optional)"),
        required=False,
        max_length=STEP_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    version = forms.IntegerField(min_value=0, initial=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        style_controls(self)
        self.fields["title"].error_messages["required"] = _("Say in a few words what is to be done.")


class SnippetForm(forms.Form):
    """For one answer to one question of the edition; `kept` is the snippet's question, which may be gone from it."""

    question = forms.ChoiceField(label=_("For which question?"))
    level = forms.ChoiceField(label=_("For which answer?"))
    text = NoteField(
        label=_("The snippet"),
        help_text=_("You can change it wherever you put it in."),
        max_length=SNIPPET_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    version = forms.IntegerField(min_value=0, initial=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, kept: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["question"].choices = list(_questions(edition, kept))  # type: ignore[attr-defined]
        levels = [(str(level), f"{level} {level_name(edition, level)}") for level in LEVELS]
        self.fields["level"].choices = [*levels, (DONT_KNOW, _("Don’t know"))]  # type: ignore[attr-defined]
        style_controls(self)

    @property
    def terms(self) -> SnippetTerms:
        """Of a valid form."""
        given = self.cleaned_data
        level = None if given["level"] == DONT_KNOW else int(given["level"])
        return SnippetTerms(given["question"], level, given["text"])


def _questions(edition: Edition, kept: str) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """By domain, as a list to choose from shows them."""
    if kept and kept not in edition.question:
        yield str(_("Not asked any more")), [(kept, kept)]
    for domain in edition.domains:
        asked = edition.by_domain.get(domain.code, ())
        yield domain.title, [(question.id, f"{question.id} {question.text}") for question in asked]
