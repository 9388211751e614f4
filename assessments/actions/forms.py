"""Forms of the plan. Only people who may see the organisation can be given an action."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import validate_name
from assessments.actions.reminder_choices import time_zone_names
from assessments.actions.services import ActionTerms
from assessments.forms.question import NoteField
from assessments.forms.style_controls import DayInput, style_controls
from assessments.models import Action, ActionState
from assessments.models.actions import (
    ACTION_COMMENT_LENGTH,
    ACTION_NOTE_LENGTH,
    ASSIGNEE_NAME_LENGTH,
    DROPPED_REASON_LENGTH,
    PROOF_LENGTH,
    TITLE_LENGTH,
)

LATEST = timedelta(days=3653)
"""Dates are within ten years."""
_BEGUN = ((ActionState.OPEN, _("Not begun yet")), (ActionState.DOING, _("Somebody is at it")))


class TermsForm(forms.Form):
    """Who does it, by when. `time_zone` is filled in by the browser, where it runs our script."""

    who = forms.ChoiceField(label=_("Who does it?"), required=False)
    other = forms.CharField(
        label=_("Or somebody without an account"),
        help_text=_("A name, such as that of your IT helper. They get no e-mail from us."),
        required=False,
        max_length=ASSIGNEE_NAME_LENGTH,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    due = forms.DateField(
        label=_("By when? (optional)"),
        required=False,
        widget=DayInput(),
        error_messages={"invalid": _("Type the date like this: 2027-01-31.")},
    )
    note = NoteField(
        label=_("Note (optional)"),
        required=False,
        max_length=ACTION_NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: Iterable[User],
        today: date,
        kept_due: date | None = None,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.people = {str(person.pk): person for person in people}
        self.today, self.kept_due = today, kept_due
        choices = [("", _("Nobody yet")), *((key, str(person)) for key, person in self.people.items())]
        self.fields["who"] = forms.ChoiceField(
            label=self.fields["who"].label,
            required=False,
            choices=choices,
            error_messages={
                "invalid_choice": _("Choose one of the people shown. Somebody may have lost access in the meantime.")
            },
        )
        style_controls(self)

    def clean_other(self) -> str:
        return " ".join(self.cleaned_data["other"].split())

    def clean_due(self) -> date | None:
        """A date that has passed may stay, and is not chosen anew."""
        due: date | None = self.cleaned_data["due"]
        if due is not None and due != self.kept_due:
            if due < self.today:
                raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
            if due > self.today + LATEST:
                raise forms.ValidationError(_("Choose a day within the next ten years."))
        return due

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("who") and cleaned.get("other"):
            self._keep_what_was_chosen(cleaned)
        return cleaned

    def _keep_what_was_chosen(self, cleaned: dict[str, Any]) -> None:
        """A field that is as the page showed it gives way to the one that was filled in."""
        changed = {"who", "other"} & set(self.changed_data)
        if len(changed) == 1:
            cleaned["who" if changed == {"other"} else "other"] = ""
        else:
            self.add_error("other", _("Choose a person or type a name, not both."))

    @property
    def terms(self) -> ActionTerms:
        """Of a valid form."""
        given = self.cleaned_data
        return ActionTerms(self.people.get(given["who"]), given["other"], given["due"], given["note"])


class OwnTaskForm(TermsForm):
    """What is not in the question bank."""

    title = forms.CharField(
        label=_("What is to be done?"),
        max_length=TITLE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order: Sequence[str] = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].error_messages["required"] = _("Say in a few words what is to be done.")


class ActionForm(OwnTaskForm):
    """Of an action that waits for somebody; `version` is that of the row from which the page was made."""

    state = forms.ChoiceField(label=_("How far is it?"), choices=_BEGUN)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    field_order = ("title", "state")

    def __init__(self, data: QueryDict | None = None, *, action: Action, people: Iterable[User], today: date) -> None:
        initial = {
            "title": action.title,
            "state": action.state,
            "version": action.version,
            "who": str(action.assignee_id or ""),
            "other": action.assignee_name,
            "due": action.due,
            "note": action.note,
        }
        super().__init__(data, people=people, today=today, kept_due=action.due, initial=initial)
        if action.is_step:
            del self.fields["title"]


class FinishForm(forms.Form):
    """It is done."""

    proof = forms.CharField(
        label=_("Where can one see it? (optional)"),
        help_text=_("Such as a file, a setting or a date: “folder Contracts”, “two-step sign-in is on for all”."),
        required=False,
        max_length=PROOF_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_controls(self)


class DropForm(forms.Form):
    """It is not for this business."""

    reason = forms.CharField(
        label=_("Why is this not for you?"),
        max_length=DROPPED_REASON_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_controls(self)
        self.fields["reason"].error_messages["required"] = _("Say in a few words why this is not for you.")


class ActionCommentForm(forms.Form):
    """A word about an action, kept in its history."""

    text = NoteField(
        label=_("Comment"),
        max_length=ACTION_COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_controls(self)
        self.fields["text"].error_messages["required"] = _("Write a comment first.")


class ReminderForm(forms.Form):
    """Whether to be written to, and where one's day begins."""

    wanted = forms.BooleanField(label=_("Write to me before and on the day of what I have taken on"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Where are you?"),
        help_text=_("Mails are sent after seven in the morning there."),
        required=False,
        widget=forms.Select(attrs={"data-time-zone": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(name, name.replace("_", " ")) for name in time_zone_names()]
        self.fields["time_zone"].choices = [("", _("Not chosen")), *zones]  # type: ignore[attr-defined]
        style_controls(self)
