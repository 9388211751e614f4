"""How an organisation responded to the offer of a newer edition."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from assessments.models.edition import EditionRow
from assessments.models.run import Assessment


class UpgradeDecision(models.TextChoices):
    UPGRADED = "upgraded", _("Upgraded to the new edition")
    STAYED = "stayed", _("Stayed with the old edition")


class EditionUpgradeDecision(models.Model):
    """One per offer. If the organisation stayed and upgrades later, the row is updated."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="upgrade_decisions")
    was_on = models.ForeignKey(EditionRow, on_delete=models.PROTECT, related_name="+")
    offered = models.ForeignKey(EditionRow, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=UpgradeDecision)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("response to an offered edition")
        verbose_name_plural = _("responses to offered editions")
        constraints = [
            one_of("edition_choice_known", "choice", UpgradeDecision),
            models.UniqueConstraint(
                name="one_choice_per_offer",
                fields=["assessment", "offered"],
                violation_error_message=_("This upgrade has already been decided."),
            ),
            models.CheckConstraint(
                name="edition_choice_between_two",
                condition=~Q(was_on=F("offered")),
                violation_error_message=_("An upgrade leads to a different edition."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.choice}, {self.offered}"
