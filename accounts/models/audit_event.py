from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of


class AuditKind(models.TextChoices):
    """A change of somebody's access, or a download."""

    ORGANISATION_MADE = "organisation_made", _("Set up the organisation")
    ORGANISATION_DELETED = "organisation_deleted", _("Deleted the organisation")
    INVITED = "invited", _("Invited")
    INVITED_AGAIN = "invited_again", _("Sent the invitation again")
    INVITATION_WITHDRAWN = "invitation_withdrawn", _("Withdrew the invitation")
    JOINED = "joined", _("Joined")
    ROLE_CHANGED = "role_changed", _("Changed the role")
    REMOVED = "removed", _("Removed")
    LEFT = "left", _("Left")
    OWNERSHIP_HANDED_OVER = "ownership_handed_over", _("Handed over the ownership")
    ACCESS_GRANTED = "access_granted", _("Gave a consultancy access")
    ACCESS_CHANGED = "access_changed", _("Changed a consultancy’s access")
    ACCESS_ENDED = "access_ended", _("Ended a consultancy’s access")
    REPORT_DOWNLOADED = "report_downloaded", _("Downloaded a report")
    REPORTS_DOWNLOADED = "reports_downloaded", _("Downloaded several reports")
    SCORES_EXPORTED = "scores_exported", _("Exported scores")
    PERSON_CHANGED = "person_changed", _("Changed a person’s rights")
    PERSON_ERASED = "person_erased", _("Deleted an account")
    ORGANISATION_RENAMED = "organisation_renamed", _("Renamed the organisation")
    DELETION_ASKED = "deletion_asked", _("Asked to delete the organisation")
    DELETION_UNDONE = "deletion_undone", _("Kept the organisation after all")
    TERMS_CHANGED = "terms_changed", _("Changed how long something is kept")
    ASSESSMENT_DELETED = "assessment_deleted", _("Deleted an assessment")
    DATA_DOWNLOADED = "data_downloaded", _("Downloaded all data")
    CHECK_LINK_MADE = "check_link_made", _("Made a link to the quick check")
    CHECK_LINK_REVOKED = "check_link_revoked", _("Revoked a link to the quick check")
    CHECK_SHARED = "check_shared", _("A guest shared a quick check")
    CHECK_TAKEN_BACK = "check_taken_back", _("A guest took a shared quick check back")
    SHARED_CHECK_DELETED = "shared_check_deleted", _("Deleted a shared quick check")
    SHARE_LINK_MADE = "share_link_made", _("Made a link to a report")
    SHARE_LINK_REVOKED = "share_link_revoked", _("Revoked a link to a report")
    SIGN_IN_LINK_MADE = "sign_in_link_made", _("Created a one-time sign-in link")


class AuditEvent(models.Model):
    """Who did what, when and from where. Append-only: the database refuses every change and deletion.

    Keys and names are copies, not foreign keys: the trail outlives people and organisations.
    `organisation` is empty for events of the whole site; `subject` says to whom or what it was done.
    Two changes take personal data away and alter nothing: those of an erased person become a placeholder, and an old
    event loses everybody's at `pseudonymised_at`.
    """

    at = models.DateTimeField(_("when"), default=timezone.now)
    kind = models.CharField(_("what"), max_length=24, choices=AuditKind)
    organisation = models.UUIDField(_("organisation"), null=True, blank=True)
    organisation_name = models.CharField(_("organisation’s name"), max_length=120, blank=True)
    actor = models.BigIntegerField(_("person"), null=True, blank=True)
    actor_email = models.CharField(_("who"), max_length=254, blank=True)
    subject = models.CharField(_("whom or what"), max_length=300, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    ip_address = models.GenericIPAddressField(_("from where"), null=True, blank=True)
    pseudonymised_at = models.DateTimeField(_("pseudonymised"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit trail")
        ordering = ["-at", "-id"]
        indexes = [models.Index(name="audit_by_organisation", fields=["organisation", "-at"])]
        constraints = [
            one_of("audit_kind_known", "kind", AuditKind, message=_("Unknown kind of event.")),
            models.CheckConstraint(
                name="audit_organisation_named",
                condition=models.Q(organisation__isnull=True, organisation_name="")
                | (models.Q(organisation__isnull=False) & ~models.Q(organisation_name="")),
                violation_error_message=_("An event of an organisation must have the organisation’s name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation or '-'} {self.at:%Y-%m-%d %H:%M}"
