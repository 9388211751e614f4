"""Roles, access and invitations. Nothing is preselected that would give somebody more access than was meant."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import AccessLevel, Organisation, Role

ROLES = {
    Role.OWNER: _("Owner: does everything and manages people."),
    Role.EDITOR: _("Editor: answers, submits and creates reports."),
    Role.VIEWER: _("Viewer: reads results and downloads reports."),
}
LEVELS = {
    AccessLevel.ANSWER: _("Answer and review: reads, comments, answers, reviews and creates reports."),
    AccessLevel.REVIEW: _("Review: reads, comments, reviews and creates reports."),
    AccessLevel.READ: _("Read only: reads results and downloads reports."),
}


def _email_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Only the holder of this address can accept the invitation."),
        error_messages={"required": _("Enter the person’s e-mail address.")},
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
            "invalid_choice": _("Choose one of the options shown."),
        },
    )


class RoleForm(forms.Form):
    """Changes the role of a member."""

    role = _role_field()


class AccessForm(forms.Form):
    """Changes what a consultancy with access may do."""

    level = _level_field()


class InviteColleagueForm(forms.Form):
    """Invites a person to join the organisation in a role."""

    email = _email_field()
    role = _role_field()


class InviteConsultancyForm(forms.Form):
    """Sent by a client to a consultant, or by a consultancy to a client's owner."""

    email = _email_field()
    level = _level_field()


class InviteOwnerForm(forms.Form):
    """Invites the owner of a client that the consultancy has set up."""

    email = _email_field()


class AcceptForm(forms.Form):
    """For which of the person's own organisations an invitation is accepted, and with how much access.

    Without `choices` and `levels`, as for joining an organisation, there is nothing to fill in.
    """

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
