"""The rows below a question of an edition: its levels, gates, duties, citations and checklist items."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from assessments.models.edition import ChecklistItem, CitationRow, QuestionRow
from assessments.models.edition_choices import FindingChoice, GateKindChoice, LawChoice


class LevelRow(models.Model):
    question = models.ForeignKey(QuestionRow, on_delete=models.CASCADE, related_name="levels")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        verbose_name = _("level")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="level_once_per_question",
                fields=["question", "number"],
                violation_error_message=_("This question already has this level."),
            ),
            models.CheckConstraint(
                name="level_0_to_4",
                condition=Q(number__range=(0, 4)),
                violation_error_message=_("A level is a number from 0 to 4."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.text}"


class GateRow(models.Model):
    question = models.ForeignKey(QuestionRow, on_delete=models.CASCADE, related_name="gates")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=GateKindChoice)
    min_level = models.PositiveSmallIntegerField()
    cap_domain = models.PositiveSmallIntegerField()
    cap_pillar = models.PositiveSmallIntegerField(null=True, blank=True)
    pillars = models.JSONField(default=list, blank=True)
    reason = models.TextField()
    when = models.JSONField(default=list, blank=True)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    starts = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("gate")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                name="gate_order_once_per_question",
                fields=["question", "order"],
                violation_error_message=_("Another gate already has this place in the question."),
            ),
            one_of("gate_kind_known", "kind", GateKindChoice),
            models.CheckConstraint(
                name="gate_severity_1_to_3",
                condition=Q(severity__isnull=True) | Q(severity__range=(1, 3)),
                violation_error_message=_("Choose a severity from 1 to 3."),
            ),
            models.CheckConstraint(
                name="gate_min_level_1_to_4",
                condition=Q(min_level__range=(1, 4)),
                violation_error_message=_("Choose a level from 1 to 4 that opens the gate."),
            ),
            models.CheckConstraint(
                name="gate_caps_below_min_level",
                condition=Q(cap_domain__lt=F("min_level"))
                & (Q(cap_pillar__isnull=True) | Q(cap_pillar__lt=F("min_level"))),
                violation_error_message=_("A gate caps below the level that opens it."),
            ),
            models.CheckConstraint(
                name="gate_legal_stop_caps_at_zero",
                condition=~Q(kind=GateKindChoice.LEGAL_STOP) | Q(cap_domain=0, cap_pillar__isnull=False, cap_pillar=0),
                violation_error_message=_("A gate of kind “Stop or change first” caps its domain and pillar at 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} below {self.min_level}"


class DutyRow(models.Model):
    question = models.ForeignKey(QuestionRow, on_delete=models.CASCADE, related_name="duties")
    order = models.PositiveSmallIntegerField()
    law = models.CharField(max_length=20, choices=LawChoice)
    level = models.PositiveSmallIntegerField()
    says = models.TextField()
    citations = models.JSONField(default=list)
    starts = models.DateField(null=True, blank=True)
    when = models.JSONField(default=list, blank=True)
    finding = models.CharField(max_length=10, choices=FindingChoice, default=FindingChoice.NOW)
    unsettled = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                name="duty_order_once_per_question",
                fields=["question", "order"],
                violation_error_message=_("Another duty already has this place in the question."),
            ),
            models.CheckConstraint(
                name="duty_level_1_to_4",
                condition=Q(level__range=(1, 4)),
                violation_error_message=_("Choose a level from 1 to 4 at which the duty is met."),
            ),
            one_of("duty_law_known", "law", LawChoice),
            one_of("duty_finding_known", "finding", FindingChoice),
        ]

    def __str__(self) -> str:
        return self.says


class QuestionCitationRow(models.Model):
    question = models.ForeignKey(QuestionRow, on_delete=models.CASCADE, related_name="citations")
    citation = models.ForeignKey(CitationRow, on_delete=models.RESTRICT, related_name="uses")
    order = models.PositiveSmallIntegerField()
    when = models.JSONField(default=list, blank=True)
    starts = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("citation of a question")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                name="citation_once_per_question",
                fields=["question", "citation"],
                violation_error_message=_("This question already has this citation."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.citation)


class CoverageRow(models.Model):
    """A question covers a checklist item."""

    question = models.ForeignKey(QuestionRow, on_delete=models.CASCADE, related_name="coverage")
    item = models.ForeignKey(ChecklistItem, on_delete=models.RESTRICT, related_name="coverage")
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("covered checklist item")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                name="item_once_per_question",
                fields=["question", "item"],
                violation_error_message=_("This question already covers this item."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)
