"""What lies behind the application: all of it encrypted, everybody as themselves, each with their own job.

PostgreSQL, Redis, web server, worker and scheduler run as docker-compose.yml says.
"""

import contextlib
import os
import socket
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import redis

from launch.servers import free_port
from tests.production.composed import ADMIN, Composed, composed_servers, make_secrets, owner_of_database, wait_until

pytestmark = pytest.mark.long
USERS = ("web_cache", "web_broker", "worker", "scheduler", "healthcheck")


@pytest.fixture(scope="module")
def composed() -> Iterator[Composed]:
    with composed_servers() as servers:
        yield servers


@pytest.fixture(scope="module")
def migrated(composed: Composed) -> Composed:
    """After the one-shot service that runs on each start."""
    script = composed.services["migrate"]["command"][-1]
    for part in script.split(" && "):
        done = composed.run("migrate", *part.removeprefix("python ").split())
        assert done.returncode == 0, done.stderr
    return composed


def as_user(composed: Composed, name: str, **more: Any) -> redis.Redis:
    password = ADMIN.replace(" ", "_") if name == "admin" else composed.secret(f"redis_{name}")
    given: dict[str, Any] = {"ssl": True, "ssl_ca_certs": str(composed.secrets / "authority"), "username": name}
    given |= {"password": password, "socket_timeout": 5}
    return redis.Redis(host="localhost", port=composed.ports["redis"], **{**given, **more})


