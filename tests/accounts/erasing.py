"""The scheduler's part of deleting accounts, without its queue."""

from datetime import datetime

from django.utils import timezone

from accounts.models import ErasureOrder
from accounts.people_data.erasure_orders import carry_out_erasure


def carry_out_orders(now: datetime | None = None) -> int:
    """Everything that is ordered; returns how many orders there were."""
    orders = list(ErasureOrder.objects.values_list("pk", flat=True))
    for order in orders:
        carry_out_erasure(order_id=order, now=now or timezone.now())
    return len(orders)
