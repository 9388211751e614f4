"""`python -m config.prepare`: what the embedded default needs before it starts, in one process. Safe to repeat.

Prints nothing but the demo's sign-in links.
"""

import hashlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from config.celery import app


def main() -> None:
    django.setup()
    for folder in ("data_folder_in", "control_folder"):
        Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS[folder]).mkdir(mode=0o700, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    lock = settings.BASE_DIR / "requirements.lock"
    shipped = (settings.BASE_DIR / "assessments" / "bank" / "data").rglob("*")
    when_changed("edition", [lock, *shipped], lambda: call_command("load_edition", stdout=sys.stderr))
    if not settings.DEBUG:
        # The lock file stands for the static files that come with packages.
        static = (settings.BASE_DIR / "static").rglob("*")
        when_changed(
            "static", [lock, *static], lambda: call_command("collectstatic", verbosity=0, clear=True, interactive=False)
        )
    call_command("make_demo")
    declare_queues()


def declare_queues() -> None:
    """Before several processes do so at once: the file that says where messages go is written in two steps."""
    with app.connection_for_write() as connection:
        for queue in app.amqp.queues.values():
            queue(connection).declare()


def when_changed(name: str, sources: Iterable[Path], act: Callable[[], object]) -> None:
    """Acts only if a source has another name, size or time than last time: each action takes seconds."""
    lines = (f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sources if path.is_file())
    fingerprint = hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
    stamp: Path = settings.DATA / f"{name}.stamp"
    if stamp.is_file() and stamp.read_text() == fingerprint:
        return
    act()
    stamp.write_text(fingerprint)


if __name__ == "__main__":
    main()
