"""The product on PostgreSQL and Redis of its own, with an empty database and the bank published."""

import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator

import django

from launch.servers import private_servers


@contextlib.contextmanager
def site() -> Iterator[None]:
    """DATABASE_URL and REDIS_URL are used instead of private servers if they are set."""
    with contextlib.ExitStack() as stack:
        if not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
            addresses = stack.enter_context(private_servers())
            os.environ |= {"DATABASE_URL": addresses.database_url, "REDIS_URL": addresses.redis_url}
        if "MEDIA_ROOT" not in os.environ:
            os.environ["MEDIA_ROOT"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="evenkeel-files-"))
        # The production settings over plain HTTP.
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
        django.setup()
        logging.disable(logging.WARNING)
        stack.enter_context(_database())
        yield


@contextlib.contextmanager
def _database() -> Iterator[None]:
    from django.db import connection
    from django.utils import timezone

    from assessments.editions.shipped import shipped_editions
    from assessments.services.editions import load_published

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        for edition in shipped_editions():
            load_published(edition=edition, now=timezone.now())
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
