"""What a person chose about reminders: whether they want them, and where their day begins."""

from datetime import datetime
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

from accounts.models import User
from assessments.models import ReminderChoice


@cache
def time_zone_names() -> tuple[str, ...]:
    """Those that are named after a place, as "Europe/Paris", and UTC."""
    return (*sorted(name for name in available_timezones() if _names_a_place(name)), "UTC")


def time_zone_of(choice: ReminderChoice | None) -> ZoneInfo:
    """The person's, or that of the site while none is known."""
    name = choice.time_zone if choice else ""
    return ZoneInfo(name if name in time_zone_names() else timezone.get_default_timezone_name())


def reminder_choice_of(person: User) -> ReminderChoice | None:
    """None for somebody who has neither chosen, nor used the plan, nor finished an assessment."""
    return ReminderChoice.objects.filter(person=person).first()


def set_reminders(*, person: User, wanted: bool, time_zone: str, now: datetime) -> None:
    """`time_zone` is one of `time_zone_names`, or empty for that of the site."""
    values = {"time_zone": time_zone, "stopped_at": None if wanted else now}
    ReminderChoice.objects.update_or_create(person=person, defaults=values)


def remember_time_zone(*, person: User, time_zone: str) -> None:
    """What the browser says, as long as the person has chosen none; anything else that it sends is left alone."""
    if time_zone not in time_zone_names():
        return
    choice, _made = ReminderChoice.objects.get_or_create(person=person, defaults={"time_zone": time_zone})
    if not choice.time_zone:
        ReminderChoice.objects.filter(person=person, time_zone="").update(time_zone=time_zone)


def stop_reminders(*, stop_key: UUID, now: datetime) -> bool:
    """By whoever has the link of a mail; False if it is nobody's. Stopped twice, the first time counts."""
    own = ReminderChoice.objects.filter(stop_key=stop_key)
    own.filter(stopped_at__isnull=True).update(stopped_at=now)
    return own.exists()


def _names_a_place(name: str) -> bool:
    return "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))
