"""The defaults: strict in production, without obstacles on a local machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.production.test_refusals import GOOD, ROOT

# On one's own machine, one key stands for two.
KEYS = {name: GOOD[name] for name in ("SECRET_KEY", "SIGNING_KEY")}
ASKED = "MFA_REQUIRED SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT EMBEDDED DEBUG"


def settings_with(**environment: str) -> dict[str, str]:
    script = f"from config import settings as s\nfor name in '{ASKED}'.split(): print(name, getattr(s, name, None))"
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return dict(line.split(" ", 1) for line in said.splitlines())


def test_in_production_everything_is_asked_for() -> None:
    found = settings_with(**GOOD)
    assert (found.pop("EMBEDDED"), found.pop("DEBUG")) == ("False", "False")
    assert found.pop("MFA_REQUIRED") == "privileged"
    assert set(found.values()) == {"True"}, found


def test_on_ones_own_machine_nothing_stands_in_the_way(tmp_path: Path) -> None:
    found = settings_with(EVENKEEL_DATA=str(tmp_path), ALLOWED_HOSTS="localhost", **KEYS)
    assert found.pop("EMBEDDED") == "True"
    assert found.pop("MFA_REQUIRED") == "nobody"
    assert set(found.values()) == {"False"}, found


def test_error_pages_show_code_only_where_dev_asks_and_nobody_else_can_see(tmp_path: Path) -> None:
    own = {"EVENKEEL_DATA": str(tmp_path), "ALLOWED_HOSTS": "localhost,127.0.0.1", **KEYS}

    assert settings_with(**GOOD)["DEBUG"] == "False"
    assert settings_with(**own)["DEBUG"] == "False"
    assert settings_with(**own, EVENKEEL_DEBUG="true")["DEBUG"] == "True"
    with pytest.raises(subprocess.CalledProcessError) as refused:
        settings_with(**{**own, "ALLOWED_HOSTS": "localhost,check.example.org"}, EVENKEEL_DEBUG="true")
    assert "With EVENKEEL_DEBUG, ALLOWED_HOSTS may only contain localhost and 127.0.0.1." in refused.value.stderr


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("nobody", "nobody"),
        ("privileged", "privileged"),
        ("everybody", "everybody"),
        ("Everybody ", "everybody"),
        ("true", "privileged"),
        ("false", "nobody"),
    ],
)
def test_an_operator_decides_about_the_second_step(value: str, meant: str) -> None:
    assert settings_with(**GOOD, MFA_REQUIRED=value)["MFA_REQUIRED"] == meant


def test_a_word_that_means_nobody_in_particular_is_refused() -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        settings_with(**GOOD, MFA_REQUIRED="admins")
    assert "MFA_REQUIRED must be one of: nobody, privileged, everybody." in refused.value.stderr
