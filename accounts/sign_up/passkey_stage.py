"""Who signed up without a password makes a passkey before the first page, after the address is confirmed."""

from allauth.account.stages import LoginStage
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare

from accounts.models import User

FINGERPRINT = "fingerprint"


class NewPasskeyStage(LoginStage):  # type: ignore[misc] # allauth has no types
    """A step of signing in, as django-allauth runs them.

    Its own stage for this asks for codes by mail in place of links; this one asks the database what the account has.
    """

    key = "new_passkey"
    urlname = "account_signup_passkey"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        person = self.login.user
        if not self.login.signup or person is None or person.has_usable_password():
            return None, True
        if Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists():
            return None, True
        self.state[FINGERPRINT] = person.get_session_auth_hash()
        return headed_redirect_response(self.urlname), True

    def lock_person(self) -> User | None:
        """Who signs in, locked; None if somebody has signed up anew with the address since this stage began."""
        person = User.objects.select_for_update().filter(pk=self.login.user.pk).first()
        known = person and constant_time_compare(person.get_session_auth_hash(), self.state.get(FINGERPRINT, ""))
        return person if known else None

    def is_resumable(self, request: object) -> bool:
        """The sign-in page stays open to others who use this browser."""
        return False
