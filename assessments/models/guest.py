"""Quick checks of guests, the links by which consultancies hand them out, and what a guest chose to share."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from assessments.models.edition import EditionRow

KEY_LENGTH, HASH_LENGTH = 43, 64
LINK_NAME_LENGTH, BUSINESS_LENGTH, PHONE_LENGTH = 80, 120, 40
EMAIL_LENGTH = 254
"""Of Django's column for an address; its form field would take more."""


class CheckLink(models.Model):
    """A consultancy's own address of the quick check. It opens until the end of `ends_on`, or until it is revoked.

    The key is no secret: it stands on a website or in a message, and shows nothing but who offers the check.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultancy = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="check_links")
    name = models.CharField(_("name"), max_length=LINK_NAME_LENGTH)
    key = models.CharField(max_length=KEY_LENGTH, unique=True, editable=False)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("link to the quick check")
        verbose_name_plural = _("links to the quick check")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="check_link_named",
                condition=~Q(name=""),
                violation_error_message=_("Give the link a name."),
            ),
            models.CheckConstraint(
                name="check_link_key_whole",
                condition=Q(Exact(Length("key"), KEY_LENGTH)),
                violation_error_message=_("The key of a link is too short to be random."),
            ),
            models.CheckConstraint(
                name="check_link_revoked_after_it_was_made",
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("created_at")),
                violation_error_message=_("A link cannot be revoked before it was made."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SharedCheck(models.Model):
    """What a guest chose to show a consultancy: their answers as they were at that moment, and how to reach them.

    `facts` and `answers` are as in GuestCheck; what they say is worked out by the pinned edition, which never changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultancy = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="shared_checks")
    link = models.ForeignKey(CheckLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="shared_checks")
    edition = models.ForeignKey(EditionRow, on_delete=models.PROTECT, related_name="+")
    business = models.CharField(_("name of the business"), max_length=BUSINESS_LENGTH)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=PHONE_LENGTH, blank=True)
    facts = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    shared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("shared quick check")
        verbose_name_plural = _("shared quick checks")
        ordering = ["-shared_at", "-pk"]
        indexes = [models.Index(name="shared_check_newest", fields=["consultancy", "-shared_at"])]
        constraints = [
            models.CheckConstraint(
                name="shared_check_names_a_business",
                condition=~Q(business=""),
                violation_error_message=_("Say which business this is."),
            ),
            models.CheckConstraint(
                name="shared_check_email_lower_case",
                condition=Q(email=Lower("email")),
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business} {self.shared_at:%Y-%m-%d}"


class GuestCheck(models.Model):
    """A quick check of somebody without an account. Its browser's session holds the key, this row only its hash.

    It is over 24 hours after `started_at`, whatever happens. `facts` are those of Assessment; `answers` are
    {"ACCESS-02": {"kind": "level", "level": 2, "reason": ""}}. `shared` is what was shown to the consultancy.
    """

    key_hash = models.CharField(max_length=HASH_LENGTH, unique=True, editable=False)
    edition = models.ForeignKey(EditionRow, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(CheckLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="guest_checks")
    shared = models.OneToOneField(SharedCheck, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    facts = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("quick check")
        verbose_name_plural = _("quick checks")
        constraints = [
            models.CheckConstraint(
                name="guest_check_key_hashed",
                condition=Q(Exact(Length("key_hash"), HASH_LENGTH)),
                violation_error_message=_("Only the hash of a key is stored."),
            ),
        ]

    def __str__(self) -> str:
        return f"Quick check of {self.started_at:%Y-%m-%d %H:%M}"
