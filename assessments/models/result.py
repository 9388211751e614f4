"""The frozen outcome of a finished assessment."""

import uuid

from django.conf import settings
from django.db import models

from assessments.models.run import Assessment


class Result(models.Model):
    """`outcome` is the scored result when the assessment was finished, `answers` the answers with their notes.

    Neither ever changes: a trigger refuses updates. Both refer to the pinned edition by question id.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="result")
    outcome = models.JSONField()
    answers = models.JSONField()
    finished_at = models.DateTimeField()
    finished_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "result"
        ordering = ["-finished_at"]

    def __str__(self) -> str:
        return f"Result of {self.assessment_id}"
