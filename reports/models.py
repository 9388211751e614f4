"""The report row: what was asked for, who works on it, where the file is. It is the truth and the queue."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models import Result

MOST_ATTEMPTS = 3


class ReportKind(models.TextChoices):
    FULL = "full", _("Full report")


class ReportState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RENDERING = "rendering", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class ReportStep(models.TextChoices):
    """What the worker is at, in words for the person who waits."""

    WAITING = "waiting", _("Waiting for its turn")
    COLLECTING = "collecting", _("Collecting the answers and figures")
    LAYING_OUT = "laying_out", _("Setting the pages")
    DRAWING = "drawing", _("Drawing the pages")
    STORING = "storing", _("Putting the file away")
    DONE = "done", _("Done")


class ReportError(models.TextChoices):
    """Why a report failed for good, in words for the person who waited."""

    TIME = "time", _("It took longer to make than a report may take.")
    MEMORY = "memory", _("It needed more memory than a report may use.")
    STORAGE = "storage", _("The finished file could not be stored. The disk may be full.")
    STOPPED = "stopped", _("The program that makes reports stopped before it was finished.")
    UNEXPECTED = "unexpected", _("Something unexpected went wrong. The details are in the server's log.")


def one_of(name: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": choices.values}))


_NOBODY = Q(token__isnull=True, lease_until__isnull=True)
_SOMEBODY = Q(token__isnull=False, lease_until__isnull=False)
_NO_FILE = Q(file="", sha256="", size__isnull=True, pages__isnull=True, ready_at__isnull=True)
_A_FILE = Q(size__gt=0, pages__gt=0, ready_at__isnull=False) & ~Q(file="") & ~Q(sha256="")


class Report(models.Model):
    """One file made from one result. Whoever asks and however often, it is the same report.

    `token` is the claim of the worker that renders it, good until `lease_until`; only its holder may
    finish it. `rung_at` is when a worker was last told of it. `attempts` counts claims. `file` is the
    name in the storage, `file_name` the one a person gets.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=10, choices=ReportKind, default=ReportKind.FULL)
    language = models.CharField(max_length=10)
    template_version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.QUEUED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    rung_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=12, choices=ReportStep, default=ReportStep.WAITING)
    error = models.CharField(max_length=12, choices=ReportError, blank=True)
    file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        ordering = ["-requested_at"]
        indexes = [
            models.Index(
                name="report_unfinished",
                fields=["requested_at"],
                condition=Q(state__in=(ReportState.QUEUED, ReportState.RENDERING)),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_report_per_result_and_form", fields=["result", "kind", "language", "template_version"]
            ),
            one_of("report_kind_known", "kind", ReportKind),
            one_of("report_state_known", "state", ReportState),
            one_of("report_step_known", "step", ReportStep),
            models.CheckConstraint(
                name="report_worked_on_exactly_while_rendering",
                condition=(Q(state=ReportState.RENDERING) & _SOMEBODY) | (~Q(state=ReportState.RENDERING) & _NOBODY),
                violation_error_message=_("A report has a worker exactly while it is being made."),
            ),
            models.CheckConstraint(
                name="report_file_exactly_when_ready",
                condition=(Q(state=ReportState.READY) & _A_FILE) | (~Q(state=ReportState.READY) & _NO_FILE),
                violation_error_message=_("A report has a file exactly when it is ready."),
            ),
            models.CheckConstraint(
                name="report_reason_exactly_when_failed",
                condition=Q(state=ReportState.FAILED, error__in=ReportError.values)
                | (~Q(state=ReportState.FAILED) & Q(error="")),
                violation_error_message=_("A failed report has a reason, and no other has one."),
            ),
            models.CheckConstraint(
                name="report_attempts_and_progress_within_bounds",
                condition=Q(attempts__lte=MOST_ATTEMPTS, progress__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or str(self.pk)
