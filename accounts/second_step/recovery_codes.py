"""Recovery codes: ten at a time, shown once, stored as hashes like passwords; each works once.

An authenticator of the type "recovery_codes" keeps them in its data: `made` is how many there were; `codes` has the
first character of each, which tells the hash to look at, the hash, and whether it was used. Codes of eight digits, from
before codes were hashed, keep no character of theirs in the open.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused
from accounts.models import User
from accounts.second_step.app_codes import CodeVerdict
from accounts.services.locks import lock_person

COUNT = 10
# Without those that look like another one. 15 of 31 after the first: 74 bits.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
GROUPS, GROUP = 4, 4


class CodesChangedMeanwhile(ChangeRefused):
    """New codes were made since the page was opened: by a second click, or in another tab."""

    def __init__(self) -> None:
        super().__init__(
            _("New codes were made a moment ago. If you cannot see them any more, go back and make new ones.")
        )


class RecoveryCodeHasher(Argon2PasswordHasher):
    """The smallest cost that OWASP recommends: what was drawn by chance is in no list, and ten are made at once."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


_HASHER = RecoveryCodeHasher()


@dataclass(frozen=True, slots=True)
class CodesLeft:
    """`key` names this set of codes; 0 for none."""

    key: int = 0
    left: int = 0
    made: int = 0


def codes_left(person: User) -> CodesLeft:
    row = _rows_of(person).first()
    if row is None:
        return CodesLeft()
    left = sum(not each["used"] for each in row.data.get("codes", []))
    return CodesLeft(row.pk, left, row.data.get("made", 0))


@transaction.atomic
def make_recovery_codes(*, person: User, instead_of: int) -> list[str]:
    """The new codes, which nobody can read again; the old ones end.

    `instead_of` is the key of the codes that the person knew of. CodesChangedMeanwhile if there are others by now: of
    two clicks, the codes that the second answer would show must not be dead ones.
    """
    lock_person(person)
    if codes_left(person).key != instead_of:
        raise CodesChangedMeanwhile
    codes = new_codes()
    _rows_of(person).delete()
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data=stored(codes, made=COUNT))
    return codes


def take_recovery_code(row: Authenticator, typed: str) -> CodeVerdict:
    """Judges the code and marks a right one as used. The caller has locked the row."""
    plain = normalize_user_code(typed)
    for code in row.data.get("codes", []):
        if plain.startswith(code["begins"]) and _HASHER.verify(plain, code["hash"]):
            if code["used"]:
                return CodeVerdict.USED
            code["used"] = True
            row.save(update_fields=["data"])
            return CodeVerdict.RIGHT
    return CodeVerdict.WRONG


def new_codes() -> list[str]:
    """No two begin with the same character."""
    first = secrets.SystemRandom().sample(LETTERS, COUNT)
    codes = [begin + "".join(secrets.choice(LETTERS) for _ in range(GROUPS * GROUP - 1)) for begin in first]
    return ["-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP)) for code in codes]


def stored(codes: list[str], *, made: int) -> dict[str, Any]:
    """What is kept of codes that were not used yet."""
    return {"made": made, "codes": [_stored(normalize_user_code(code)) for code in codes]}


def _stored(plain: str) -> dict[str, Any]:
    begins = plain[0] if len(plain) == GROUPS * GROUP else ""
    return {"begins": begins, "hash": _HASHER.encode(plain, _HASHER.salt()), "used": False}


def _rows_of(person: User) -> Any:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES)
