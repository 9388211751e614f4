from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from reports.models.made_file import RequestedFile
from reports.models.report import Report


class Bundle(RequestedFile):
    """The reports of several of a consultancy's clients in one ZIP, kept for a few days.

    `selection` is the digest of the keys of its reports: the same ones are found without reading all items.
    """

    consultancy = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bundles")
    selection = models.CharField(max_length=64, blank=True, editable=False)

    class Meta(RequestedFile.Meta):
        verbose_name = _("bundle of reports")
        verbose_name_plural = _("bundles of reports")

    @property
    def media_type(self) -> str:
        return "application/zip"


class BundleItem(models.Model):
    """One client's report in a bundle.

    The client's key and name are copies: they say which client must still be visible, even after it is deleted, and
    what the file inside is called. `report` is empty once it is deleted.
    """

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="items")
    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    client = models.UUIDField()
    client_name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("report in a bundle")
        verbose_name_plural = _("reports in a bundle")
        ordering = ["client_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="bundle_has_a_client_once",
                fields=["bundle", "client"],
                violation_error_message=_("This client's report is already in the bundle."),
            )
        ]

    def __str__(self) -> str:
        return self.client_name
