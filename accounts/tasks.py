from celery import shared_task
from django.utils import timezone

from accounts.services import retention


@shared_task(name="accounts.delete_outlived")
def delete_outlived_rows() -> None:
    retention.delete_outlived(now=timezone.now())
