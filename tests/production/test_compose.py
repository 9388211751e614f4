"""The compose file, read by Compose itself."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = [str(Path(sys.executable).parent / "docker-compose"), "--env-file", "/dev/null"]
GIVEN = {
    "SECRET_KEY": "given-secret-key",
    "DATA_KEY": "given-data-key",
    "ALLOWED_HOSTS": "check.example.org",
    "SITE_URL": "https://check.example.org",
    "POSTGRES_PASSWORD": "given-database-password",
    "APPLICATION_DB_PASSWORD": "given-application-password",
    "REDIS_PASSWORD": "given-redis-password",
}
SECRETS = ("SECRET_KEY", "DATA_KEY", "POSTGRES_PASSWORD", "APPLICATION_DB_PASSWORD", "REDIS_PASSWORD")
LONG_RUNNING = {"web", "worker", "scheduler", "db", "redis"}
OURS = {"web", "worker", "scheduler", "migrate"}


def compose(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        [*COMPOSE, "config", *arguments], cwd=ROOT, env=known | environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    result = compose("--format", "json", **GIVEN)
    assert result.returncode == 0, result.stderr
    services: dict[str, Any] = json.loads(result.stdout)["services"]
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
        ("web", "db"): "service_healthy",
        ("web", "redis"): "service_healthy",
        ("web", "migrate"): "service_completed_successfully",
        ("worker", "db"): "service_healthy",
        ("worker", "redis"): "service_healthy",
        ("worker", "migrate"): "service_completed_successfully",
        ("scheduler", "redis"): "service_healthy",
        ("scheduler", "migrate"): "service_completed_successfully",
    }


def test_every_service_is_hardened(services: dict[str, Any]) -> None:
    for name, each in services.items():
        assert each["read_only"] is True, name
        assert each["security_opt"] == ["no-new-privileges:true"], name
        assert not each.get("privileged"), name
        assert "docker.sock" not in json.dumps(each), name
    assert all(each["cap_drop"] == ["ALL"] for each in services.values())
    assert {name for name, each in services.items() if each.get("cap_add")} == {"db"}
    assert all(services[name].get("mem_limit") for name in LONG_RUNNING)


def test_no_secret_stands_on_a_command_line(services: dict[str, Any]) -> None:
    """Everybody on the machine may list processes."""
    for name, each in services.items():
        for secret in SECRETS:
            assert GIVEN[secret] not in json.dumps(each.get("command")), name


def test_what_an_operator_sets_reaches_the_application() -> None:
    chosen = {"BANK_NEEDS_SECOND_PERSON": "true", "EMAIL_USE_TLS": "false", "SITE_URL": "https://other.example.org"}
    services = json.loads(compose("--format", "json", **{**GIVEN, **chosen}).stdout)["services"]
    for name in OURS:
        assert chosen.items() <= services[name]["environment"].items(), name


def test_the_web_server_reads_who_runs_the_installation_and_changes_nothing_of_it(services: dict[str, Any]) -> None:
    target = services["web"]["environment"]["OPERATOR_FOLDER"]
    [mount] = [each for each in services["web"]["volumes"] if each["target"] == target]
    assert (Path(mount["source"]), mount["read_only"]) == (ROOT / "operator", True)
    assert {name for name in OURS if "OPERATOR_FOLDER" in services[name]["environment"]} == {"web"}


def test_only_migrations_run_as_the_owner(services: dict[str, Any]) -> None:
    roles = {name: urlsplit(services[name]["environment"]["DATABASE_URL"]).username for name in OURS}
    assert roles == dict.fromkeys(OURS, "evenkeel_application") | {"migrate": "evenkeel"}
    migrate = services["migrate"]
    assert migrate["environment"]["APPLICATION_DATABASE_URL"] == services["web"]["environment"]["DATABASE_URL"]
    assert migrate["command"][-1].endswith("python manage.py grant_rights")


def test_only_the_web_server_is_reachable_and_only_from_this_machine(services: dict[str, Any]) -> None:
    published = {name: each["ports"] for name, each in services.items() if each.get("ports")}
    assert published.keys() == {"web"}
    assert [port["host_ip"] for port in published["web"]] == ["127.0.0.1"]


def test_database_redis_and_worker_have_no_way_out(services: dict[str, Any]) -> None:
    networks = json.loads(compose("--format", "json", **GIVEN).stdout)["networks"]
    assert networks["inside"]["internal"] is True
    assert {name for name, each in services.items() if set(each["networks"]) != {"inside"}} == {"web"}


def test_each_secret_goes_only_where_it_is_used(services: dict[str, Any]) -> None:
    def holders(secret: str) -> set[str]:
        return {name for name, each in services.items() if GIVEN[secret] in json.dumps(each)}

    assert holders("SECRET_KEY") == OURS
    assert holders("POSTGRES_PASSWORD") == {"migrate", "db"}, "the owner of the tables could lift their guards"
    assert holders("APPLICATION_DB_PASSWORD") == OURS
    assert holders("REDIS_PASSWORD") == OURS | {"redis"}


def test_the_worker_may_finish_its_report_before_it_is_stopped(services: dict[str, Any]) -> None:
    from django.conf import settings

    assert services["worker"]["stop_grace_period"] == "1m40s"
    assert settings.CELERY_TASK_TIME_LIMIT < 100
