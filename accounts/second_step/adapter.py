"""The product's answers to django-allauth about the second step: messages, names, encryption."""

import logging
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.errors import ChangeRefused
from accounts.second_step import encryption
from accounts.sign_in.adapters import AccountAdapter

logger = logging.getLogger(__name__)


class MfaAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
        "code_run_out": _(
            "This code has just run out: enter the next one. "
            "If this happens often, let your phone set its clock by itself."
        ),
        "code_used": _("This code was already used, and each works once. Wait for the next one, or use another."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "incorrect_passkey": _("This passkey could not be confirmed. Try again, or use another way."),
        "unverified_email": _("Confirm your e-mail address first, then set up the second step."),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ChangeRefused, which is a page, when the key that wrote it is not given any more."""
        try:
            return encryption.decrypt(encrypted_text)
        except encryption.UnreadableSecret as error:
            logger.exception("a second step cannot be read: is the old key missing in DATA_KEY_FALLBACKS?")
            raise ChangeRefused(
                gettext("Your second step cannot be checked at the moment. Please tell whoever runs this site.")
            ) from error

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey") if number == 1 else gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Evenkeel"}
