"""`./run dev`: the embedded default for the people who change it.

watchfiles restarts the web server and the worker when code changes. The system tells it of a change at once, while
Django's own reloader polls every second and can miss what changes while it starts; Celery has none. Both wait for the
next change if a half-written file cannot be imported. The web server caches no template or style, so it need not
restart for those; a worker keeps what it has read.
"""

import shlex
from collections.abc import Callable
from pathlib import Path

from launch import environment, product

CODE = ("accounts", "assessments", "config", "reports")
# Then it is killed: a request is lost, a report is made by the next worker, and what a worker forked may stay behind.
STOP_SECONDS = 20
NOTE = "Changes in code, templates and static files show at once; error pages show code. Never for other people.\n"


def run_development(port: int, folder: Path, tell: Callable[[str], None]) -> None:
    product.run_product(port, folder, tell, DEVELOPMENT)


def _web_server(port: int) -> product.Command:
    # WhiteNoise serves static files here as everywhere, with the same headers.
    server: list[str | Path] = [
        environment.PYTHON,
        "manage.py",
        "runserver",
        "--noreload",
        "--nostatic",
        f"127.0.0.1:{port}",
    ]
    return _reloading(server, "python", CODE)


def _worker(folder: Path) -> product.Command:
    return _reloading(product.worker_command(folder), "default", (*CODE, "static", "templates"))


def _reloading(command: product.Command, watched_files: str, folders: tuple[str, ...]) -> product.Command:
    watch: list[str | Path] = [environment.PYTHON, "-m", "watchfiles", "--target-type", "command"]
    watch += ["--filter", watched_files, "--sigint-timeout", str(STOP_SECONDS)]
    return [*watch, shlex.join(str(word) for word in command), *folders]


DEVELOPMENT = product.RunMode(environment.TEST_LOCK, {"EVENKEEL_DEBUG": "true"}, _web_server, _worker, NOTE)
