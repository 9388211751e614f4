"""The rows of a bank edition. `assessments/editions/stored.py` turns them into the pure types and back.

A published edition never changes: triggers (migration 0002) refuse every change to its rows.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from accounts.models import User
from assessments.models.bank import Bank
from assessments.models.edition_choices import (
    DepthChoice,
    EditionStatus,
    EffortChoice,
    LawChoice,
    MeaningChoice,
    NotApplicableChoice,
    PillarChoice,
    VerificationChoice,
)


def _person() -> "models.ForeignKey[User | None, User | None]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class EditionRow(models.Model):
    """One version of the bank. `frame` holds what is not edited question by question: scales, laws, dates, scope.

    `predecessor` is the edition that a draft was copied from, or that a shipped one follows. A shipped edition has no
    people: nobody drafted or published it here. `version`, here and in the rows below, counts saves.

    New assessments start on an edition with `offered_at`. It is set when somebody offers the edition and taken away
    when somebody withdraws it; in between `withdrawn_at` and `withdrawn_reason` say that it was withdrawn.
    """

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="editions")

    code = models.CharField(_("edition"), max_length=40, unique=True)
    status = models.CharField(max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    law_status_as_of = models.DateField()
    disclaimer = models.TextField()
    frame = models.JSONField()
    published_at = models.DateTimeField(null=True, blank=True)
    predecessor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors")
    drafted_by = _person()
    drafted_at = models.DateTimeField(null=True, blank=True)
    published_by = _person()
    approved_by = _person()
    offered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("edition")
        ordering = ["-law_status_as_of", "-id"]
        constraints = [
            one_of("edition_status_known", "status", EditionStatus),
            models.CheckConstraint(
                name="edition_draft_has_no_publishing_time",
                condition=Q(status=EditionStatus.DRAFT, published_at__isnull=True)
                | (~Q(status=EditionStatus.DRAFT) & Q(published_at__isnull=False)),
                violation_error_message=_("A published edition has a publishing time, a draft has none."),
            ),
            models.CheckConstraint(
                name="edition_draft_has_no_publisher",
                condition=~Q(status=EditionStatus.DRAFT) | Q(published_by__isnull=True),
                violation_error_message=_("A draft has no publisher."),
            ),
            models.CheckConstraint(
                name="edition_drafted_by_someone_at_a_time",
                condition=Q(drafted_by__isnull=True, drafted_at__isnull=True)
                | Q(drafted_by__isnull=False, drafted_at__isnull=False),
                violation_error_message=_("A draft has both a creator and a creation time, or neither."),
            ),
            models.CheckConstraint(
                name="edition_approved_by_another_person",
                condition=Q(approved_by__isnull=True)
                | (Q(published_by__isnull=False) & ~Q(approved_by=F("published_by"))),
                violation_error_message=_("The person who approves an edition cannot be the one who publishes it."),
            ),
            models.CheckConstraint(
                name="edition_is_not_its_own_predecessor",
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("id")),
                violation_error_message=_("An edition cannot be copied from itself."),
            ),
            models.UniqueConstraint(
                "bank",
                Lower("code"),
                name="edition_code_once_per_bank",
                violation_error_message=_("This bank already has an edition with this name."),
            ),
            models.CheckConstraint(
                name="edition_offered_is_published",
                condition=Q(offered_at__isnull=True) | Q(status=EditionStatus.PUBLISHED),
                violation_error_message=_("Only a published edition is offered for new assessments."),
            ),
            models.CheckConstraint(
                name="edition_withdrawn_was_published",
                condition=Q(withdrawn_at__isnull=True) | (~Q(status=EditionStatus.DRAFT) & Q(offered_at__isnull=True)),
                violation_error_message=_("An edition is offered or withdrawn, not both, and a draft is neither."),
            ),
            models.CheckConstraint(
                name="edition_withdrawn_for_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message=_("Say why the edition is withdrawn from new assessments."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DomainRow(models.Model):
    edition = models.ForeignKey(EditionRow, on_delete=models.CASCADE, related_name="domains")
    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    pillar = models.CharField(max_length=20, choices=PillarChoice)
    promise = models.CharField(max_length=300)
    who_knows = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("domain")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                name="domain_code_once_per_edition",
                fields=["edition", "code"],
                violation_error_message=_("This edition already has a domain with this code."),
            ),
            models.UniqueConstraint(
                name="domain_order_once_per_edition",
                fields=["edition", "order"],
                violation_error_message=_("Another domain already has this place in the edition."),
            ),
            one_of("domain_pillar_known", "pillar", PillarChoice),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class CitationRow(models.Model):
    edition = models.ForeignKey(EditionRow, on_delete=models.CASCADE, related_name="citations")
    label = models.CharField(max_length=120)
    says = models.TextField()
    law = models.CharField(max_length=20, choices=LawChoice)
    verification = models.CharField(max_length=10, choices=VerificationChoice)
    source = models.TextField()
    unsettled = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("citation")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="citation_label_once_per_edition",
                fields=["edition", "label"],
                violation_error_message=_("This edition already has a citation with this label."),
            ),
            one_of("citation_law_known", "law", LawChoice),
            one_of("citation_verification_known", "verification", VerificationChoice),
        ]

    def __str__(self) -> str:
        return self.label


class ChecklistItem(models.Model):
    """One of the practices of the GDPR/CCPA checklist that the bank is built from."""

    edition = models.ForeignKey(EditionRow, on_delete=models.CASCADE, related_name="checklist")
    code = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    concerns = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("checklist item")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                name="checklist_code_once_per_edition",
                fields=["edition", "code"],
                violation_error_message=_("This edition already has a checklist item with this code."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class QuestionRow(models.Model):
    """A question of an edition. Its levels, gates, duties, citations and checklist items are rows of their own.

    `meaning` compares it with the question of the predecessor; `meaning_reason` tells people why they are to look at
    their answer again.
    """

    domain = models.ForeignKey(DomainRow, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=24)
    order = models.PositiveSmallIntegerField()
    depth = models.CharField(max_length=10, choices=DepthChoice)
    text = models.CharField(max_length=300)
    help = models.TextField()
    weight = models.PositiveSmallIntegerField()
    weight_reason = models.TextField()
    applies_when = models.JSONField(default=list, blank=True)
    not_applicable = models.CharField(max_length=20, choices=NotApplicableChoice)
    not_applicable_hint = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    steps = models.JSONField(default=list, blank=True)
    find_out = models.JSONField(null=True, blank=True)
    usual = models.PositiveSmallIntegerField(null=True, blank=True)
    first_step = models.TextField(blank=True)
    effort = models.CharField(max_length=1, choices=EffortChoice, blank=True)
    ai_lens = models.BooleanField(default=False)
    meaning = models.CharField(max_length=10, choices=MeaningChoice, blank=True)
    meaning_reason = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("question")
        ordering = ["domain__order", "order"]
        constraints = [
            models.UniqueConstraint(
                name="question_code_once_per_domain",
                fields=["domain", "code"],
                violation_error_message=_("This domain already has a question with this code."),
            ),
            models.UniqueConstraint(
                name="question_order_once_per_domain",
                fields=["domain", "order"],
                violation_error_message=_("Another question already has this place in the domain."),
            ),
            models.CheckConstraint(
                name="question_weight_1_to_3",
                condition=Q(weight__range=(1, 3)),
                violation_error_message=_("Choose a weight from 1 to 3."),
            ),
            one_of("question_depth_known", "depth", DepthChoice),
            one_of("question_effort_known", "effort", EffortChoice, blank=True),
            models.CheckConstraint(
                name="question_first_step_has_an_effort",
                condition=Q(first_step="", effort="") | (~Q(first_step="") & ~Q(effort="")),
                violation_error_message=_("A first step has an effort, and an effort has a first step."),
            ),
            models.CheckConstraint(
                name="question_usual_level_0_to_4",
                condition=Q(usual__isnull=True) | Q(usual__range=(0, 4)),
                violation_error_message=_("The usual level is a number from 0 to 4."),
            ),
            one_of("question_not_applicable_known", "not_applicable", NotApplicableChoice),
            one_of("question_meaning_known", "meaning", MeaningChoice, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
