from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.organisation import Organisation


class ClientNotes(models.Model):
    """A consultancy's own notes about a client, shown to its members alone; other rooms hang more on it.

    They belong to the two organisations and not to an engagement: if access ends and is given again, they are there.
    """

    consultancy = models.ForeignKey(Organisation, models.CASCADE, related_name="notes_about_clients")
    client = models.ForeignKey(Organisation, models.CASCADE, related_name="notes_of_consultancies")
    next_review_on = models.DateField(_("next review"), null=True, blank=True)

    class Meta:
        verbose_name = _("notes about a client")
        verbose_name_plural = _("notes about clients")
        constraints = [
            models.UniqueConstraint(
                name="client_notes_once",
                fields=["consultancy", "client"],
                violation_error_message=_("This consultancy already has notes about this client."),
            ),
            models.CheckConstraint(
                name="client_notes_not_itself",
                condition=~models.Q(consultancy=models.F("client")),
                violation_error_message=_("An organisation is not its own client."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultancy_id} {self.client_id}"
