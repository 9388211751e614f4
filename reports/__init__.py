"""Files made from results by Celery workers: the queue, storage, formats and pages.

Imports the other apps; no other app imports it.
"""
