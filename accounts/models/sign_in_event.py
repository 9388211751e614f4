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
    SIGNED_OUT_ELSEWHERE = "signed_out_elsewhere", _("Signed out somewhere else")
    CODE_REFUSED = "code_refused", _("Somebody entered a wrong code")
    PASSKEY_REFUSED = "passkey_refused", _("Somebody tried a passkey that did not fit")
    RECOVERY_CODE_USED = "recovery_code_used", _("Used a recovery code")
    CONFIRMED = "confirmed", _("Confirmed again that it is you")


class SignInStep(models.TextChoices):
    """What somebody showed to be let in."""

    PASSWORD = "password", _("password")
    PASSKEY = "passkey", _("passkey")
    LINK = "link", _("one-time link")
    SIGN_UP = "sign_up", _("signing up")
    APP = "app", _("code of the app")
    RECOVERY_CODE = "recovery_code", _("recovery code")


WITH_STEPS = (SignInEventKind.SIGNED_IN, SignInEventKind.CONFIRMED)


class SignInEvent(models.Model):
    """One line of a person's own trail: what, when, and from where. Deleted with the person."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_in_events", verbose_name=_("person")
    )
    kind = models.CharField(_("what"), max_length=24, choices=SignInEventKind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    browser = models.CharField(_("browser"), max_length=80, blank=True)
    ip_address = models.GenericIPAddressField(_("from where"), null=True, blank=True)
    first_step = models.CharField(_("with"), max_length=16, choices=SignInStep, blank=True)
    second_step = models.CharField(_("then with"), max_length=16, choices=SignInStep, blank=True)

    class Meta:
        verbose_name = _("sign-in event")
        verbose_name_plural = _("sign-in events")
        ordering = ["-at", "-id"]
        indexes = [models.Index(name="sign_in_events_of_a_person", fields=["user", "-at"])]
        constraints = [
            one_of("sign_in_event_kind_known", "kind", SignInEventKind, message=_("Unknown kind of event.")),
            one_of("sign_in_event_first_step_known", "first_step", SignInStep, blank=True),
            one_of("sign_in_event_second_step_known", "second_step", SignInStep, blank=True),
            models.CheckConstraint(
                name="sign_in_event_steps_fit",
                condition=models.Q(first_step="", second_step="")
                | (models.Q(kind__in=WITH_STEPS) & ~models.Q(first_step="")),
                violation_error_message=_("Only signing in has steps, and a second one comes after a first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id} {self.at:%Y-%m-%d %H:%M}"
