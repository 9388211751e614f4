"""How gunicorn serves in production: `gunicorn --config config/gunicorn.py config.wsgi`."""

import os
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.monitoring import probe_server, processes

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 20
max_requests = 5_000
max_requests_jitter = 500
# A heartbeat on a disk that stalls would look like a worker that hangs.
worker_tmp_dir = "/dev/shm"  # noqa: S108 (a container’s own memory)
control_socket_disable = True
# Django reads X-Forwarded-Proto itself, and only if BEHIND_PROXY says that a proxy sets it.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}

try:
    from config import env, settings

    env.probe_address()
except ImproperlyConfigured as refusal:
    sys.exit(f"Evenkeel does not start: {refusal}")
logconfig_dict = settings.LOGGING


def on_starting(server: Any) -> None:
    try:
        probe_server.open_door()
    except OSError as taken:
        sys.exit(f"Evenkeel does not start: PROBE_BIND cannot be used, {taken}")


def when_ready(server: Any) -> None:
    """Its processes are made after this."""
    if settings.METRICS_TOKEN and not processes.counts_folder():
        processes.count_together()


def on_exit(server: Any) -> None:
    processes.forget_counts()


def post_worker_init(worker: Any) -> None:
    probe_server.answer_probes()
