"""deploy/make-secrets: makes what is missing, changes nothing that is there, and says in time what runs out."""

import hashlib
import os
import shutil
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.production.composed import ROOT, compose_config, make_secrets


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "secrets"
    done = make_secrets(folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "secrets")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def certificate(folder: Path, name: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / name).read_bytes())


def test_it_makes_what_compose_hands_over_and_nothing_else(made: Path) -> None:
    config = compose_config(ALLOWED_HOSTS="a", SITE_URL="https://a")
    assert contents(made).keys() == config["secrets"].keys()


def test_nobody_else_on_the_machine_may_enter(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in made.iterdir()} == {0o644}


def test_keys_and_passwords_are_random_and_have_no_line_end(made: Path) -> None:
    found = {name: text for name, text in contents(made).items() if b"-----" not in text and name != "redis_users"}
    empty = {name for name, text in found.items() if not text}
    assert empty == {"secret_key_fallbacks", "data_key_fallbacks", "former_public_keys", "email_password"}
    drawn = [text for text in found.values() if text]
    assert len({*drawn}) == len(drawn)
    assert all(len(bytes.fromhex(text.decode())) == 32 and text == text.strip() for text in drawn)


def test_redis_gets_hashes_alone(made: Path) -> None:
    users = (made / "redis_users").read_text()
    for name in ("web_cache", "web_broker", "worker", "scheduler", "healthcheck"):
        password = (made / f"redis_{name}").read_bytes()
        assert f"user {name} on #{hashlib.sha256(password).hexdigest()} " in users
        assert password.decode() not in users
    assert "#{" not in users
    assert users.startswith("user default off ")


@pytest.mark.parametrize(("name", "host"), [("database", "db"), ("redis", "redis")])
def test_certificates_are_for_one_name_and_for_serving(made: Path, name: str, host: str) -> None:
    own, authority = certificate(made, f"{name}_certificate"), certificate(made, "authority")
    own.verify_directly_issued_by(authority)
    names = own.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == [host]
    assert not own.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    uses = own.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(uses) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert authority.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    assert own.not_valid_after_utc > datetime.now(UTC) + timedelta(days=700)


def test_what_is_there_stays(folder: Path) -> None:
    (folder / "email_password").write_text("given by the provider")
    before = contents(folder)
    assert make_secrets(folder).returncode == 0
    assert contents(folder) == before


def test_one_that_was_removed_is_made_anew_with_what_follows_from_it(folder: Path) -> None:
    before = contents(folder)
    (folder / "redis_worker").unlink()
    assert make_secrets(folder).returncode == 0
    after = contents(folder)
    assert {name for name in before if before[name] != after[name]} == {"redis_worker", "redis_users"}


def test_renewing_changes_certificates_alone(folder: Path) -> None:
    before = contents(folder)
    assert make_secrets(folder, "renew").returncode == 0
    after = contents(folder)
    assert {name for name in before if before[name] != after[name]} == {
        "authority",
        "database_certificate",
        "database_certificate_key",
        "redis_certificate",
        "redis_certificate_key",
    }
    certificate(folder, "redis_certificate").verify_directly_issued_by(certificate(folder, "authority"))


def test_it_says_when_certificates_run_out(folder: Path) -> None:
    good = make_secrets(folder, "check")
    assert good.returncode == 0
    assert good.stdout.count("is valid until") == 2
    script = (ROOT / "deploy" / "make-secrets").read_text().replace("DAYS=800\n", "DAYS=50\n")
    soon = folder.parent / "deploy" / "make-secrets"
    soon.parent.mkdir()
    soon.write_text(script)
    shutil.copy(ROOT / "deploy" / "redis-users.acl", soon.parent)
    environment = {"PATH": os.environ["PATH"], "SECRETS": str(folder)}
    subprocess.run(["sh", soon, "renew"], env=environment, check=True)
    late = make_secrets(folder, "check")
    assert late.returncode == 1
    assert "deploy/make-secrets renew && docker compose up -d --force-recreate" in late.stderr


def test_anything_else_shows_what_it_can_do(tmp_path: Path) -> None:
    done = make_secrets(tmp_path / "none", "frobnicate")
    assert done.returncode == 2
    assert "deploy/make-secrets renew" in done.stderr
    assert not (tmp_path / "none").exists()


def without_openssl(tmp_path: Path, script: str) -> str:
    """A PATH on which another program stands in for openssl."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "openssl").write_text(f"#!/bin/sh\n{script}\n")
    (programs / "openssl").chmod(0o755)
    return f"{programs}:{os.environ['PATH']}"


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "exit 127"])
def test_where_openssl_does_not_work_no_secret_is_empty(script: str, tmp_path: Path) -> None:
    done = make_secrets(tmp_path / "secrets", PATH=without_openssl(tmp_path, script))
    assert done.returncode != 0
    assert "could not make secret_key. Is openssl there and does it work?" in done.stderr
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == []


def test_what_an_earlier_try_left_empty_is_made(folder: Path) -> None:
    before = contents(folder)
    (folder / "redis_worker").write_bytes(b"")
    assert make_secrets(folder).returncode == 0
    after = contents(folder)
    assert len(after["redis_worker"]) == 64
    assert {name for name in before if before[name] != after[name]} == {"redis_worker", "redis_users"}


@pytest.mark.parametrize("name", ["authority", "database_certificate", "redis_certificate_key"])
def test_if_one_certificate_is_missing_all_are_made_anew(name: str, folder: Path) -> None:
    (folder / name).unlink()
    before = contents(folder)
    assert make_secrets(folder).returncode == 0
    after = contents(folder)
    assert name in after
    assert before["redis_certificate"] != after["redis_certificate"]
    assert certificate(folder, "redis_certificate").issuer == certificate(folder, "authority").subject
