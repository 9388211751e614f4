"""Encrypts stored secrets anew with DATA_KEY; afterwards the old key can leave DATA_KEY_FALLBACKS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.second_step.encryption import UnreadableSecret, encrypt_anew


class Command(BaseCommand):
    help = "Encrypt everything that is stored encrypted with the current DATA_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = encrypt_anew()
        except UnreadableSecret as error:
            raise CommandError(
                "Some secrets were written with a key that is not given. Put the old key into DATA_KEY_FALLBACKS. "
                "Nothing was changed."
            ) from error
        self.stdout.write(f"Encrypted anew: {count}. Old keys can be removed from DATA_KEY_FALLBACKS now.")