def test_services_do_their_whole_job_each_as_itself(migrated: Composed) -> None:
    port, probes = free_port(), free_port()
    # The demo's rows, with a report that somebody asked for and nobody made.
    demo = migrated.run("web", "manage.py", "shell", "-c", DEMO, MFA_REQUIRED="nobody")
    assert demo.returncode == 0, demo.stderr
    over = (
        "from django.contrib.sessions.models import Session; from django.utils import timezone; "
        "Session.objects.create(session_key='over', session_data='', expire_date=timezone.now().replace(year=2000))"
    )
    assert migrated.run("web", "manage.py", "shell", "-c", over).returncode == 0
    with contextlib.ExitStack() as stack:
        web = ["gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
        stack.enter_context(migrated.started("web", web, BIND=f"127.0.0.1:{port}", PROBE_BIND=f"127.0.0.1:{probes}"))
        for name in ("worker", "scheduler"):
            stack.enter_context(migrated.started(name, migrated.services[name]["command"]))
        # Beat's message, the worker's report, the sweep that found the demo's.
        wait_until(lambda: list((migrated.folder / "files").rglob("*.pdf")) != [], migrated.said)
        wait_until(lambda: get(port, "/readyz") == (200, '{"ready": true, "failed": []}'), migrated.said)
        # What Prometheus hears, with the token of the secrets and the rights of the web server.
        assert get(probes, "/metrics")[0] == 404
        status, told = get(probes, "/metrics", Authorization=f"Bearer {migrated.secret('metrics_token')}")
        assert status == 200
        for line in ("evenkeel_migrations_pending 0.0", 'evenkeel_queue_depth{kind="report"} 0.0'):
            assert line in told
        # A message of the web server, which the scheduler takes.
        sent = migrated.run("web", "-m", "celery", "--app", "config", "call", "accounts.delete_outlived")
        assert sent.returncode == 0, sent.stderr
        wait_until(
            lambda: rows(migrated, "SELECT 1 FROM django_session WHERE session_key = 'over'") == [], migrated.said
        )
        cached = migrated.run("web", "manage.py", "shell", "-c", COUNT)
        assert cached.returncode == 0, cached.stderr
        # The scheduler deletes an organisation, and the files that were made from it.
        reports = migrated.folder / "files" / "reports"
        assert list(reports.iterdir()) != []
        assert migrated.run("web", "manage.py", "shell", "-c", ALL_DUE).returncode == 0
        wait_until(lambda: list(reports.iterdir()) == [], migrated.said)
        for name in ("worker", "scheduler"):
            wait_until(Path(migrated.environment(name)["WORKER_ALIVE"]).exists, migrated.said)
    refused = {each["object"] for each in as_user(migrated, "admin").acl_log()}
    assert refused <= {"client|setinfo"}, "what the client library says of itself, and nothing that anybody needs"


ALL_DUE = """
from django.utils import timezone
from accounts.models import Organisation
from accounts.tasks import delete_outlived_rows
Organisation.objects.update(deletion_due_at=timezone.now())
delete_outlived_rows.delay()
"""
DEMO = "from django.utils import timezone; from reports.demo import make_demo; make_demo(now=timezone.now())"
# All that Django's cache can be asked for, but clearing it.
COUNT = """
from django.core.cache import cache
assert cache.add("tries", 1, 60) and not cache.add("tries", 1, 60)
assert cache.incr("tries") == 2 and cache.touch("tries", 90) and cache.touch("tries", None)
cache.set_many({"a": [1], "b": {"c": 2}}, 60)
cache.set("d", "forever", None)
assert cache.get_many(["tries", "a", "b", "d"]) == {"tries": 2, "a": [1], "b": {"c": 2}, "d": "forever"}
assert cache.has_key("a") and cache.delete("a") and not cache.has_key("a")
cache.delete_many(["tries", "b", "d"])
from config.caches import outage
assert outage.is_over(), "Redis refused something, and the process counted by itself"
"""


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""


def rows(composed: Composed, statement: str) -> list[Any]:
    line = psycopg2.connect(**owner_of_database(composed), dbname="evenkeel")
    with line.cursor() as cursor:
        cursor.execute(statement)
        found: list[Any] = cursor.fetchall()
    line.close()
    return found


# Redis: what each may not.

EVERYBODY = (
    "FLUSHALL", "FLUSHDB", "CONFIG GET *", "CONFIG SET dir /tmp", "KEYS *", "SCAN 0", "EVAL return 1", "ACL LIST",
    "SHUTDOWN", "SAVE", "MONITOR", "MODULE LIST", "CLIENT LIST", "INFO", "REPLICAOF localhost 1",
    "SELECT 1", "DUMP cache:1:a", "RANDOMKEY", "SCRIPT FLUSH",
)  # fmt: skip
OTHERS = {
    "web_cache": ("LPUSH celery a", "GET unacked", "GET other", "PUBLISH /0.celery.pidbox a"),
    "web_broker": (
        "BRPOP celery 1", "LRANGE celery 0 -1", "GET cache:1:a", "SET celery a", "DEL celery", "HGETALL unacked",
        "PUBLISH /0.celery.pidbox a", "EVALSHA a 0", "LPUSH other a", "SADD celery a", "LPUSH _kombu.binding.celery a",
    ),
    "worker": (
        "GET cache:1:a", "SET cache:1:a 1", "BRPOP retention 1", "LRANGE retention 0 -1", "PUBLISH other a",
        "PUBLISH /0.celery.pidbox a", "SUBSCRIBE /0.celery.pidbox", "LPUSH a.reply.celery.pidbox a", "SET retention a",
        "HSET retention_unacked a a", "ZADD retention_unacked_index 1 a",
    ),
    "scheduler": (
        "GET cache:1:a", "SET cache:1:a 1", "BRPOP celery 1", "DEL celery", "PUBLISH other a",
        "PUBLISH /0.celery.pidbox a", "LPUSH a.reply.celery.pidbox a", "HSET unacked a a",
    ),
    "healthcheck": ("GET cache:1:a", "LPUSH celery a", "LLEN celery", "SUBSCRIBE other"),
}  # fmt: skip


def refuses(client: redis.Redis, *words: str) -> bool:
    try:
        client.execute_command(*words)  # type: ignore[no-untyped-call]
    except redis.exceptions.NoPermissionError:
        return True
    return False


@pytest.mark.parametrize("name", USERS)
def test_what_is_not_theirs_is_refused(composed: Composed, name: str) -> None:
    client = as_user(composed, name)
    assert client.ping()
    for command in (*(own for own in EVERYBODY if name != "healthcheck" or own != "SHUTDOWN"), *OTHERS[name]):
        words = ["EVAL", "return 1", "0"] if command.startswith("EVAL ") else command.split()
        assert refuses(client, *words), f"{name} may {command}"
    client.close()


@pytest.mark.parametrize("name", USERS)
@pytest.mark.parametrize("password", ["", "wrong"])
def test_nobody_comes_in_without_the_right_password(composed: Composed, name: str, password: str) -> None:
    with pytest.raises((redis.exceptions.AuthenticationError, redis.exceptions.ResponseError)):
        as_user(composed, name, password=password or None).ping()


def test_nobody_comes_in_without_a_name(composed: Composed) -> None:
    with pytest.raises((redis.exceptions.AuthenticationError, redis.exceptions.ResponseError)):
        as_user(composed, "worker", username=None).ping()


def test_a_script_may_do_only_what_its_user_may(composed: Composed) -> None:
    worker = as_user(composed, "worker")
    script = worker.script_load("return redis.call('GET', 'cache:1:a')")
    with pytest.raises(redis.exceptions.ResponseError, match=r"can't access|permission"):
        worker.evalsha(script, 0)


@pytest.mark.parametrize(
    "script",
    ["while true do end", "redis.call('SET', 'unacked_mutex', 'a') while true do end"],
    ids=["reads", "writes"],
)
def test_a_script_that_never_ends_is_ended_by_the_healthcheck(script: str) -> None:
    """With all of Redis if it has changed something: Compose starts it again, and nothing in it had to be kept."""
    with composed_servers() as own:
        assert healthcheck(own) == 0
        worker = as_user(own, "worker", socket_timeout=120)
        loaded = worker.script_load(script)
        running = threading.Thread(target=lambda: ended_with_an_error(worker, loaded))
        running.start()
        wait_until(lambda: healthcheck(own) != 0)
        running.join(60)
        assert not running.is_alive()


def healthcheck(composed: Composed) -> int:
    command = composed.services["redis"]["healthcheck"]["test"]
    assert command[:2] == ["CMD", "sh"]
    places = {each["target"]: each["source"] for each in composed.services["redis"]["volumes"]}
    own = {"PATH": os.environ["PATH"], "SECRETS": str(composed.secrets), "REDIS_HOST": "localhost"}
    own |= {"REDIS_PORT": str(composed.ports["redis"])}
    return subprocess.run(["sh", places[command[2]]], env=own, capture_output=True, check=False).returncode


def ended_with_an_error(client: redis.Redis, script: str) -> None:
    with contextlib.suppress(redis.exceptions.RedisError):
        client.evalsha(script, 0)


# Encrypted or not at all.


def test_plain_connections_are_refused(composed: Composed) -> None:
    with pytest.raises(redis.exceptions.ConnectionError):
        as_user(composed, "worker", ssl=False, ssl_ca_certs=None).ping()
    with pytest.raises(psycopg2.OperationalError, match="rejects connection"):
        psycopg2.connect(**{**owner_of_database(composed), "sslmode": "disable"}, dbname="evenkeel")


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_no_other_database_is_reached(composed: Composed, database: str) -> None:
    with pytest.raises(psycopg2.OperationalError, match="rejects connection"):
        psycopg2.connect(**owner_of_database(composed), dbname=database)


def test_old_versions_of_tls_are_refused(composed: Composed) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection(("localhost", composed.ports["redis"]), timeout=5) as line,
        pytest.raises((ssl.SSLError, OSError)),
    ):
        context.wrap_socket(line)


