"""What the operator of a site does outside of the software and writes down, and when scheduled work last ran."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of

NOTE_LENGTH = 300


class RecordKind(models.TextChoices):
    """What the software cannot see for itself."""

    BACKUP = "backup", _("Backup made")
    RESTORE_TEST = "restore_test", _("Backup restored as a test")
    UPDATES = "updates", _("Updates of the machine and of Evenkeel installed")
    AUDIT = "audit", _("Packages compared with published weaknesses")
    ACCESS_REVIEW = "access_review", _("Access rights reviewed")
    KEYS = "keys", _("Keys and passwords of the servers changed")
    SECURITY_CHECK = "security_check", _("Security gone through with a checklist or scan")
    TESTER = "tester", _("Tester from outside tried to break in")
    EXERCISE = "exercise", _("Incident plan played through")
    BREACH_LOG = "breach_log", _("Breach log looked through")
    NOTICE = "notice", _("Privacy notice compared with what is really done")
    RISKS = "risks", _("Risks for people written down or looked at again")
    SUPPLIERS = "suppliers", _("List and contracts of suppliers compared with reality")
    REQUESTS = "requests", _("A request for data or deletion practised")


class OperatorRecord(models.Model):
    """Something done outside of the software, as somebody wrote it down. Nobody changes it: a wrong one is withdrawn.

    Without `recorded_by` it came from the command line, such as from the script that makes backups.
    `open_count` is how many published weaknesses were found; only a comparison has it.
    """

    kind = models.CharField(_("what was done"), max_length=20, choices=RecordKind)
    happened_at = models.DateTimeField(_("when"))
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    open_count = models.PositiveIntegerField(_("weaknesses found"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("written down"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    class Meta:
        verbose_name = _("record of the operator")
        verbose_name_plural = _("records of the operator")
        ordering = ["-happened_at", "-pk"]
        indexes = [models.Index(name="operator_records_by_kind", fields=["kind", "-happened_at"])]
        constraints = [
            one_of("operator_record_kind_known", "kind", RecordKind, message=_("Unknown kind of record.")),
            models.CheckConstraint(
                name="operator_record_is_past",
                condition=Q(happened_at__lte=F("recorded_at")),
                violation_error_message=_("This day is still to come. Write down what was done."),
            ),
            models.CheckConstraint(
                name="operator_record_open_count_of_audit",
                condition=Q(kind=RecordKind.AUDIT, open_count__isnull=False)
                | (~Q(kind=RecordKind.AUDIT) & Q(open_count__isnull=True)),
                violation_error_message=_("Only a comparison says how many weaknesses were found."),
            ),
            models.CheckConstraint(
                name="operator_record_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                violation_error_message=_("Whoever withdraws a record is named."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at:%Y-%m-%d}"


class LastRun(models.Model):
    """When scheduled work last ended well. One row for each kind of work."""

    name = models.CharField(_("work"), max_length=40, primary_key=True)
    ended_at = models.DateTimeField(_("ended"))

    class Meta:
        verbose_name = _("last run")
        verbose_name_plural = _("last runs")

    def __str__(self) -> str:
        return f"{self.name} {self.ended_at:%Y-%m-%d %H:%M}"
