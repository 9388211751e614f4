"""Links by which somebody without an account opens one report."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report

KEY_HASH_LENGTH, LABEL_LENGTH = 64, 80


class ShareLink(models.Model):
    """It opens its report until `expires_at`, or until it is revoked, for whoever has the key; only its hash is here.

    `label` says for whom it is, in the owner's list alone. `views` and `downloads` are numbers: nobody's address,
    browser or time is stored with them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="share_links")
    label = models.CharField(_("for whom"), max_length=LABEL_LENGTH, blank=True)
    key_hash = models.CharField(max_length=KEY_HASH_LENGTH, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    views = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("link to a report")
        verbose_name_plural = _("links to reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="share_link_key_hashed",
                condition=Q(Exact(Length("key_hash"), KEY_HASH_LENGTH)),
                violation_error_message=_("Only the hash of a key is stored."),
            ),
            models.CheckConstraint(
                name="share_link_ends_after_it_was_made",
                condition=Q(expires_at__gt=F("created_at")),
                violation_error_message=_("A link ends after it was made."),
            ),
            models.CheckConstraint(
                name="share_link_revoked_after_it_was_made",
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("created_at")),
                violation_error_message=_("A link cannot be revoked before it was made."),
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.pk)

    def is_open(self, now: datetime) -> bool:
        """Whether it is neither revoked nor over; its report may still have nothing to show."""
        return self.revoked_at is None and self.expires_at > now
