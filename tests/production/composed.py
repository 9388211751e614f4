"""The services of docker-compose.yml as processes of this machine: its own commands, settings, files and secrets.

Only names and places differ: localhost and free ports for db and redis, a folder for /run/secrets and for each volume.
What is not mounted into a service is not there for it.
"""

import contextlib
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launch.machine import find_program
from launch.servers import free_port, unprivileged_owner

ROOT = Path(__file__).resolve().parents[2]
FILES = "/var/lib/evenkeel/files"
ADMIN = "the tests' own"
WAIT_SECONDS = 120


def compose_config(**environment: str) -> dict[str, Any]:
    command = [str(Path(sys.executable).parent / "docker-compose"), "--env-file", "/dev/null", "config"]
    known = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    said = subprocess.run(
        [*command, "--format", "json"], cwd=ROOT, env=known | environment, capture_output=True, text=True, check=True
    ).stdout
    config: dict[str, Any] = json.loads(said)
    return config


def make_secrets(folder: Path, *arguments: str, **names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "deploy" / "make-secrets", *arguments],
        env={"PATH": os.environ["PATH"], "SECRETS": str(folder), **names},
        capture_output=True,
        text=True,
        check=False,
    )


def wait_until(ready: Callable[[], bool], what: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not ready():
        assert time.monotonic() < deadline, what()
        time.sleep(0.05)


@dataclass
class Composed:
    folder: Path
    services: dict[str, Any]
    ports: dict[str, int]
    logs: list[Path] = field(default_factory=list)

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    def secret(self, name: str) -> str:
        return (self.secrets / name).read_text()

    def local(self, text: str) -> str:
        """What stands in the compose file, for this machine."""
        for name, inside in (("db", 5432), ("redis", 6379)):
            text = text.replace(f"@{name}:{inside}", f"@localhost:{self.ports[name]}")
        return text.replace("/run/secrets/", f"{self.secrets}/").replace("/tmp/schedule", f"{self.folder}/schedule")

    def place(self, service: str, inside: str) -> Path:
        """What a service finds at a path of its container: the volume that is mounted there, or a folder of its own."""
        mounted = {each["target"]: each for each in self.services[service].get("volumes", [])}
        if inside not in mounted:
            return self.folder / f"{service}-alone" / inside.strip("/").replace("/", "-")
        if mounted[inside]["type"] == "volume":
            return self.folder / str(mounted[inside]["source"])
        return ROOT / "tests" / "production" / Path(inside).name

    def environment(self, service: str, **more: str) -> dict[str, str]:
        found = {name: self.local(value or "") for name, value in self.services[service]["environment"].items()}
        if "WORKER_ALIVE" in found:
            found["WORKER_ALIVE"] = str(self.folder / f"{service}-alive")
        if "OPERATOR_FOLDER" in found:
            found["OPERATOR_FOLDER"] = str(self.place(service, found["OPERATOR_FOLDER"]))
        own = {"PATH": os.environ["PATH"], "MEDIA_ROOT": str(self.place(service, FILES)), "REPORT_SWEEP_SECONDS": "1"}
        return {**own, **found, **more}

    def run(self, service: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """A command of `python`, as this service."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment(service, **more),
            capture_output=True,
            text=True,
            check=False,
        )

    @contextlib.contextmanager
    def started(self, service: str, command: list[str], **more: str) -> Iterator[subprocess.Popen[bytes]]:
        log = self.folder / f"{service}.log"
        self.logs.append(log)
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", *(self.local(word) for word in command)],
                cwd=ROOT,
                env=self.environment(service, **more),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def said(self) -> str:
        return "\n".join(f"{log.name}: {log.read_text()[-3000:]}" for log in self.logs)


@contextlib.contextmanager
def composed_servers() -> Iterator[Composed]:
    """PostgreSQL and Redis as db and redis of the compose file, with secrets that deploy/make-secrets made."""
    folder = Path(tempfile.mkdtemp(prefix="evenkeel-composed-"))
    config = compose_config(ALLOWED_HOSTS="localhost", SITE_URL="https://localhost", CONSTANT_TIME_SECONDS="0")
    composed = Composed(folder, config["services"], {name: free_port() for name in ("db", "redis")})
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        made = make_secrets(composed.secrets, DATABASE_HOST="localhost", REDIS_HOST="localhost")
        assert made.returncode == 0, made.stderr
        owner = unprivileged_owner(folder)
        for path in (composed.secrets, *composed.secrets.iterdir()):
            if owner:
                shutil.chown(path, owner)
        stack.enter_context(_postgresql(composed, owner))
        stack.enter_context(_redis(composed, owner))
        yield composed


@contextlib.contextmanager
def _server(command: list[str], log: Path, owner: str | None, port: int) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, user=owner, cwd="/", stdout=output, stderr=output)
    try:
        wait_until(lambda: process.poll() is not None or _listens(port), log.read_text)
        assert process.poll() is None, log.read_text()
        yield
    finally:
        process.send_signal(signal.SIGQUIT if "postgres" in command[0] else signal.SIGTERM)
        process.wait(30)


@contextlib.contextmanager
def _postgresql(composed: Composed, owner: str | None) -> Iterator[None]:
    folder = composed.folder
    password = composed.secrets / "database_owner"
    initdb = [str(find_program("initdb")), "-D", str(folder / "data"), "-U", "evenkeel", "-A", "scram-sha-256", "-N"]
    made = subprocess.run(
        [*initdb, "--pwfile", str(password), "-E", "UTF8", "--locale=C"],
        user=owner,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    _create_database(folder / "data", owner)
    script = composed.services["db"]["command"][-1]
    install, start = (shlex.split(part) for part in script.split("&&"))
    # install -o postgres -m 0600 FROM TO, then docker-entrypoint.sh postgres OPTIONS.
    shutil.copy(composed.local(install[-2]), folder / "server.key")
    (folder / "server.key").chmod(0o600)
    shutil.copy(ROOT / "deploy" / "pg_hba.conf", folder / "pg_hba.conf")
    for name in ("server.key", "pg_hba.conf"):
        if owner:
            shutil.chown(folder / name, owner)
    places = {install[-1]: str(folder / "server.key"), "/etc/evenkeel/pg_hba.conf": str(folder / "pg_hba.conf")}
    options = [composed.local(_replaced(word, places)) for word in start[start.index("postgres") + 1 :]]
    command = [
        str(find_program("postgres")),
        "-D",
        str(folder / "data"),
        "-h",
        "localhost",
        "-k",
        "",
        "-c",
        "fsync=off",
    ]
    port = composed.ports["db"]
    with _server([*command, "-p", str(port), *options], folder / "postgresql.log", owner, port):
        wait_until(lambda: _accepts(composed))
        yield


def _accepts(composed: Composed) -> bool:
    """It listens before it lets anybody in."""
    import psycopg2

    try:
        psycopg2.connect(**owner_of_database(composed), dbname="evenkeel").close()
    except psycopg2.OperationalError as error:
        if "starting up" in str(error):
            return False
        raise
    return True


def _create_database(data: Path, owner: str | None) -> None:
    """As the image does for POSTGRES_DB: before anybody can connect."""
    made = subprocess.run(
        [str(find_program("postgres")), "--single", "-D", str(data), "postgres"],
        input="CREATE DATABASE evenkeel\n",
        user=owner,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr


def owner_of_database(composed: Composed) -> dict[str, Any]:
    return {
        "host": "localhost",
        "port": composed.ports["db"],
        "user": "evenkeel",
        "password": composed.secret("database_owner"),
        "sslmode": "verify-full",
        "sslrootcert": str(composed.secrets / "authority"),
    }


@contextlib.contextmanager
def _redis(composed: Composed, owner: str | None) -> Iterator[None]:
    """With one more user, who may see what was refused to the others."""
    users = composed.secrets / "redis_users"
    users.write_text(f"{users.read_text()}user admin on >{ADMIN.replace(' ', '_')} ~* &* +@all\n")
    port = composed.ports["redis"]
    text = composed.local((ROOT / "deploy" / "redis.conf").read_text())
    text = text.replace("tls-port 6379", f"tls-port {port}\nbind 127.0.0.1\ndir {composed.folder}")
    (composed.folder / "redis.conf").write_text(text)
    command = [str(find_program("redis-server")), str(composed.folder / "redis.conf")]
    with _server(command, composed.folder / "redis.log", owner, port):
        yield


def _replaced(text: str, places: Mapping[str, str]) -> str:
    for inside, here in places.items():
        text = text.replace(inside, here)
    return text


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
