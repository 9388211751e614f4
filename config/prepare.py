"""`python -m config.prepare`: what the embedded default needs before it starts, in one process. Safe to repeat.

Prints nothing but the demo's sign-in links.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, get_commands

STATIC_STAMP = "collected"


def main() -> None:
    django.setup()
    for folder in ("data_folder_in", "control_folder"):
        Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS[folder]).mkdir(mode=0o700, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("load_edition", stdout=sys.stderr)
    collect_static()
    if "make_demo" in get_commands():
        call_command("make_demo")


def collect_static() -> None:
    """Hashing and compressing every file takes seconds: only when one has changed."""
    stamp = settings.STATIC_ROOT / STATIC_STAMP
    fingerprint = hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == fingerprint:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(fingerprint)


def _sources() -> Iterator[str]:
    """Our own files by name, size and time; those of packages by the lock file that pins them."""
    yield hashlib.sha256((settings.BASE_DIR / "requirements.lock").read_bytes()).hexdigest()
    for path in (settings.BASE_DIR / "static").rglob("*"):
        status = path.stat()
        yield f"{path} {status.st_size} {status.st_mtime_ns}"


if __name__ == "__main__":
    main()
