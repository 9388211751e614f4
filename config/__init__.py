"""Settings, URLs, logging and the entry points of web server and worker. Only entry points import it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
