"""Roles, access and invitations. Nothing is preselected that would give somebody more than was meant."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import AccessLevel, Organisation, Role

ROLES = {
    Role.OWNER: _("Owner: everything, and looks after people."),
    Role.EDITOR: _("Editor: answers, submits and makes reports."),
    Role.VIEWER: _("Viewer: reads results and downloads reports."),
}
LEVELS = {
    AccessLevel.ANSWER: _("Answer and review: reads, comments, answers, reviews and makes reports."),
    AccessLevel.REVIEW: _("Review: reads, comments, reviews and makes reports."),
    AccessLevel.READ: _("Read only: reads results and downloads reports."),
}


def _email_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The invitation can be accepted by the holder of this address alone."),
        error_messages={"required": _("Enter the e-mail address of the person.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def _role_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Role"),
        choices=list(ROLES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose one of the roles shown.")},
    )


def _level_field(levels: Sequence[AccessLevel] = tuple(AccessLevel)) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What the consultancy may do"),
        choices=[(level, LEVELS[level]) for level in levels],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what the consultancy may do."),
            "invalid_choice": _("Choose one of the ways shown."),
        },
    )


class RoleForm(forms.Form):
    role = _role_field()


class AccessForm(forms.Form):
    level = _level_field()


class InviteColleagueForm(forms.Form):
    email = _email_field()
    role = _role_field()


class InviteConsultancyForm(forms.Form):
    """Sent by a client to a consultant, or by a consultancy to a client's owner."""

    email = _email_field()
    level = _level_field()


class InviteOwnerForm(forms.Form):
    email = _email_field()


class AcceptForm(forms.Form):
    """For which of the person's own organisations, and how far, an invitation between organisations is accepted."""

    def __init__(
        self, *args: Any, choices: Sequence[Organisation] = (), levels: Sequence[AccessLevel] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {str(each.pk): each for each in choices}
        if choices:
            self.fields["organisation"] = forms.ChoiceField(
                label=_("For which organisation?"),
                choices=[(pk, each.name) for pk, each in self.choices.items()],
                error_messages={"invalid_choice": _("Choose one of your organisations.")},
            )
        if levels:
            self.fields["level"] = _level_field(levels)

    @property
    def organisation(self) -> Organisation:
        return self.choices[self.cleaned_data["organisation"]]
