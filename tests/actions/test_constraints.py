"""Every CHECK and UNIQUE of the living plan refuses its wrong state."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from tests.actions.wrong_states import WRONG, an_action

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "build"), WRONG, ids=[name for name, _ in WRONG])
def test_the_database_refuses_it(name: str, build: Callable[[], Model]) -> None:
    row = build()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save()
    assert name in str(refusal.value) or "UNIQUE constraint failed" in str(refusal.value)


@pytest.mark.parametrize(("name", "build"), WRONG, ids=[name for name, _ in WRONG])
def test_validation_refuses_it_before(name: str, build: Callable[[], Model]) -> None:
    with pytest.raises(ValidationError):
        build().full_clean()


def test_what_the_rows_start_from_is_right() -> None:
    row = an_action(question="ACCESS-02", level=2)
    row.full_clean()
    row.save()
