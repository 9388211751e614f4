"""What stands in the operator's list of leaked passwords is no password here."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError

from tests.production.test_refusals import GOOD, ROOT

LEAKED = "zwölf dunkle ampeln"
NAME = "accounts.passwords.leaked.LeakedPasswordValidator"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    file = tmp_path / "leaked.txt"
    file.write_text(f"first of the list\n{LEAKED}\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("password", [LEAKED, LEAKED.upper(), f" {LEAKED} "])
def test_a_listed_password_is_refused_in_any_spelling(password: str, listed: Path) -> None:
    validators = get_password_validators([{"NAME": NAME, "OPTIONS": {"password_list_path": listed}}])

    with pytest.raises(ValidationError, match="stolen"):
        validate_password(password, password_validators=validators)
    validate_password(f"{password} grün", password_validators=validators)


def test_the_operators_list_is_asked_besides_all_other_rules(listed: Path) -> None:
    script = "from config import settings as s; print(len(s.AUTH_PASSWORD_VALIDATORS), s.AUTH_PASSWORD_VALIDATORS[-1])"

    def validators(**given: str) -> str:
        command = [sys.executable, "-c", script]
        return subprocess.run(
            command, cwd=ROOT, env={**GOOD, **given}, capture_output=True, text=True, check=True
        ).stdout

    assert NAME not in validators()
    with_list = validators(LEAKED_LIST=str(listed))
    assert NAME in with_list
    assert str(listed) in with_list
    assert int(with_list.split()[0]) == int(validators().split()[0]) + 1
