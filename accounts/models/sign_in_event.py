from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of


class SignInEventKind(models.TextChoices):
    """What happened to somebody's way of signing in."""

    SIGNED_IN = "signed_in", _("Signed in")
    REFUSED = "refused", _("Somebody tried to sign in with a wrong password")
    PASSWORD_CHANGED = "password_changed", _("Changed the password")
    PASSWORD_RESET = "password_reset", _("Chose a new password by mail")
    EMAIL_CHANGED = "email_changed", _("Changed the e-mail address")
    MFA_ADDED = "mfa_added", _("Added a second step or passkey")
    MFA_REMOVED = "mfa_removed", _("Removed a second step or passkey")
    RECOVERY_CODES_MADE = "recovery_codes_made", _("Made new recovery codes")
    SIGNED_OUT_ELSEWHERE = "signed_out_elsewhere", _("Signed out everywhere else")


class SignInEvent(models.Model):
    """One line of a person's own trail: what, when, and from where. Deleted with the person."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_in_events", verbose_name=_("person")
    )
    kind = models.CharField(_("what"), max_length=24, choices=SignInEventKind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    browser = models.CharField(_("browser"), max_length=80, blank=True)
    ip_address = models.GenericIPAddressField(_("from where"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in event")
        verbose_name_plural = _("sign-in events")
        ordering = ["-at", "-id"]
        indexes = [models.Index(name="sign_in_events_of_a_person", fields=["user", "-at"])]
        constraints = [one_of("sign_in_event_kind_known", "kind", SignInEventKind, message=_("Unknown kind of event."))]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id} {self.at:%Y-%m-%d %H:%M}"
