"""Answers given again after a result stands, outside of any run."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from assessments.models.run import (
    EVIDENCE_LENGTH,
    NOTE_LENGTH,
    REASON_LENGTH,
    AnsweredAs,
    AnswerKind,
    Assessment,
    given_whole,
)

GIVEN_KINDS = (AnswerKind.LEVEL, AnswerKind.UNKNOWN, AnswerKind.NOT_APPLICABLE)


class StandingAnswer(models.Model):
    """One question of a finished `assessment` as it is answered now; the result stays as it is.

    It stands until a newer result of the organisation does. `version` counts saves.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="standing_answers")
    question = models.CharField(max_length=24)
    kind = models.CharField(max_length=20, choices=AnswerKind)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True, validators=[MaxLengthValidator(REASON_LENGTH)])
    note = models.TextField(blank=True, validators=[MaxLengthValidator(NOTE_LENGTH)])
    evidence = models.TextField(blank=True, validators=[MaxLengthValidator(EVIDENCE_LENGTH)])
    note_left_out = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    answered_as = models.CharField(max_length=12, choices=AnsweredAs)

    class Meta:
        verbose_name = _("standing answer")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="one_standing_answer_per_question",
                fields=["assessment", "question"],
                violation_error_message=_("This question already has an answer."),
            ),
            one_of("standing_answer_kind_known", "kind", GIVEN_KINDS),
            one_of("standing_answer_answered_as_known", "answered_as", AnsweredAs),
            *given_whole("standing_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.level if self.kind == AnswerKind.LEVEL else self.kind}"
