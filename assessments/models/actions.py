"""The living plan of an organisation: steps and own tasks that somebody took on, and what happened to them.

It stands beside the frozen results and outlives them: an action belongs to the organisation, not to a run.
"""

import uuid

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from accounts.database.letters import LettersAsTheyAre
from accounts.models import Organisation
from assessments.models.result import Result

TITLE_LENGTH = 1_000
DROPPED_REASON_LENGTH = 500
ACTION_NOTE_LENGTH = 2_000
PROOF_LENGTH = 500
ASSIGNEE_NAME_LENGTH = 120
ACTION_COMMENT_LENGTH = 2_000


class ActionState(models.TextChoices):
    OPEN = "open", _("To do")
    DOING = "doing", _("Being done")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not for us")


LIVE_STATES = (ActionState.OPEN, ActionState.DOING)
"""In these an action still waits for somebody."""


class Action(models.Model):
    """A step that raises a question to `level`, or with an empty `question` an own task.

    `title` is what it was taken on as: pages show a step as the edition of the newest result words it. Somebody with an
    account is `assignee`, anybody else `assignee_name`. `version` counts changes; one that starts from an older version
    is a conflict, never an overwrite. `taken_from` is the result in whose plan the step was found.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="actions")
    question = models.CharField(max_length=24, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.TextField(validators=[MaxLengthValidator(TITLE_LENGTH)])
    state = models.CharField(max_length=8, choices=ActionState, default=ActionState.OPEN)
    dropped_reason = models.TextField(blank=True, validators=[MaxLengthValidator(DROPPED_REASON_LENGTH)])
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="actions"
    )
    assignee_name = models.CharField(max_length=ASSIGNEE_NAME_LENGTH, blank=True)
    due = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, validators=[MaxLengthValidator(ACTION_NOTE_LENGTH)])
    proof = models.TextField(blank=True, validators=[MaxLengthValidator(PROOF_LENGTH)])
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    taken_from = models.ForeignKey(
        Result, null=True, blank=True, on_delete=models.SET_NULL, related_name="actions_taken"
    )

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["created_at", "id"]
        indexes = [models.Index(name="action_by_state", fields=["organisation", "state", "due"])]
        constraints = [
            one_of("action_state_known", "state", ActionState),
            models.CheckConstraint(
                name="action_step_or_own_task",
                condition=Q(question="", level__isnull=True)
                | (~Q(question="") & Q(level__isnull=False, level__range=(1, 4))),
                violation_error_message=_("A step names its question and the level it leads to; an own task neither."),
            ),
            models.CheckConstraint(
                name="action_reason_exactly_for_dropped",
                condition=(Q(state=ActionState.DROPPED) & ~Q(dropped_reason=""))
                | (~Q(state=ActionState.DROPPED) & Q(dropped_reason="")),
                violation_error_message=_("Say in a few words why this is not for you."),
            ),
            models.CheckConstraint(
                name="action_finished_has_time",
                condition=Q(state__in=[ActionState.DONE, ActionState.DROPPED], finished_at__isnull=False)
                | (~Q(state__in=[ActionState.DONE, ActionState.DROPPED]) & Q(finished_at__isnull=True)),
                violation_error_message=_("Only what is done or dropped has an end."),
            ),
            models.CheckConstraint(
                name="action_one_kind_of_assignee",
                condition=Q(assignee__isnull=True) | Q(assignee_name=""),
                violation_error_message=_("Choose a person or type a name, not both."),
            ),
            models.CheckConstraint(
                name="action_texts_within_length",
                condition=~Q(title="")
                & Q(
                    title__length__lte=TITLE_LENGTH,
                    dropped_reason__length__lte=DROPPED_REASON_LENGTH,
                    note__length__lte=ACTION_NOTE_LENGTH,
                    proof__length__lte=PROOF_LENGTH,
                ),
                violation_error_message=_("A text is missing or too long."),
            ),
            models.CheckConstraint(
                name="action_times_in_order",
                condition=Q(changed_at__gte=models.F("created_at")) & Q(version__gte=1),
                violation_error_message=_("An action changes after it was made."),
            ),
            models.UniqueConstraint(
                name="one_live_action_per_step",
                fields=["organisation", "question", "level"],
                condition=Q(state__in=[ActionState.OPEN, ActionState.DOING]) & ~Q(question=""),
                violation_error_message=_("This step is in the plan already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title[:60]

    @property
    def is_live(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in LIVE_STATES

    @property
    def is_step(self) -> bool:
        return bool(self.question)


class ActionEventKind(models.TextChoices):
    TAKEN = "taken", _("Took it on")
    ADDED = "added", _("Added it")
    CHANGED = "changed", _("Changed it")
    DONE = "done", _("Called it done")
    DROPPED = "dropped", _("Took it out of the plan")
    REOPENED = "reopened", _("Put it back on the list")
    COMMENTED = "commented", _("Wrote")


class ActionEvent(models.Model):
    """What happened to an action. Append-only: triggers refuse changes, and deletion without the organisation.

    `changes` holds for each changed column what it was and what it is: {"due": [null, "2026-12-03"]}; people as keys.
    `text` is the comment of the kind COMMENTED, and of no other.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=ActionEventKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changes = models.JSONField(default=dict, blank=True, encoder=LettersAsTheyAre)
    text = models.TextField(blank=True, validators=[MaxLengthValidator(ACTION_COMMENT_LENGTH)])

    class Meta:
        verbose_name = _("event of an action")
        verbose_name_plural = _("events of actions")
        ordering = ["-at", "-id"]
        indexes = [models.Index(name="action_event_newest", fields=["action", "-at", "-id"])]
        constraints = [
            one_of("action_event_kind_known", "kind", ActionEventKind),
            models.CheckConstraint(
                name="action_event_text_exactly_for_comments",
                condition=(Q(kind=ActionEventKind.COMMENTED, text__length__lte=ACTION_COMMENT_LENGTH) & ~Q(text=""))
                | (~Q(kind=ActionEventKind.COMMENTED) & Q(text="")),
                violation_error_message=_("Write a comment of at most 2,000 characters."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.action_id}"


class ReminderChoice(models.Model):
    """How one person is reminded: where their day begins, and whether at all.

    `asked_again_at` is when they were last told that answers of long ago are worth another look. An empty `time_zone`
    is that of the site. `stop_key` stands in the links that stop the mails without signing in. It is a random key and
    not a signature, because the scheduler, which writes the mails, has no key to sign with.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="reminder_choice"
    )
    time_zone = models.CharField(max_length=40, blank=True)
    stop_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    stopped_at = models.DateTimeField(null=True, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("choice about reminders")
        verbose_name_plural = _("choices about reminders")
        constraints = [
            models.CheckConstraint(
                name="reminder_time_zone_is_a_name",
                condition=Q(time_zone__regex=r"^[A-Za-z0-9_+/-]*$"),
                violation_error_message=_("Choose one of the listed values."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.time_zone}"


class ReminderKind(models.TextChoices):
    SOON = "soon", _("Due soon")
    DUE = "due", _("Due")


class ActionReminder(models.Model):
    """That a person was reminded of an action and this date of it: the row comes first, so it happens at most once."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due = models.DateField()
    kind = models.CharField(max_length=4, choices=ReminderKind)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            one_of("reminder_kind_known", "kind", ReminderKind),
            models.UniqueConstraint(
                name="reminded_once",
                fields=["action", "person", "due", "kind"],
                violation_error_message=_("This person was reminded of this date already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due} {self.action_id}"
