"""How gunicorn serves in production: `gunicorn --config config/gunicorn.py config.wsgi`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

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
    from config import settings
except ImproperlyConfigured as refusal:
    sys.exit(f"Evenkeel does not start: {refusal}")
logconfig_dict = settings.LOGGING
