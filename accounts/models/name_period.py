from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NamePeriod(models.Model):
    """From when to when somebody was called what: an erasure takes a name out of others' texts if it was known there.

    The present name has no `until`, and no row at all if it was never changed: then it is as old as the account. Names
    that were soon changed again leave no row.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="name_periods")
    name = models.CharField(_("name"), max_length=120, blank=True)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True)

    class Meta:
        verbose_name = _("period of a name")
        verbose_name_plural = _("periods of names")
        constraints = [
            models.UniqueConstraint(
                name="name_period_open_once",
                fields=["person"],
                condition=models.Q(until=None),
                violation_error_message=_("A person has one name at a time."),
            ),
            models.CheckConstraint(
                name="name_period_ends_later",
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                violation_error_message=_("A name cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} since {self.since:%Y-%m-%d}"
