"""The short name of a question bank: what new assessments start on by default is found by it."""

import pytest
from django.db import IntegrityError, connection, transaction

from assessments.bank.types import SHIPPED_BANK
from assessments.models import Bank, EditionRow

pytestmark = pytest.mark.django_db
OTHER_KEY = 1_000_000


@pytest.fixture
def shipped(edition_row: EditionRow) -> Bank:
    return edition_row.bank


def refused(sql: str, *parameters: int | str) -> None:
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_the_shipped_bank_cannot_be_renamed(shipped: Bank) -> None:
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Bank.objects.filter(pk=shipped.pk).update(slug="another")
    assert Bank.objects.get(pk=shipped.pk).slug == SHIPPED_BANK


def test_no_bank_takes_over_the_short_name(shipped: Bank) -> None:
    other = Bank.objects.create(slug="another", name="Another", language="en")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Bank.objects.filter(pk=other.pk).update(slug="evenkeel-2")
    refused("UPDATE assessments_bank SET id = %s WHERE id = %s", OTHER_KEY, other.pk)


def test_everything_else_about_a_bank_can_change(shipped: Bank) -> None:
    Bank.objects.filter(pk=shipped.pk).update(name="Our questions", audience="Bakeries")
    shipped.refresh_from_db()
    assert (shipped.name, shipped.audience) == ("Our questions", "Bakeries")


def test_no_row_is_put_in_its_place(shipped: Bank) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no OR REPLACE")
    insert = (
        "INSERT OR REPLACE INTO assessments_bank (id, slug, name, language, audience) VALUES (%s, %s, 'A', 'en', '')"
    )
    refused(insert, shipped.pk, "another")
    refused(insert, OTHER_KEY, shipped.slug)
    assert Bank.objects.get(slug=SHIPPED_BANK) == shipped
