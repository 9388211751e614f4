"""What the scheduler does for this app."""

from celery import shared_task
from django.utils import timezone

from assessments.actions.look_again import send_look_again
from assessments.actions.reminders import send_reminders


@shared_task(name="assessments.send_reminders")
def send_due_reminders() -> None:
    """Often, because it is morning somewhere every half hour; whoever was written to today is not written to again."""
    send_reminders(now=timezone.now())
    send_look_again(now=timezone.now())
