"""What all files made by a worker have in common: the row is the truth and the queue."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of

MOST_ATTEMPTS = 3
MOST_LOST_LEASES = 20
"""So often may a worker stop while it makes a file before the file itself is taken for the reason."""


class ReportState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RENDERING = "rendering", _("Being generated")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class ReportError(models.TextChoices):
    """Why it failed for good, in words for the person who waited."""

    TIME = "time", _("Generating it took longer than is allowed.")
    MEMORY = "memory", _("Generating it needed more memory than is allowed.")
    STORAGE = "storage", _("The finished file could not be stored. The disk may be full.")
    STOPPED = "stopped", _("The program that generates reports stopped before it was finished.")
    UNEXPECTED = "unexpected", _("Something unexpected went wrong. The details are in the server’s log.")


_NO_FILE = Q(file="", sha256="", size__isnull=True, ready_at__isnull=True)
# A comparison with NULL is unknown, which a CHECK accepts: so each column is required to be set.
_WHOLE_FILE = Q(ready_at__isnull=False, size__isnull=False, size__gt=0) & ~Q(file="") & ~Q(sha256="")
_NOBODY = Q(token__isnull=True, lease_until__isnull=True)
_SOMEBODY = Q(token__isnull=False, lease_until__isnull=False)


class MadeFile(models.Model):
    """`token` is the claim of the worker that makes it, valid until `lease_until`; only its holder may finish it.

    `notified_at` is when a worker was last notified of it. `attempts` counts those that failed,
    `lost_leases` workers that stopped in the middle: killed, or without a database, which says nothing about the file.
    `file` is the name in the storage, `file_name` the one a person gets.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.QUEUED)
    requested_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lost_leases = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=12, choices=ReportError, blank=True)
    file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-requested_at"]
        indexes = [
            models.Index(
                name="%(class)s_unfinished",
                fields=["requested_at"],
                condition=Q(state__in=(ReportState.QUEUED, ReportState.RENDERING)),
            )
        ]
        constraints = [
            one_of(
                "%(class)s_state_known", "state", ReportState, message=_("This is not a state that a file can be in.")
            ),
            models.CheckConstraint(
                name="%(class)s_worked_on_exactly_while_rendering",
                condition=(Q(state=ReportState.RENDERING) & _SOMEBODY) | (~Q(state=ReportState.RENDERING) & _NOBODY),
                violation_error_message=_("It has a worker exactly while it is being generated."),
            ),
            models.CheckConstraint(
                name="%(class)s_file_exactly_when_ready",
                condition=(Q(state=ReportState.READY) & _WHOLE_FILE) | (~Q(state=ReportState.READY) & _NO_FILE),
                violation_error_message=_("There is a file exactly when it is ready."),
            ),
            models.CheckConstraint(
                name="%(class)s_reason_exactly_when_failed",
                condition=Q(state=ReportState.FAILED, error__in=ReportError.values)
                | (~Q(state=ReportState.FAILED) & Q(error="")),
                violation_error_message=_("What failed has a reason, and nothing else has one."),
            ),
            models.CheckConstraint(
                name="%(class)s_attempts_and_progress_within_bounds",
                condition=Q(attempts__lte=MOST_ATTEMPTS, lost_leases__lte=MOST_LOST_LEASES, progress__lte=100),
                violation_error_message=_(
                    "There are three failed attempts and twenty lost leases at most, and progress ends at 100 %."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or str(self.pk)

    @property
    def media_type(self) -> str:
        """Of the finished file."""
        raise NotImplementedError


class RequestedFile(MadeFile):
    """Made because somebody asked for it, and for no other reason."""

    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(MadeFile.Meta):
        abstract = True
