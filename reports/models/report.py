from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from accounts.models import Brand
from assessments.models import Result
from reports.formats.registry import PDF, REPORT_FORMATS, ReportFormat, format_of
from reports.kinds.registry import OWNER, REPORT_KINDS, ReportKind, report_kind
from reports.models.made_file import MadeFile, ReportState


class ReportStep(models.TextChoices):
    """What the worker is doing, in words for the person who waits."""

    WAITING = "waiting", _("Waiting for its turn")
    COLLECTING = "collecting", _("Collecting the answers and figures")
    LAYING_OUT = "laying_out", _("Laying out the pages")
    DRAWING = "drawing", _("Drawing the pages")
    STORING = "storing", _("Saving the file")
    DONE = "done", _("Done")


_FORM = ["result", "kind", "format", "language", "template_version", "taken_digest", "words_digest"]
_ALREADY_THERE = _("A report of this result in this form already exists.")
_ASKED_FOR = Q(requested_by__isnull=False)
MOST_LOST_IN_ADVANCE = 3
"""So many workers may stop at a report that nobody has asked for; then it waits for somebody who does."""
_HAS_PAGES = Q(state=ReportState.READY, format__in=[each.code for each in REPORT_FORMATS.values() if each.paged])


class Report(MadeFile):
    """One file made from one result. Repeated requests give the same report.

    `taken_on` is who had taken on which step when it was asked for, a list of [question, level, name, day or null];
    `taken_digest` tells two such lists apart, empty for none. So a report stays what it was while the plan goes on.
    `words` are those of consultants as they were then (`consultant_words/frozen.py`), with a `words_digest` in the same
    way.

    `begun_at` is when the latest attempt began. `pages` are counted where the format has any. `brand` is the look it
    has, none for Evenkeel's own. The report is deleted with its consultancy: a client's result stays, and a report
    without the brand can be requested.

    One without `requested_by` is made in advance: nobody has asked for it so far, and nobody sees it. Who asks for the
    same one gets it; `requested_at` is then that moment, before when it was queued.
    """

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(
        max_length=10, choices=[(each.code, each.label) for each in REPORT_KINDS.values()], default=OWNER.code
    )
    format = models.CharField(
        max_length=10, choices=[(each.code, each.label) for each in REPORT_FORMATS.values()], default=PDF.code
    )
    language = models.CharField(max_length=10)
    template_version = models.PositiveSmallIntegerField()
    taken_on = models.JSONField(default=list, blank=True)
    taken_digest = models.CharField(max_length=16, blank=True)
    words = models.JSONField(default=list, blank=True)
    words_digest = models.CharField(max_length=16, blank=True)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    step = models.CharField(max_length=12, choices=ReportStep, default=ReportStep.WAITING)
    begun_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)

    class Meta(MadeFile.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            *MadeFile.Meta.indexes,
            models.Index(
                name="report_newest_ready",
                fields=["kind", "format", "-ready_at"],
                condition=Q(state=ReportState.READY),
            ),
        ]
        constraints = [
            *MadeFile.Meta.constraints,
            # Two constraints, because not every database can treat NULLs as equal.
            models.UniqueConstraint(
                name="one_report_per_result_and_form",
                fields=_FORM,
                condition=Q(brand__isnull=True),
                violation_error_message=_ALREADY_THERE,
            ),
            models.UniqueConstraint(
                name="one_report_per_result_form_and_brand",
                fields=[*_FORM, "brand"],
                condition=Q(brand__isnull=False),
                violation_error_message=_ALREADY_THERE,
            ),
            one_of("report_kind_known", "kind", REPORT_KINDS, message=_("There is no such kind of report.")),
            one_of("report_format_known", "format", REPORT_FORMATS, message=_("There is no such format.")),
            one_of("report_step_known", "step", ReportStep, message=_("This is not a step of generating a report.")),
            models.CheckConstraint(
                name="report_pages_exactly_when_ready_and_paged",
                condition=(_HAS_PAGES & Q(pages__isnull=False, pages__gt=0)) | (~_HAS_PAGES & Q(pages__isnull=True)),
                violation_error_message=_("A finished file has pages exactly when its format has."),
            ),
            models.CheckConstraint(
                name="report_in_advance_is_the_owners_pdf",
                condition=_ASKED_FOR | Q(kind=OWNER.code, format=PDF.code),
                violation_error_message=_("Only an owner’s report as a PDF is made in advance."),
            ),
            models.CheckConstraint(
                name="report_in_advance_is_tried_once_and_never_failed",
                condition=_ASKED_FOR
                | (Q(attempts__lte=1, lost_leases__lte=MOST_LOST_IN_ADVANCE) & ~Q(state=ReportState.FAILED)),
                violation_error_message=_("What nobody has asked for is tried once, and has not failed for anybody."),
            ),
        ]

    @property
    def report_kind(self) -> ReportKind:
        return report_kind(self.kind)

    @property
    def file_format(self) -> ReportFormat:
        return format_of(self.format)

    @property
    def media_type(self) -> str:
        return self.file_format.media_type
