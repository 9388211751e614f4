"""The key of what a browser keeps of a person's unsent text (static/js/signed-in.js)."""

from django.utils.crypto import salted_hmac

from accounts.models import User


def kept_text_key(person: User) -> str:
    """256 bits in hexadecimal, the same on every page of this person and on nobody else's.

    It outlasts a session and a new password: both are when text is left over.
    """
    return salted_hmac("accounts.sign_in.kept_text", str(person.pk), algorithm="sha256").hexdigest()
