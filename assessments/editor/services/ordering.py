"""Swapping places with a neighbour, in rows with a unique `order`."""

from enum import IntEnum
from typing import Any

from django.db.models import QuerySet

# No row keeps this place: it is used for a moment during a swap.
NOWHERE = 32_767


class Direction(IntEnum):
    """One place towards the start or the end of a list."""

    UP = -1
    DOWN = 1


def swap_order(rows: QuerySet[Any], row: Any, step: Direction) -> bool:
    """False at the end of the list, where there is no neighbour."""
    if step is Direction.UP:
        neighbour = rows.filter(order__lt=row.order).order_by("-order").first()
    else:
        neighbour = rows.filter(order__gt=row.order).order_by("order").first()
    if neighbour is None:
        return False
    mine, theirs = row.order, neighbour.order
    for moved, place in ((row, NOWHERE), (neighbour, mine), (row, theirs)):
        rows.filter(pk=moved.pk).update(order=place)
    row.order = theirs
    return True


def last_place(rows: QuerySet[Any]) -> int:
    """The place after all others."""
    last = rows.order_by("-order").values_list("order", flat=True).first()
    return 0 if last is None else last + 1
