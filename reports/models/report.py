from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Brand
from assessments.models import Result
from reports.models.made_file import MadeFile, one_of, only_when_ready


class ReportKind(models.TextChoices):
    FULL = "full", _("Full report")


class ReportStep(models.TextChoices):
    """What the worker is at, in words for the person who waits."""

    WAITING = "waiting", _("Waiting for its turn")
    COLLECTING = "collecting", _("Collecting the answers and figures")
    LAYING_OUT = "laying_out", _("Setting the pages")
    DRAWING = "drawing", _("Drawing the pages")
    STORING = "storing", _("Putting the file away")
    DONE = "done", _("Done")


_FORM = ["result", "kind", "language", "template_version"]


class Report(MadeFile):
    """One file made from one result. Whoever asks and however often, it is the same report.

    `brand` is the look it has, none for Evenkeel's own. It goes with its consultancy: a client's result stays,
    and the report can be made anew without.
    """

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=10, choices=ReportKind, default=ReportKind.FULL)
    language = models.CharField(max_length=10)
    template_version = models.PositiveSmallIntegerField()
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    step = models.CharField(max_length=12, choices=ReportStep, default=ReportStep.WAITING)
    pages = models.PositiveIntegerField(null=True, blank=True)

    class Meta(MadeFile.Meta):
        verbose_name = _("report")
        constraints = [
            *MadeFile.Meta.constraints,
            # Two, because not every database can take empty values as equal.
            models.UniqueConstraint(
                name="one_report_per_result_and_form", fields=_FORM, condition=Q(brand__isnull=True)
            ),
            models.UniqueConstraint(
                name="one_report_per_result_form_and_brand",
                fields=[*_FORM, "brand"],
                condition=Q(brand__isnull=False),
            ),
            one_of("report_kind_known", "kind", ReportKind),
            one_of("report_step_known", "step", ReportStep),
            only_when_ready("report_file_exactly_when_ready", "pages"),
        ]
