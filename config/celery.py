"""The Celery application; workers are started with `celery -A config`."""

import os

from celery import Celery

from config.alive import Alive
from config.queues import folder, in_redis

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

folder.register()
in_redis.guard_redis()
app = Celery("evenkeel")
app.set_default()  # also for the threads of the web server
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(Alive)
