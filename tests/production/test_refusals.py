"""Production does not start on a value that would make it unsafe, and says which."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reports.operator.files import changed

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "DATA_KEY": secrets.token_urlsafe(64),
    "SIGNING_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "check.example.org",
    "DATABASE_URL": "postgres://db.invalid/evenkeel",
    "REDIS_URL": "redis://redis.invalid:6379/0",
}


def start_web_server(**environment: str) -> subprocess.CompletedProcess[str]:
    """As the container does, but ending after everything is loaded."""
    return subprocess.run(
        [sys.executable, "-m", "gunicorn", "--check-config", "--config", "config/gunicorn.py", "config.wsgi"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_with_everything_given_it_starts() -> None:
    result = start_web_server(**GOOD)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", None, "SECRET_KEY is missing. Set it to a random text of at least 50 characters."),
        ("SECRET_KEY", "", "SECRET_KEY is missing. Set it to a random text of at least 50 characters."),
        ("SECRET_KEY", "short", "SECRET_KEY is too weak. Use a random text of at least 50 characters."),
        ("SECRET_KEY", "a" * 80, "SECRET_KEY is too weak. Use a random text of at least 50 characters."),
        ("SECRET_KEY", "django-insecure-" + secrets.token_urlsafe(64), "SECRET_KEY is too weak."),
        ("DATA_KEY", None, "DATA_KEY is missing. Set it to a random text of at least 50 characters."),
        ("DATA_KEY", "short", "DATA_KEY is too weak."),
        ("SIGNING_KEY", None, "SIGNING_KEY is missing. Set it to a random text of at least 50 characters."),
        ("FORMER_PUBLIC_KEYS", "abcd", "FORMER_PUBLIC_KEYS must be public keys of 64 hexadecimal digits"),
        ("ALLOWED_HOSTS", None, "ALLOWED_HOSTS is missing. Set it to the host names people use"),
        ("ALLOWED_HOSTS", "*", "'*' would accept any."),
        ("ALLOWED_HOSTS", "check.example.org,.example.net", ".example.net would accept any before it."),
        ("DATABASE_URL", None, "DATABASE_URL is missing."),
        ("REDIS_URL", None, "CACHE_URL or REDIS_URL is missing."),
        ("EVENKEEL_DEBUG", "true", "EVENKEEL_DEBUG is only for ./run dev."),
        ("LEAKED_LIST", "/nowhere/leaked.txt", "LEAKED_LIST names no file that is there."),
        ("EVENKEEL_SERVICE", "wbe", "EVENKEEL_SERVICE must be one of web, worker, scheduler, backup, migrate."),
    ],
)
def test_it_refuses_and_says_why(name: str, value: str | None, said: str) -> None:
    environment = {**GOOD, name: value or ""}
    if value is None:
        del environment[name]
    result = start_web_server(**environment)
    assert result.returncode == 1
    assert result.stderr.startswith("Evenkeel does not start: ")
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not value or value not in result.stderr or len(value) < 2


def test_a_broken_file_of_the_operator_is_refused_with_its_line(tmp_path: Path) -> None:
    result = start_web_server(**GOOD, OPERATOR_FOLDER=str(changed(tmp_path, "name =", "naem =")))
    assert result.returncode == 1
    assert result.stderr.strip() == (
        f"Evenkeel does not start: {tmp_path}/operator.toml, line 4: “naem” is not known. Did you mean “name”?"
    )
    missing = start_web_server(**GOOD, OPERATOR_FOLDER=str(tmp_path / "missing"))
    assert missing.returncode == 1
    assert "is not a folder. Make it and put operator.toml into it." in missing.stderr


def test_nobody_has_to_fill_the_operators_file_before_the_first_start(tmp_path: Path) -> None:
    """Compose makes the folder if it is not there."""
    result = start_web_server(**GOOD, OPERATOR_FOLDER=str(tmp_path))
    assert result.returncode == 0, result.stderr


def test_manage_py_refuses_in_the_same_words() -> None:
    environment = {"PATH": os.environ["PATH"], **GOOD, "SECRET_KEY": ""}
    result = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert result.stderr.strip() == (
        "Evenkeel does not start: SECRET_KEY is missing. Set it to a random text of at least 50 characters."
    )


def test_the_secret_key_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(GOOD["SECRET_KEY"])
    environment = {name: value for name, value in GOOD.items() if name != "SECRET_KEY"}
    result = start_web_server(**environment, SECRET_KEY_FILE=str(file))
    assert result.returncode == 0, result.stderr


def test_a_password_may_come_from_a_file_of_its_own(tmp_path: Path) -> None:
    """With the line end that an editor adds, and with characters that mean something in an address."""
    file = tmp_path / "password"
    file.write_text("a/b@c:d%e\n")
    urls = {"DATABASE_URL": "postgres://evenkeel_web@db:5432/evenkeel", "CACHE_URL": "rediss://web_cache@redis:6379/0"}
    files = {"DATABASE_PASSWORD_FILE": str(file), "CACHE_PASSWORD_FILE": str(file)}
    script = (
        "from config import settings as s; print(s.DATABASES['default']['PASSWORD'], s.CACHES['default']['LOCATION'])"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **GOOD, **urls, **files},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.split() == ["a/b@c:d%e", "rediss://web_cache:a%2Fb%40c%3Ad%25e@redis:6379/0"]
