"""How long an organisation keeps things, where its owners want less than the installation."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.organisation import Organisation

SHORTEST_RESULTS, LONGEST_RESULTS = 365, 3650
SHORTEST_TRAIL, SHORTEST_DOWNLOADS = 180, 1


class OrganisationTerms(models.Model):
    """In days; without a value the installation's own term holds, which is also the longest.

    Until `takes_effect_at` nothing is deleted by these terms, nor by those that they replaced.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, primary_key=True, related_name="terms")
    results_days = models.PositiveSmallIntegerField(_("results are kept"), null=True, blank=True)
    trail_days = models.PositiveSmallIntegerField(_("names in the trail are kept"), null=True, blank=True)
    downloads_days = models.PositiveSmallIntegerField(_("files for download are kept"), null=True, blank=True)
    chosen_at = models.DateTimeField(_("chosen"))
    takes_effect_at = models.DateTimeField(_("takes effect"))

    class Meta:
        verbose_name = _("terms of an organisation")
        verbose_name_plural = _("terms of organisations")
        constraints = [
            models.CheckConstraint(
                name="terms_results_one_to_ten_years",
                condition=Q(results_days=None)
                | Q(results_days__gte=SHORTEST_RESULTS, results_days__lte=LONGEST_RESULTS),
                violation_error_message=_("Results are kept for one to ten years."),
            ),
            models.CheckConstraint(
                name="terms_trail_long_enough",
                condition=Q(trail_days=None) | Q(trail_days__gte=SHORTEST_TRAIL),
                violation_error_message=_("Who had access must be known for at least half a year."),
            ),
            models.CheckConstraint(
                name="terms_downloads_long_enough",
                condition=Q(downloads_days=None) | Q(downloads_days__gte=SHORTEST_DOWNLOADS),
                violation_error_message=_("A file must be there for a day at least."),
            ),
            models.CheckConstraint(
                name="terms_take_effect_later",
                condition=Q(takes_effect_at__gt=F("chosen_at")),
                violation_error_message=_("Terms take effect some days after they were chosen."),
            ),
        ]

    def __str__(self) -> str:
        return f"Terms of {self.organisation_id}"
