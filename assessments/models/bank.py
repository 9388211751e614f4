"""Banks: one questionnaire each, and which of them new assessments start on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Bank(models.Model):
    """One questionnaire with its scope, laws, scale and language; its versions are editions.

    `slug` is the name that files give it, and never changes.
    """

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    audience = models.CharField(_("for whom"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("question bank")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="bank_slug_is_small_letters",
                condition=~Q(slug="") & Q(slug=Lower(F("slug"))),
                violation_error_message=_("A question bank has a short name in small letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DefaultBank(models.Model):
    """The bank that an administrator chose for new assessments. The newest row counts; without one, the shipped bank.

    Triggers refuse changing and deleting a row, and choosing a bank that no assessment could start on.
    """

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="+")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("default question bank")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.bank)
