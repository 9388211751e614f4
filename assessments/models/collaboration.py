"""Working on one assessment together: who answers what, what is said about a question, what a reviewer finds.

Nothing of this changes once the run is finished: triggers refuse it.
"""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from accounts.models import Organisation
from assessments.models.run import Assessment

COMMENT_LENGTH = 4_000
REVIEW_NOTE_LENGTH = 2_000


class Assignment(models.Model):
    """A domain that one person answers. If they lose access, the row stays but has no effect."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assignments")
    domain = models.CharField(max_length=20)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("assigned domain")
        verbose_name_plural = _("assigned domains")
        constraints = [
            models.UniqueConstraint(
                name="one_assignee_per_domain",
                fields=["assessment", "domain"],
                violation_error_message=_("This domain is already assigned to somebody."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.domain}: {self.assignee_id}"


class Comment(models.Model):
    """`asked` is the person asked to act on it until it is resolved; with `in_report` it goes into the result."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="comments")
    question = models.CharField(max_length=24)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(validators=[MaxLengthValidator(COMMENT_LENGTH)])
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments_asked"
    )
    in_report = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("comment")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="comment_text_within_length",
                condition=~Q(text="") & Q(text__length__lte=COMMENT_LENGTH),
                violation_error_message=_("Write a comment of at most 4,000 characters."),
            ),
            models.CheckConstraint(
                name="comment_resolved_by_someone",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                violation_error_message=_("A resolved comment says when and by whom."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.text[:40]}"


class Verdict(models.TextChoices):
    AGREES = "agrees", _("Agreed")
    QUESTIONS = "questions", _("Disputed")


class AnswerReview(models.Model):
    """What a consultant found about an answer as it was at `answer_version`. The latest for a question counts."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reviews")
    question = models.CharField(max_length=24)
    verdict = models.CharField(max_length=10, choices=Verdict)
    note = models.TextField(blank=True, validators=[MaxLengthValidator(REVIEW_NOTE_LENGTH)])
    answer_version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    consultancy = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("review of an answer")
        verbose_name_plural = _("reviews of answers")
        ordering = ["id"]
        constraints = [
            one_of("review_verdict_known", "verdict", Verdict),
            models.CheckConstraint(
                name="review_question_has_note",
                condition=~Q(verdict=Verdict.QUESTIONS) | ~Q(note=""),
                violation_error_message=_("Say why you dispute the answer."),
            ),
            models.CheckConstraint(
                name="review_note_within_length",
                condition=Q(note__length__lte=REVIEW_NOTE_LENGTH),
                violation_error_message=_("Shorten the note to 2,000 characters."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.verdict}"
