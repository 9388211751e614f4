"""Many sign-ins at the same moment take no more memory than a few: a process hashes two passwords at a time."""

import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from accounts.passwords.bounded_hashing import HASHES_AT_ONCE, BoundedArgon2Hasher
from config import settings

PEOPLE = 6


class Crowd:
    """Stands in for the hashing itself: each waits until as many as may be there at once have come."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.lock = threading.Lock()
        self.full = threading.Barrier(HASHES_AT_ONCE, timeout=20)

    def hash(self, *_given: object) -> str:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.full.wait()
        with self.lock:
            self.now -= 1
        return "hash"


@pytest.mark.parametrize("work", [lambda hasher: hasher.encode("a", "salt"), lambda hasher: hasher.verify("a", "hash")])
def test_no_more_at_once_than_memory_is_for(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[BoundedArgon2Hasher], object]
) -> None:
    crowd = Crowd()
    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, crowd.hash)
    people = [threading.Thread(target=work, args=[BoundedArgon2Hasher()]) for _ in range(PEOPLE)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert (crowd.now, crowd.most) == (0, HASHES_AT_ONCE)


def test_it_is_what_passwords_are_stored_with_and_reads_the_hashes_of_before() -> None:
    assert settings.PASSWORD_HASHERS[0] == f"{BoundedArgon2Hasher.__module__}.{BoundedArgon2Hasher.__qualname__}"
    before = Argon2PasswordHasher().encode("four blue kettles sing", Argon2PasswordHasher().salt())
    hasher = BoundedArgon2Hasher()
    assert hasher.verify("four blue kettles sing", before)
    assert not hasher.verify("another", before)
    assert not hasher.must_update(before)


def test_a_turn_is_given_back_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = BoundedArgon2Hasher()
    for _ in range(HASHES_AT_ONCE + 1):
        with pytest.raises(AttributeError):
            hasher.verify(None, "argon2$argon2id$v=19$m=8,t=1,p=1$YWFhYWFhYWE$YQ")  # type: ignore[arg-type]
    assert check_password("a", make_password("a"))
