from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignInLink(models.Model):
    """A link that signs a person in once. Only a hash of its token is stored."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in link")
        verbose_name_plural = _("sign-in links")
        constraints = [
            models.CheckConstraint(
                name="sign_in_link_hash_whole",
                condition=Exact(Length("token_hash"), 64),
                violation_error_message=_("A sign-in link needs the hash of its token."),
            ),
            models.CheckConstraint(
                name="sign_in_link_expires_later",
                condition=models.Q(expires_at__gt=models.F("created_at")),
                violation_error_message=_("A sign-in link must be valid for some time."),
            ),
            models.CheckConstraint(
                name="sign_in_link_used_in_time",
                condition=models.Q(used_at__isnull=True)
                | models.Q(used_at__gte=models.F("created_at"), used_at__lte=models.F("expires_at")),
                violation_error_message=_("A sign-in link cannot be used before it is made or after it expires."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} until {self.expires_at:%Y-%m-%d %H:%M}"
