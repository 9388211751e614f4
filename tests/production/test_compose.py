"""The compose file, read by Compose itself."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.production.composed import make_secrets

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = [str(Path(sys.executable).parent / "docker-compose"), "--env-file", "/dev/null"]
# With the service that is only started by hand.
EVERY_SERVICE = {"COMPOSE_PROFILES": "restore"}
GIVEN = {"ALLOWED_HOSTS": "check.example.org", "SITE_URL": "https://check.example.org"}
LONG_RUNNING = {"web", "worker", "scheduler", "backup", "db", "redis"}
OURS = {"web", "worker", "scheduler", "backup", "restore", "migrate"}
# Who gets which secret, each for something that its code does.
HOLDERS = {
    "authority": {*OURS, "redis"},
    "secret_key": {"web"},
    "secret_key_fallbacks": {"web"},
    "data_key": {"web", "restore", "migrate"},
    "data_key_fallbacks": {"web", "restore", "migrate"},
    "signing_key": {"web"},
    "former_public_keys": {"web"},
    "metrics_token": {"web"},
    "email_password": {"web", "scheduler"},
    "database_owner": {"restore", "migrate", "db"},
    "database_web": {"web", "migrate"},
    "database_worker": {"worker", "migrate"},
    "database_scheduler": {"scheduler", "migrate"},
    "database_backup": {"backup", "migrate"},
    "redis_web_cache": {"web"},
    "redis_web_broker": {"web"},
    "redis_worker": {"worker"},
    "redis_scheduler": {"scheduler"},
    "redis_healthcheck": {"redis"},
    "redis_users": {"redis"},
    "database_certificate": {"db"},
    "database_certificate_key": {"db"},
    "redis_certificate": {"redis"},
    "redis_certificate_key": {"redis"},
}


def compose(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """COMPOSE_FILE among the environment names other files than the one."""
    known = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        [*COMPOSE, "config", *arguments],
        cwd=ROOT,
        env=known | EVERY_SERVICE | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def configured(**environment: str) -> dict[str, Any]:
    result = compose("--format", "json", **{**GIVEN, **environment})
    assert result.returncode == 0, result.stderr
    config: dict[str, Any] = json.loads(result.stdout)
    return config


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    return configured()


@pytest.fixture(scope="module")
def services(config: dict[str, Any]) -> dict[str, Any]:
    services: dict[str, Any] = config["services"]
    return services


@pytest.mark.parametrize("missing", GIVEN)
@pytest.mark.parametrize("how", ["absent", "empty"])
def test_nothing_that_must_be_given_has_a_default(missing: str, how: str) -> None:
    given = {name: value for name, value in GIVEN.items() if name != missing}
    if how == "empty":
        given[missing] = ""
    result = compose("-q", **given)
    assert result.returncode != 0
    assert f"required variable {missing} is missing a value" in result.stderr


def test_the_example_file_names_every_variable_and_holds_no_secret() -> None:
    example = dict(
        line.split("=", 1) for line in (ROOT / ".env.example").read_text().splitlines() if line and line[0] != "#"
    )
    used = compose("--variables", **GIVEN).stdout
    variables = {line.split()[0] for line in used.splitlines()[1:]}
    assert variables - {"EVENKEEL_VERSION"} == example.keys()
    assert {name: example[name] for name in GIVEN} == dict.fromkeys(GIVEN, "")


def test_every_service_that_stays_up_is_watched(services: dict[str, Any]) -> None:
    assert {name for name, each in services.items() if each.get("restart") == "unless-stopped"} == LONG_RUNNING
    assert all(services[name]["healthcheck"].get("test") for name in LONG_RUNNING)


def test_services_wait_for_what_they_need(services: dict[str, Any]) -> None:
    waits = {
        (name, other): wait["condition"]
        for name, each in services.items()
        for other, wait in each.get("depends_on", {}).items()
    }
    assert waits == {
        ("migrate", "db"): "service_healthy",
        ("restore", "db"): "service_healthy",
        ("backup", "db"): "service_healthy",
        ("backup", "migrate"): "service_completed_successfully",
        ("web", "db"): "service_healthy",
        ("web", "redis"): "service_healthy",
        ("web", "migrate"): "service_completed_successfully",
        ("worker", "db"): "service_healthy",
        ("worker", "redis"): "service_healthy",
        ("worker", "migrate"): "service_completed_successfully",
        ("scheduler", "db"): "service_healthy",
        ("scheduler", "redis"): "service_healthy",
        ("scheduler", "migrate"): "service_completed_successfully",
    }


def test_every_service_is_hardened(services: dict[str, Any]) -> None:
    for name, each in services.items():
        assert each["read_only"] is True, name
        assert each["security_opt"] == ["no-new-privileges:true"], name
        assert each["cap_drop"] == ["ALL"], name
        assert int(each["mem_limit"]) <= 3 * 2**30, name
        assert each["pids_limit"], name
        assert each["logging"]["options"].keys() == {"max-size", "max-file"}, name
        assert not each.get("privileged"), name
        assert "docker.sock" not in json.dumps(each), name
    assert {name for name, each in services.items() if each.get("cap_add")} == {"db"}


def test_what_comes_from_elsewhere_has_an_exact_version(services: dict[str, Any]) -> None:
    """Not a digest: it differs from one kind of processor to the next. docs/operations.md says how to add one."""
    images = {name: each["image"] for name, each in services.items() if name not in OURS}
    assert images.keys() == {"db", "redis"}
    base = next(line for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("ARG BASE="))
    for image in (*images.values(), base.removeprefix("ARG BASE=")):
        assert re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?(-slim)?-bookworm", image), image


def test_no_secret_stands_in_an_environment_or_on_a_command_line(config: dict[str, Any]) -> None:
    """Everybody who may look at a container sees its environment, and everybody on the machine lists processes."""
    for name, each in config["services"].items():
        for variable, value in each.get("environment", {}).items():
            if re.search("PASSWORD|KEY|SECRET|TOKEN", variable):
                assert variable.endswith("_FILE"), (name, variable)
                assert value.removeprefix("/run/secrets/") in {secret["source"] for secret in each["secrets"]}
            assert urlsplit(str(value)).password is None, (name, variable)
    assert {each["file"] for each in config["secrets"].values()} == {
        str(ROOT / "secrets" / name) for name in config["secrets"]
    }


def test_each_secret_goes_only_where_it_is_used(config: dict[str, Any]) -> None:
    holders: dict[str, set[str]] = {name: set() for name in config["secrets"]}
    for name, each in config["services"].items():
        for secret in each.get("secrets", ()):
            holders[secret["source"]].add(name)
            assert secret.get("target", secret["source"]).removeprefix("/run/secrets/") == secret["source"]
    assert holders == HOLDERS


def test_a_service_starts_with_the_secrets_that_it_has(services: dict[str, Any], tmp_path: Path) -> None:
    assert make_secrets(tmp_path).returncode == 0
    for name in OURS:
        given = {
            key: (value or "").replace("/run/secrets/", f"{tmp_path}/")
            for key, value in services[name]["environment"].items()
        }
        if "OPERATOR_FOLDER" in given:
            given["OPERATOR_FOLDER"] = str(ROOT / "tests" / "production" / "operator")
        keys = "s.SECRET_KEY, s.DATA_KEY, s.SIGNING_KEY"
        script = f"from config import settings as s; print(*map(bool, ({keys})), s.EMAIL_HOST_PASSWORD)"
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **given},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        owner = ["False", "True", "False"]
        held = {"web": ["True", "True", "True"], "restore": owner, "migrate": owner}
        assert done.stdout.split() == held.get(name, ["False"] * 3), name


def test_what_an_operator_sets_reaches_the_application() -> None:
    chosen = {"BANK_NEEDS_SECOND_PERSON": "true", "SITE_URL": "https://other.example.org"}
    services = configured(**chosen, EMAIL_USE_TLS="false")["services"]
    for name in OURS:
        assert chosen.items() <= services[name]["environment"].items(), name
    mailing = {name for name in OURS if services[name]["environment"].get("EMAIL_USE_TLS") == "false"}
    assert mailing == HOLDERS["email_password"]


def test_the_web_server_reads_who_runs_the_installation_and_changes_nothing_of_it(services: dict[str, Any]) -> None:
    target = services["web"]["environment"]["OPERATOR_FOLDER"]
    [mount] = [each for each in services["web"]["volumes"] if each["target"] == target]
    assert (Path(mount["source"]), mount["read_only"]) == (ROOT / "operator", True)
    assert {name for name in OURS if "OPERATOR_FOLDER" in services[name]["environment"]} == {"web"}


def test_whoever_makes_serves_or_deletes_files_has_them(services: dict[str, Any]) -> None:
    def mounted(name: str) -> set[str]:
        return {each["source"] for each in services[name].get("volumes", []) if each["type"] == "volume"}

    assert {name for name in OURS if "files" in mounted(name)} == {"web", "worker", "scheduler", "backup", "restore"}
    assert "scheduler" in {name for name in OURS if "--beat" in (services[name].get("command") or ())}


def test_each_service_signs_in_to_the_others_as_itself(services: dict[str, Any]) -> None:
    def users(variable: str) -> dict[str, str | None]:
        found = {name: services[name]["environment"].get(variable) for name in OURS}
        return {name: urlsplit(url).username for name, url in found.items() if url}

    assert users("DATABASE_URL") == {
        "web": "evenkeel_web",
        "worker": "evenkeel_worker",
        "scheduler": "evenkeel_scheduler",
        "backup": "evenkeel_backup",
        "restore": "evenkeel",
        "migrate": "evenkeel",
    }
    assert users("QUEUE_URL") == {"web": "web_broker", "worker": "worker", "scheduler": "scheduler"}
    assert users("CACHE_URL") == {"web": "web_cache"}
    assert services["migrate"]["command"][-1].endswith("python manage.py grant_rights")


def test_every_connection_is_encrypted_and_checked(services: dict[str, Any]) -> None:
    for name in OURS:
        environment = services[name]["environment"]
        assert environment["TLS_AUTHORITY"] == "/run/secrets/authority"
        for variable in ("QUEUE_URL", "CACHE_URL"):
            assert environment.get(variable, "rediss://").startswith("rediss://"), name
    assert "\nport 0\n" in (ROOT / "deploy" / "redis.conf").read_text()
    assert "hba_file=/etc/evenkeel/pg_hba.conf" in services["db"]["command"][-1]


def test_only_the_web_server_is_reachable_and_only_from_this_machine(services: dict[str, Any]) -> None:
    published = {name: each["ports"] for name, each in services.items() if each.get("ports")}
    assert published.keys() == {"web"}
    assert [port["host_ip"] for port in published["web"]] == ["127.0.0.1"]


def test_database_redis_and_worker_have_no_way_out(config: dict[str, Any]) -> None:
    """The web server and the scheduler send mails."""
    assert config["networks"]["inside"]["internal"] is True
    outside = {name for name, each in config["services"].items() if set(each["networks"]) != {"inside"}}
    assert outside == {"web", "scheduler"}


def test_each_message_has_somebody_who_takes_it(services: dict[str, Any]) -> None:
    from django.conf import settings

    taken = [
        command[command.index("--queues") + 1]
        for name in OURS
        if "celery" in (command := services[name].get("command") or [])
    ]
    assert sorted(taken) == sorted(queue.name for queue in settings.CELERY_TASK_QUEUES)
    # With one key for both, each would get the other's messages as well.
    assert all(queue.routing_key == queue.name for queue in settings.CELERY_TASK_QUEUES)


def test_logs_can_be_sent_to_another_system(services: dict[str, Any]) -> None:
    """docs/operations.md describes the file."""
    files = "docker-compose.yml:deploy/logs.yml"
    sent = configured(COMPOSE_FILE=files, LOGS_TO="tcp+tls://logs.example.org:6514")["services"]
    assert sent.keys() == services.keys()
    for name, each in sent.items():
        assert each["logging"]["driver"] == "syslog", name
        assert each["logging"]["options"]["syslog-address"] == "tcp+tls://logs.example.org:6514", name
        assert not {"max-size", "max-file"} & each["logging"]["options"].keys(), name


def test_the_worker_may_finish_its_report_before_it_is_stopped(services: dict[str, Any]) -> None:
    from django.conf import settings

    assert services["worker"]["stop_grace_period"] == "1m40s"
    assert settings.CELERY_TASK_TIME_LIMIT < 100
