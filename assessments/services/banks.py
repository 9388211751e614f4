"""Banks, and which of them new assessments start on."""

from django.db import connection

from assessments.bank.types import SHIPPED_BANK, Edition
from assessments.editions.newest import offered
from assessments.models import Bank

SHIPPED_NAME = "Evenkeel"


def bank_of(edition: Edition) -> Bank:
    """The bank that the edition names; its first edition makes it."""
    name = SHIPPED_NAME if edition.bank == SHIPPED_BANK else edition.title
    found, _new = Bank.objects.get_or_create(slug=edition.bank, defaults={"name": name, "language": edition.language})
    return found


def hold_bank(key: int) -> Bank:
    """Locked until the transaction ends: what a bank offers is changed by one person after the other."""
    return Bank.objects.select_for_update().get(pk=key)


def hold_while_offered(edition: int) -> bool:
    """Whether it is offered, and then it stays so until the transaction ends: whoever withdraws it waits.

    Many may hold it at once. SQLite lets one transaction write at a time anyway.
    """
    rows = offered().filter(pk=edition).order_by().values("pk")
    if connection.vendor != "postgresql":
        return rows.exists()
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR SHARE", values)
        return cursor.fetchone() is not None
