"""For scripts: `manage.py record backup` at the end of the one that makes backups."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import RecordKind
from accounts.operations.records import write_record


class Command(BaseCommand):
    help = "Write down what was done outside of the software, such as a backup, for the page about our own rules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=RecordKind.values)
        parser.add_argument(
            "--at", default="", help="when it was, such as 2026-11-30 or 2026-11-30T02:15; default: now"
        )
        parser.add_argument("--note", default="", help="in one line, without names of people")
        parser.add_argument("--open", type=int, help="for audit: how many published weaknesses were found")

    def handle(self, *args: Any, kind: str, at: str, note: str, open: int | None, **options: Any) -> None:
        now = timezone.now()
        if open is not None and open < 0:
            raise CommandError("--open must be 0 or more.")
        try:
            record = write_record(
                kind=RecordKind(kind),
                happened_at=_moment(at) if at else now,
                by=None,
                note=note,
                open_count=open,
                now=now,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{RecordKind(kind).label}: {record.happened_at:%Y-%m-%d %H:%M} UTC")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError("--at must be a day or a moment, such as 2026-11-30 or 2026-11-30T02:15.") from error
    return found if timezone.is_aware(found) else timezone.make_aware(found)
