import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from accounts.names import validate_name
from accounts.permissions import AccessLevel, Role

__all__ = ["AccessLevel", "Engagement", "Membership", "Organisation", "OrganisationKind", "Role"]


class OrganisationKind(models.TextChoices):
    BUSINESS = "business", _("Business")
    CONSULTANCY = "consultancy", _("Consultancy")


class Organisation(models.Model):
    """A business that assesses itself, or a consultancy that helps others do so (and may assess itself too).

    `set_up_by` is the consultancy that set it up for a client; it has no members until that client's owner joins.
    `handed_over_at` is when that was, and stays: whoever leaves later does not give it back to the consultancy.
    With `deletion_due_at` an owner has asked to delete it; until then every owner can undo that. `idle_notice_at` is
    when its owners were last told that it will be deleted because nobody uses it, `newest_result_until` is
    set once they were told that its newest result is about to be deleted: not before then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120, validators=[validate_name])
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind, default=OrganisationKind.BUSINESS)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    set_up_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="clients_set_up", verbose_name=_("set up by")
    )
    handed_over_at = models.DateTimeField(_("handed over"), null=True, blank=True, editable=False)
    deletion_due_at = models.DateTimeField(_("to be deleted"), null=True, blank=True, editable=False)
    idle_notice_at = models.DateTimeField(_("told that it is unused"), null=True, blank=True, editable=False)
    newest_result_until = models.DateTimeField(_("newest result kept until"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="organisation_name_given",
                condition=~models.Q(name=""),
                violation_error_message=_("An organisation needs a name."),
            ),
            one_of(
                "organisation_kind_known",
                "kind",
                OrganisationKind,
                message=_("An organisation is either a business or a consultancy."),
            ),
            models.CheckConstraint(
                name="organisation_not_set_up_by_itself",
                condition=models.Q(set_up_by__isnull=True) | ~models.Q(set_up_by=models.F("id")),
                violation_error_message=_("An organisation cannot have set itself up."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person is a member of an organisation, in one role."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=6, choices=Role)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                name="membership_once",
                fields=["user", "organisation"],
                violation_error_message=_("This person already belongs to the organisation."),
            ),
            one_of("membership_role_known", "role", Role, message=_("The role must be owner, editor or viewer.")),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organisation_id}"


class Engagement(models.Model):
    """A consultancy's access to one client organisation, granted by the client; over once `ended_at` is set.

    `client_name` is what the client was called when it ended: what it is called later is none of the consultancy's
    business.
    """

    consultancy = models.ForeignKey(Organisation, models.CASCADE, related_name="engagements_as_consultancy")
    client = models.ForeignKey(Organisation, models.CASCADE, related_name="engagements_as_client")
    level = models.CharField(_("access"), max_length=6, choices=AccessLevel)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="engagements_granted"
    )
    granted_at = models.DateTimeField(_("granted"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="engagements_ended"
    )
    client_name = models.CharField(
        _("client’s name at the end"), max_length=120, blank=True, default="", editable=False
    )

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints = [
            models.UniqueConstraint(
                name="engagement_active_once",
                fields=["consultancy", "client"],
                condition=models.Q(ended_at__isnull=True),
                violation_error_message=_("This consultancy already has access. End it before granting it again."),
            ),
            models.CheckConstraint(
                name="engagement_not_itself",
                condition=~models.Q(consultancy=models.F("client")),
                violation_error_message=_("An organisation cannot be its own consultancy."),
            ),
            one_of(
                "engagement_level_known", "level", AccessLevel, message=_("The access must be answer, review or read.")
            ),
            models.CheckConstraint(
                name="engagement_ends_after_grant",
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("granted_at")),
                violation_error_message=_("Access cannot end before it was granted."),
            ),
            models.CheckConstraint(
                name="engagement_ended_by_someone_when_over",
                condition=models.Q(ended_by__isnull=True) | models.Q(ended_at__isnull=False),
                violation_error_message=_("Only access that has ended can name who ended it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultancy_id} {self.level} {self.client_id}"
