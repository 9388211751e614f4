"""The one way in which something frozen is deleted: whole, with its assessment or its organisation."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from accounts.models import Deletion


@contextmanager
def deleting(key: UUID) -> Iterator[None]:
    """Inside, the database lets the results of this assessment or of this organisation's assessments be deleted."""
    with transaction.atomic():
        said = Deletion.objects.create(key=key)
        yield
        said.delete()
