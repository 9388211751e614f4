"""Before a draft is published: requests to a second person, and files that wait to be imported into it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.edition import EditionRow


class PublishRequest(models.Model):
    """Asks a second person to publish a draft as it is; `fingerprint` identifies its content at that time.

    If the draft changes, the request is void, because nobody approves what they have not seen.
    """

    edition = models.OneToOneField(EditionRow, on_delete=models.CASCADE, related_name="publish_request")
    fingerprint = models.CharField(max_length=64)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("request to publish")
        verbose_name_plural = _("requests to publish")

    def __str__(self) -> str:
        return f"{self.edition} asked for by {self.asked_by}"


class BankImport(models.Model):
    """A file that was read without errors, kept until its changes are imported into the draft or discarded.

    `document` is the edition in the file, as YAML; `notes` list what could not be imported.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(EditionRow, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    document = models.TextField()
    notes = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("imported file")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.file_name} for {self.draft}"
