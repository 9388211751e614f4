"""Before a draft is published: requests to a second person, and files that wait to be imported into it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.edition import EditionRow


class PublishRequest(models.Model):
    """Asks a second person to publish a draft as it is, or to offer a published edition for new assessments.

    `fingerprint` identifies what the first person saw. If that changes, the request is void, because nobody approves
    what they have not seen. A declined request waits for nobody; it is kept until its writer has read why.
    """

    edition = models.OneToOneField(EditionRow, on_delete=models.CASCADE, related_name="publish_request")
    fingerprint = models.CharField(max_length=64)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("request to publish")
        verbose_name_plural = _("requests to publish")
        constraints = [
            models.CheckConstraint(
                name="publish_request_declined_for_a_reason",
                condition=Q(declined_by__isnull=True, declined_at__isnull=True, declined_reason="")
                | (Q(declined_by__isnull=False, declined_at__isnull=False) & ~Q(declined_reason="")),
                violation_error_message=_("Say why you decline."),
            ),
            models.CheckConstraint(
                name="publish_request_declined_by_another_person",
                condition=Q(declined_by__isnull=True) | ~Q(declined_by=F("asked_by")),
                violation_error_message=_("Who asked cannot decline; take the request back instead."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} asked for by {self.asked_by}"


class BankImport(models.Model):
    """A file that was read without errors, kept until its changes are imported into the draft or discarded.

    `document` is the edition in the file, as YAML; `notes` list what could not be imported. `origin` says what the file
    was exported from (empty if it does not say), `choices` what somebody ticked or unticked, by change, with a mark of
    the values that they saw.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(EditionRow, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    document = models.TextField()
    notes = models.JSONField(default=list, blank=True)
    origin = models.JSONField(default=dict, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("imported file")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.file_name} for {self.draft}"


class BankSnapshot(models.Model):
    """What a draft was when somebody exported it, so that the file can be compared with it when it comes back.

    The same content is kept once, by its `fingerprint`. `document` is the edition as a JSON value, which can hold what
    is unfinished too.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    edition_code = models.CharField(max_length=40)
    document = models.JSONField()
    last_exported_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("exported state of a draft")
        verbose_name_plural = _("exported states of drafts")

    def __str__(self) -> str:
        return f"{self.edition_code} as exported {self.last_exported_at:%Y-%m-%d %H:%M}"
