import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Length, Lower
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organisation import Organisation
from accounts.permissions import AccessLevel, Role

MAX_SENDINGS = 5


class InvitationKind(models.TextChoices):
    """What is asked for. The invitation's `organisation` asks: the one to join, the client, or the consultancy."""

    MEMBER = "member", _("Join the organisation")
    CONSULTANCY = "consultancy", _("Advise the organisation as its consultancy")
    CLIENT = "client", _("Give the consultancy access")


class Invitation(models.Model):
    """Asks the holder of one e-mail address to accept, once. Only a hash of the link's token is stored.

    `role` is what a new member becomes; `level` is the access that a consultancy would get. `by_mail` says that the
    link was only ever sent to the address, so whoever opens it also holds the address.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    kind = models.CharField(_("kind"), max_length=12, choices=InvitationKind)
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=6, choices=Role, blank=True)
    level = models.CharField(_("access"), max_length=6, choices=AccessLevel, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations_made")
    created_at = models.DateTimeField(_("invited"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    sent_at = models.DateTimeField(_("last sent"))
    by_mail = models.BooleanField(_("sent by mail"), default=False)
    sendings = models.PositiveSmallIntegerField(_("times sent"), default=1)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="invitations_accepted"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                name="invitation_open_once",
                fields=["organisation", "kind", "email"],
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                violation_error_message=_("This address is already invited. Send the invitation again instead."),
            ),
            models.CheckConstraint(
                name="invitation_gives_one_thing",
                condition=models.Q(kind=InvitationKind.MEMBER, role__in=Role.values, level="")
                | models.Q(
                    kind__in=(InvitationKind.CONSULTANCY, InvitationKind.CLIENT), level__in=AccessLevel.values, role=""
                ),
                violation_error_message=_("An invitation gives a member a role, or a consultancy its access."),
            ),
            models.CheckConstraint(
                name="invitation_email_lower_case",
                condition=models.Q(email=Lower("email")) & ~models.Q(email=""),
                violation_error_message=_("The e-mail address must be given, in lower case."),
            ),
            models.CheckConstraint(
                name="invitation_hash_whole",
                condition=Exact(Length("token_hash"), 64),
                violation_error_message=_("An invitation needs the hash of its token."),
            ),
            models.CheckConstraint(
                name="invitation_expires_later",
                condition=models.Q(expires_at__gt=models.F("sent_at"), sent_at__gte=models.F("created_at")),
                violation_error_message=_("An invitation must be valid for some time."),
            ),
            models.CheckConstraint(
                name="invitation_ends_in_one_way",
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__lte=models.F("expires_at"), withdrawn_at__isnull=True),
                violation_error_message=_("An invitation is accepted in time or withdrawn, never both."),
            ),
            models.CheckConstraint(
                name="invitation_sendings_within_bounds",
                condition=models.Q(sendings__range=(1, MAX_SENDINGS)),
                violation_error_message=_("An invitation can be sent only a few times."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation_id} {self.created_at:%Y-%m-%d}"

    @property
    def ran_out(self) -> bool:
        return self.expires_at <= timezone.now()
