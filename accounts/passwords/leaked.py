"""Passwords of the operator's own list: those that attackers have from other sites and try first."""

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class LeakedPasswordValidator(CommonPasswordValidator):
    """For AUTH_PASSWORD_VALIDATORS: Django's, with a file of one password on each line, in small letters."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if password.lower().strip() in self.passwords:
            raise ValidationError(
                _("This password is on a list of stolen ones. Three or four unrelated words work well."),
                "password_leaked",
            )

    def get_help_text(self) -> str:
        return ""
