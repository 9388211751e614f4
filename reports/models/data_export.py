from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from reports.models.made_file import RequestedFile


class DataExport(RequestedFile):
    """Everything about an organisation, or without one about the person who asked, in one ZIP kept for a few days.

    `inside` are the keys of the organisations that the person could see when their own data was put together.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="data_exports"
    )
    inside = models.JSONField(null=True, blank=True)

    class Meta(RequestedFile.Meta):
        verbose_name = _("file with all data")
        verbose_name_plural = _("files with all data")

    @property
    def media_type(self) -> str:
        return "application/zip"