ASK_BOTH = (
    "import django; django.setup()\n"
    "from django.core.cache import cache\nfrom django.db import connection\nfrom config.celery import app\n"
    "def database(): connection.ensure_connection()\n"
    "def cached(): cache._cache.redis.get(cache.make_key('a'), None)\n"  # this process counts while Redis is away
    "def broker(): app.connection_for_write().ensure_connection(max_retries=1, timeout=5)\n"
    "for ask in (database, cached, broker):\n"
    "    try: ask()\n"
    "    except Exception: print(ask.__name__, 'refused')\n"
    "    else: print(ask.__name__, 'connected')\n"
)


def asked(composed: Composed, **more: str) -> list[str]:
    done = composed.run("web", "-c", ASK_BOTH, DJANGO_SETTINGS_MODULE="config.settings", **more)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_another_authority_is_not_believed(migrated: Composed, tmp_path: Path) -> None:
    assert asked(migrated) == ["database connected", "cached connected", "broker connected"]
    assert make_secrets(tmp_path / "others", DATABASE_HOST="localhost", REDIS_HOST="localhost").returncode == 0
    others = str(tmp_path / "others" / "authority")
    assert asked(migrated, TLS_AUTHORITY=others) == ["database refused", "cached refused", "broker refused"]


def test_a_certificate_for_another_name_is_not_believed(migrated: Composed) -> None:
    given = migrated.environment("web")
    urls = {
        name: given[name].replace("@localhost", "@127.0.0.1") for name in ("DATABASE_URL", "CACHE_URL", "QUEUE_URL")
    }
    assert asked(migrated, **urls) == ["database refused", "cached refused", "broker refused"]


def test_the_database_roles_come_from_migrate_alone(migrated: Composed) -> None:
    names = rows(migrated, "SELECT rolname FROM pg_roles WHERE rolcanlogin ORDER BY 1")
    assert [name for (name,) in names] == [
        "evenkeel",
        "evenkeel_backup",
        "evenkeel_scheduler",
        "evenkeel_web",
        "evenkeel_worker",
    ]
    assert rows(migrated, "SELECT count(*) FROM pg_authid WHERE rolpassword NOT LIKE 'SCRAM-SHA-256$%'") == [(0,)]


def test_what_a_failing_statement_was_about_is_in_no_log(migrated: Composed) -> None:
    """Addresses and hashes of passwords stand in statements, and in what PostgreSQL says of a row that it refuses."""
    with (
        psycopg2.connect(**owner_of_database(migrated), dbname="evenkeel") as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("CREATE TEMPORARY TABLE once (address text UNIQUE)")
        with pytest.raises(psycopg2.errors.UniqueViolation):
            cursor.execute("INSERT INTO once VALUES ('canary@example.org'), ('canary@example.org')")
    log = (migrated.folder / "postgresql.log").read_text()
    assert "duplicate key value" in log
    assert "canary" not in log
