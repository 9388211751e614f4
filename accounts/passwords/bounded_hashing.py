"""Hashing a password takes 100 MB: however many people sign in at once, a process does few of them at a time."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

HASHES_AT_ONCE = 2
"""In one process. Two processes of the web server then stay within the memory that docker-compose.yml gives them."""
_turns = BoundedSemaphore(HASHES_AT_ONCE)


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """Django's, with the same hashes; whoever comes third waits for a turn."""

    def encode(self, password: str, salt: str) -> str:
        with _turns:
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with _turns:
            return bool(super().verify(password, encoded))
