"""Reading the environment: typed, with one clear sentence when something is missing or weak."""

import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from reports.operator.details import Operator
from reports.operator.operator_file import OperatorFileError, read_operator, read_operator_file

env = environ.FileAwareEnv()

MIN_SECRET_LENGTH = 50
MIN_SECRET_CHARACTERS = 5
MFA_POLICIES = ("nobody", "privileged", "everybody")
SERVICES = ("web", "worker", "scheduler", "backup", "migrate")
OWN_MACHINE = frozenset({"localhost", "127.0.0.1"})


def embedded() -> bool:
    """Whether this is the zero-service default: `./run` on one machine, all data in one folder."""
    return bool(os.environ.get("EVENKEEL_DATA"))


def data_folder() -> Path:
    return Path(os.environ["EVENKEEL_DATA"])


def debug(hosts: list[str]) -> bool:
    """Whether `./run dev` runs this. Error pages then show code and data, so nobody else must be able to see them."""
    wanted: bool = env.bool("EVENKEEL_DEBUG", default=False)
    if wanted and not embedded():
        raise ImproperlyConfigured("EVENKEEL_DEBUG is only for ./run dev. Remove it: error pages would show data.")
    if wanted and not OWN_MACHINE.issuperset(hosts):
        raise ImproperlyConfigured("With EVENKEEL_DEBUG, ALLOWED_HOSTS may only contain localhost and 127.0.0.1.")
    return wanted


def service() -> str:
    """Which service of docker-compose.yml this is: each is given, and asks for, only what it uses."""
    name: str = env.str("EVENKEEL_SERVICE", default=SERVICES[0])
    if name not in SERVICES:
        raise ImproperlyConfigured(f"EVENKEEL_SERVICE must be one of {', '.join(SERVICES)}.")
    return name


def service_url(name: str, instead: str = "") -> str:
    """The URL of a service, or what is given as `instead`; its password may be given apart, in a file.

    There is no default, so that nobody uses the wrong one by accident.
    """
    found: str = env.str(name, default="") or (env.str(instead, default="") if instead else "")
    if not found:
        either = f"{name} or {instead}" if instead else name
        raise ImproperlyConfigured(f"{either} is missing. Set it as docker-compose.yml does.")
    parts = urlsplit(found)
    if parts.username and parts.password is None:
        password = secret(name.replace("_URL", "_PASSWORD"))
        return parts._replace(netloc=parts.netloc.replace("@", f":{quote(password, safe='')}@", 1)).geturl()
    return found


def secret(name: str) -> str:
    """Without the line end that an editor puts at the end of a file."""
    found: str = env.str(name, default="")
    return found.strip()


def secrets(name: str) -> list[str]:
    return [each.strip() for each in secret(name).split(",") if each.strip()]


def secret_key(name: str) -> str:
    """A key from the environment; refused when missing or guessable."""
    key = secret(name)
    if not key:
        raise ImproperlyConfigured(f"{name} is missing. Set it to a random text of at least 50 characters.")
    if len(key) < MIN_SECRET_LENGTH or len(set(key)) < MIN_SECRET_CHARACTERS or key.startswith("django-insecure-"):
        raise ImproperlyConfigured(f"{name} is too weak. Use a random text of at least 50 characters.")
    return key


def public_keys(name: str) -> list[str]:
    """Ed25519 keys as /.well-known/evenkeel-signing-keys.json has them."""
    found = secrets(name)
    if not all(re.fullmatch("[0-9a-f]{64}", each) for each in found):
        raise ImproperlyConfigured(f"{name} must be public keys of 64 hexadecimal digits, separated by commas.")
    return found


def mfa_policy(default: str) -> str:
    """Of whom a second step is required; `true` and `false` are what these settings were called before."""
    wanted: str = env.str("MFA_REQUIRED", default=default).strip().lower()
    wanted = {"true": "privileged", "false": "nobody"}.get(wanted, wanted)
    if wanted not in MFA_POLICIES:
        raise ImproperlyConfigured(f"MFA_REQUIRED must be one of: {', '.join(MFA_POLICIES)}.")
    return wanted


def version(project: Path) -> str:
    """Of this code, as pyproject.toml has it."""
    with project.open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def probe_address() -> tuple[str, int] | None:
    """Where probes are answered apart from people: PROBE_BIND, such as 0.0.0.0:8001; None without it."""
    host, _colon, port = env.str("PROBE_BIND", default="").rpartition(":")
    if not port:
        return None
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise ImproperlyConfigured("PROBE_BIND must be an address and a port, such as 0.0.0.0:8001.")
    return host.strip("[]"), int(port)


def leaked_passwords() -> Path | None:
    """A file of the operator with passwords that nobody may choose, one on a line; None without one."""
    named: str = env.str("LEAKED_LIST", default="")
    if named and not Path(named).is_file():
        raise ImproperlyConfigured("LEAKED_LIST names no file that is there.")
    return Path(named) if named else None


def allowed_hosts() -> list[str]:
    hosts: list[str] = env.list("ALLOWED_HOSTS", default=[])
    if not hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is missing. Set it to the host names people use, such as check.example.org."
        )
    if "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the host names people use; '*' would accept any.")
    wide = [host for host in hosts if host.startswith(".")]
    if wide:
        # Links in mails use the host name of the request: with any allowed, they could lead to somebody else's machine.
        raise ImproperlyConfigured(f"ALLOWED_HOSTS must name each host name; {wide[0]} would accept any before it.")
    return hosts


def retention_days(names: Iterable[str]) -> dict[str, int]:
    """What the environment says of how long something is kept; names that it does not have are left out."""
    found: dict[str, int] = {name: env.int(name) for name in names if env.str(name, default="")}
    for name, days in found.items():
        if days < 1:
            raise ImproperlyConfigured(f"{name} must be a number of days, at least 1.")
    return found


def operator(example: Path) -> Operator | None:
    """Who runs this installation: from the folder OPERATOR_FOLDER; on one's own machine, the example."""
    folder: str = env.str("OPERATOR_FOLDER", default="")
    try:
        if folder:
            return read_operator(Path(folder))
        # The image does not hold the example.
        return read_operator_file(example) if embedded() and example.is_file() else None
    except OperatorFileError as problem:
        raise ImproperlyConfigured(str(problem)) from problem
