"""A worker's Celery application whose reports misbehave for businesses with certain names."""

import os
import signal

from celery.signals import worker_init

from config.celery import app

__all__ = ["app"]

HANG, HUNGRY, BROKEN, KILLED = "Hang Ltd", "Hungry Ltd", "Broken Ltd", "Killed Ltd"


class Broken(Exception):
    pass


@worker_init.connect
def poison(**_: object) -> None:
    """Django's models can be imported only once the worker is set up. It gives up sooner than in production."""
    from reports import queries
    from reports.document import ReportDocument
    from reports.formats import pdf

    queries.MOST_LOST_LEASES = 2  # type: ignore[attr-defined]
    sound = pdf.html_of

    def poisoned(document: ReportDocument) -> str:
        name = document.cover.organisation.lines[0]
        if name == HANG:
            while True:
                pass
        if name == HUNGRY:
            bytearray(64 * 1024**3)
        if name == BROKEN:
            raise Broken
        if name == KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        return sound(document)

    pdf.html_of = poisoned
