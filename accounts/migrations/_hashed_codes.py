"""Recovery codes that were drawn from a stored seed become hashes, one for each unused code; the seed goes.

What people printed goes on working. It takes a fifth of a second for each person who has codes.
"""

import hmac
from typing import Any

from accounts.second_step.encryption import UnreadableSecret, decrypt
from accounts.second_step.recovery_codes import stored

COUNT, DIGITS = 10, 8


def hash_seeds(apps: Any, schema_editor: Any) -> None:
    for row in _rows(apps):
        if "seed" in row.data or "migrated_codes" in row.data:
            row.data = stored(_unused(row), made=COUNT)
            row.save(update_fields=["data"])


def forget_hashes(apps: Any, schema_editor: Any) -> None:
    """Backwards: from a hash no seed can be made. People make new codes; app and passkeys are untouched."""
    _rows(apps).delete()


def _rows(apps: Any) -> Any:
    return apps.get_model("mfa", "Authenticator").objects.filter(type="recovery_codes").order_by("pk")


def _unused(row: Any) -> list[str]:
    try:
        if "migrated_codes" in row.data:
            return [decrypt(code) for code in row.data["migrated_codes"]]
        codes = codes_of_seed(decrypt(row.data["seed"]))
    except UnreadableSecret as error:
        raise RuntimeError(
            f"The recovery codes of person {row.user_id} were encrypted with a DATA_KEY that is not given. Put the old key "
            "into DATA_KEY_FALLBACKS and migrate again. Nothing was changed."
        ) from error
    used: int = row.data.get("used_mask", 0)
    return [code for number, code in enumerate(codes) if not used & (1 << number)]


def codes_of_seed(seed: str) -> list[str]:
    """As django-allauth 65 drew them: a running HMAC-SHA-1, of which four bytes make eight digits."""
    running, codes = hmac.new(seed.encode("ascii"), digestmod="sha1"), []
    for number in range(COUNT):
        running.update(f"{number:3},".encode())
        value = int.from_bytes(running.digest()[: DIGITS // 2], "big") % 10**DIGITS
        codes.append(f"{value:0{DIGITS}}")
    return codes
