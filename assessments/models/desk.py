"""What the consultants' desk stores: each result's figures, ready for sorting, and a consultancy's tags."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import ClientNotes, Organisation
from assessments.models.result import Result

MOST_TAGS = 10
TAG_LENGTH = 30


class ResultSummary(models.Model):
    """The headline of a frozen result, so that a list of clients does not have to read their results.

    `figures` is {"privacy": [[2, 4], [3, 1]]}: low and high as label and tenths, pillars without a figure left out.
    `lowest` is ten times the lowest pillar's low figure: 24 for 2.4; None where nothing was counted. The last five say
    what changed since the result before: questions better and worse, urgent gaps closed by an answer and new ones
    (None where there was none before), and whether it fell (`ToldSince.fell`).
    """

    result = models.OneToOneField(Result, on_delete=models.CASCADE, related_name="summary")
    figures = models.JSONField()
    lowest = models.PositiveSmallIntegerField(null=True, blank=True)
    closed_gates = models.PositiveSmallIntegerField()
    better = models.PositiveSmallIntegerField(null=True, blank=True)
    worse = models.PositiveSmallIntegerField(null=True, blank=True)
    gaps_closed = models.PositiveSmallIntegerField(null=True, blank=True)
    gaps_new = models.PositiveSmallIntegerField(null=True, blank=True)
    fell = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("summary of a result")
        verbose_name_plural = _("summaries of results")
        constraints = [
            models.CheckConstraint(
                name="summary_lowest_is_a_figure",
                condition=Q(lowest__isnull=True) | Q(lowest__range=(0, 40)),
                violation_error_message=_("The lowest figure is between 0.0 and 4.0."),
            ),
            models.CheckConstraint(
                name="summary_since_whole_or_not_at_all",
                condition=Q(better=None, worse=None, gaps_closed=None, gaps_new=None, fell=False)
                | Q(better__isnull=False, worse__isnull=False, gaps_closed__isnull=False, gaps_new__isnull=False),
                violation_error_message=_("What changed since the result before is told whole or not at all."),
            ),
        ]

    def __str__(self) -> str:
        return f"Summary of {self.result_id}"


class NewestResult(models.Model):
    """Each organisation's latest frozen result, with the values that clients are sorted by: one row to join.

    `lowest`, `closed_gates` and `fell` are those of the summary, `finished_at` is when the run was finished.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="newest_result"
    )
    summary = models.OneToOneField(ResultSummary, on_delete=models.CASCADE, related_name="+")
    lowest = models.PositiveSmallIntegerField(null=True, blank=True)
    closed_gates = models.PositiveSmallIntegerField()
    fell = models.BooleanField(default=False)
    finished_at = models.DateTimeField()

    class Meta:
        verbose_name = _("newest result")
        verbose_name_plural = _("newest results")

    def __str__(self) -> str:
        return f"Newest of {self.organisation_id}"


class ClientTag(models.Model):
    """A consultancy's own word for a client, to filter by. Only its members see it."""

    notes = models.ForeignKey(ClientNotes, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("tag"), max_length=TAG_LENGTH)

    class Meta:
        verbose_name = _("tag")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="client_tag_once",
                fields=["notes", "name"],
                violation_error_message=_("This client already has this tag."),
            ),
            models.CheckConstraint(
                name="client_tag_lower_case",
                condition=Q(name=Lower("name")) & ~Q(name=""),
                violation_error_message=_("Write the tag in lower case; it cannot be empty."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
