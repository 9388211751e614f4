"""What the scheduler's own worker does. Tasks get an id at most; everything else is in the row."""

from celery import shared_task
from django.utils import timezone

from accounts.people_data import erasure_orders
from accounts.services import retention

ERASURE_SECONDS = 600


@shared_task(name="accounts.delete_outlived")
def delete_outlived_rows() -> None:
    retention.delete_outlived(now=timezone.now())


@shared_task(name=erasure_orders.ERASURE_TASK, soft_time_limit=ERASURE_SECONDS, time_limit=ERASURE_SECONDS + 30)
def erase_ordered_person(order_id: int) -> None:
    """A message that comes twice or too late finds no order that waits."""
    erasure_orders.carry_out_erasure(order_id=order_id, now=timezone.now())


@shared_task(name="accounts.notify_due_erasures")
def notify_due_erasures() -> None:
    erasure_orders.sweep_erasures(now=timezone.now())
