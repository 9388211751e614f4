"""One organisation's run through one edition, and its answers."""

import uuid

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from accounts.models import Organisation
from assessments.models.edition import EditionRow
from assessments.models.edition_choices import DepthChoice

NOTE_LENGTH = 4_000
NOTE_LINES = 80
"""As many as a report can print beside every question of a full run within its time."""
REASON_LENGTH = 500
EVIDENCE_LENGTH = 500

models.TextField.register_lookup(Length, "length")


class AssessmentState(models.TextChoices):
    SCOPING = "scoping", _("Scope")
    ANSWERING = "answering", _("In progress")
    FINISHED = "finished", _("Finished")


class AnswerKind(models.TextChoices):
    """`OPEN` keeps a note that was written before an answer was chosen."""

    OPEN = "open", _("Not answered yet")
    LEVEL = "level", _("Level")
    UNKNOWN = "unknown", _("Don’t know")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class AnsweredAs(models.TextChoices):
    """For whom somebody answers: as one of the business's own people, or let in as its consultancy."""

    BUSINESS = "business", _("The business itself")
    CONSULTANCY = "consultancy", _("Its consultancy")


def given_whole(prefix: str) -> tuple[models.CheckConstraint, ...]:
    """What holds for an answer wherever it is stored: a level, or a reason, or neither, and texts of their length."""
    return (
        models.CheckConstraint(
            name=f"{prefix}_level_exactly_for_levels",
            condition=Q(kind=AnswerKind.LEVEL, level__isnull=False, level__range=(0, 4))
            | (~Q(kind=AnswerKind.LEVEL) & Q(level__isnull=True)),
            violation_error_message=_("A level from 0 to 4 belongs to an answer that is a level, and to no other."),
        ),
        models.CheckConstraint(
            name=f"{prefix}_reason_exactly_for_not_applicable",
            condition=(Q(kind=AnswerKind.NOT_APPLICABLE) & ~Q(reason=""))
            | (~Q(kind=AnswerKind.NOT_APPLICABLE) & Q(reason="")),
            violation_error_message=_("Say in a few words why this does not apply."),
        ),
        models.CheckConstraint(
            name=f"{prefix}_texts_within_length",
            condition=Q(
                note__length__lte=NOTE_LENGTH,
                reason__length__lte=REASON_LENGTH,
                evidence__length__lte=EVIDENCE_LENGTH,
            ),
            violation_error_message=_("A text of this answer is too long. Shorten it."),
        ),
    )


class Assessment(models.Model):
    """`facts` are the scope answers: {"where.base": {"options": ["eu"], "not_sure": false}}.

    `tags` and `provisional` follow from them by the pinned edition and are stored so that every
    later step of the run reads the same scope; `scope_version` counts changes to all three.

    `preset` is the trade that was chosen: None until somebody was asked, "" for none of those listed.

    `interim`: nobody went through it. It was finished as it was made, from the answers of the result before and those
    given again since; a run that is open meanwhile stays as it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="assessments")
    edition = models.ForeignKey(EditionRow, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=10, choices=AssessmentState, default=AssessmentState.SCOPING)
    depth = models.CharField(max_length=10, choices=DepthChoice, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    tags = models.JSONField(default=list, blank=True)
    provisional = models.JSONField(default=list, blank=True)
    scope_version = models.PositiveIntegerField(default=0)
    preset = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001 (None and "" differ)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    interim = models.BooleanField(default=False)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="later")

    class Meta:
        verbose_name = _("assessment")
        ordering = ["-started_at"]
        constraints = [
            one_of("assessment_state_known", "state", AssessmentState),
            models.CheckConstraint(
                name="assessment_depth_known_after_scope",
                condition=Q(depth__in=DepthChoice.values) | Q(depth="", state=AssessmentState.SCOPING),
                violation_error_message=_("Choose how deep to go before answering."),
            ),
            models.CheckConstraint(
                name="assessment_finished_has_time",
                condition=Q(state=AssessmentState.FINISHED, finished_at__isnull=False)
                | (~Q(state=AssessmentState.FINISHED) & Q(finished_at__isnull=True)),
                violation_error_message=_("A finished assessment has a time, an open one has none."),
            ),
            models.UniqueConstraint(
                name="one_open_assessment_per_organisation",
                fields=["organisation"],
                condition=~Q(state=AssessmentState.FINISHED) & Q(interim=False),
                violation_error_message=_("There is already an open assessment."),
            ),
            models.UniqueConstraint(
                name="one_interim_result_in_the_making",
                fields=["organisation"],
                condition=~Q(state=AssessmentState.FINISHED) & Q(interim=True),
                violation_error_message=_("An interim result is being made."),
            ),
            models.CheckConstraint(
                name="assessment_interim_is_never_scoped",
                condition=Q(interim=False) | ~Q(state=AssessmentState.SCOPING),
                violation_error_message=_("An interim result has the scope of the result before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.started_at:%Y-%m-%d}"

    @property
    def is_finished(self) -> bool:
        """Whether the result stands: from then on nothing in the run changes."""
        return self.state == AssessmentState.FINISHED


class Answer(models.Model):
    """`version` counts saves; a save that starts from an older version is a conflict, never an overwrite.

    `given_under` is set while the answer has to be looked at again: the edition whose question it answered. Until a
    new choice is made it does not count. `taken_over_from` is set while an answer that a run started from waits to be
    confirmed: when it was given or last confirmed. It counts. `kept_reason` is why a question did not apply before
    another choice was made: it comes back with "doesn't apply". `note_left_out`: the note is not printed in reports.
    `answered_as` is what `saved_by` was at that moment; empty where an older release did not record it and it could
    not be told any more.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=24)
    kind = models.CharField(max_length=20, choices=AnswerKind)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True, validators=[MaxLengthValidator(REASON_LENGTH)])
    note = models.TextField(blank=True, validators=[MaxLengthValidator(NOTE_LENGTH)])
    evidence = models.TextField(blank=True, validators=[MaxLengthValidator(EVIDENCE_LENGTH)])
    kept_reason = models.TextField(blank=True, validators=[MaxLengthValidator(REASON_LENGTH)])
    note_left_out = models.BooleanField(default=False)
    given_under = models.ForeignKey(EditionRow, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_over_from = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    answered_as = models.CharField(max_length=12, choices=AnsweredAs, blank=True, default="")

    class Meta:
        verbose_name = _("answer")
        ordering = ["id"]
        # When anything was last saved in a run, without reading its answers.
        indexes = [models.Index(name="answer_last_saved", fields=["assessment", "-saved_at"])]
        constraints = [
            models.UniqueConstraint(
                name="one_answer_per_question",
                fields=["assessment", "question"],
                violation_error_message=_("This question already has an answer."),
            ),
            one_of("answer_kind_known", "kind", AnswerKind),
            one_of("answer_answered_as_known", "answered_as", AnsweredAs, blank=True),
            *given_whole("answer"),
            models.CheckConstraint(
                name="answer_kept_reason_within_length",
                condition=Q(kept_reason__length__lte=REASON_LENGTH),
                violation_error_message=_("A text of this answer is too long. Shorten it."),
            ),
            models.CheckConstraint(
                name="answer_taken_over_counts",
                condition=Q(taken_over_from__isnull=True)
                | (~Q(kind=AnswerKind.OPEN) & Q(given_under__isnull=True, taken_over_from__lte=F("saved_at"))),
                violation_error_message=_("Only an answer that counts can be taken over, and only from before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.level if self.kind == AnswerKind.LEVEL else self.kind}"
