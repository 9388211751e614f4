from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.addresses import normal_address
from accounts.names import validate_name

ERASED_DOMAIN = "@erased.invalid"
"""No mail ever arrives at .invalid (RFC 2606)."""
NO_PASSWORD = "!"  # noqa: S105 (none)
"""Django's sign for a password that nothing matches."""


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Without a password the person can only sign in with a sign-in link or a passkey."""
        user = self.model(email=normal_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=normal_address(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A person, who signs in with the e-mail address. `is_active=False` suspends the account: it sees nothing.

    An erased person is a row without a name that others still point at: what they wrote stays for the organisation.
    """

    email = models.EmailField(
        _("e-mail address"), unique=True, error_messages={"unique": _("This e-mail address already has an account.")}
    )
    name = models.CharField(_("name"), max_length=120, blank=True, validators=[validate_name])
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick to suspend the account: the person can no longer see anything.")
    )
    is_staff = models.BooleanField(_("administrator"), default=False, help_text=_("May open the administration."))
    edits_bank = models.BooleanField(
        _("bank editor"),
        default=False,
        help_text=_("May edit the question bank. Gives no access to any organisation’s data."),
    )
    mfa_declined_at = models.DateTimeField(_("declined the second step"), null=True, blank=True, editable=False)
    former_names = models.JSONField(
        _("former names and addresses"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("Kept so that erasing the person finds them in older texts."),
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                name="user_email_lower_case",
                condition=models.Q(email=Lower("email")),
                violation_error_message=_("The e-mail address must be in lower case."),
            ),
            models.CheckConstraint(
                name="user_email_given",
                condition=~models.Q(email=""),
                violation_error_message=_("A person needs an e-mail address."),
            ),
            models.CheckConstraint(
                name="user_erased_keeps_nothing",
                condition=models.Q(erased_at__isnull=True)
                | models.Q(
                    email__startswith="erased-",
                    email__endswith=ERASED_DOMAIN,
                    name="",
                    password=NO_PASSWORD,
                    is_active=False,
                    is_staff=False,
                    is_superuser=False,
                    edits_bank=False,
                    last_login__isnull=True,
                    mfa_declined_at__isnull=True,
                    former_names=[],
                ),
                violation_error_message=_("Of an erased person nothing is kept but the key."),
            ),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return gettext("former member")
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = normal_address(self.email)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
