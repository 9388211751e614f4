from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from accounts.models import Brand, Organisation
from assessments.models import Result
from reports.formats.registry import PDF, REPORT_FORMATS, ReportFormat, format_of
from reports.models.made_file import RequestedFile


class PortfolioFile(RequestedFile):
    """One file about the clients of a consultancy, kept for a few days.

    What it says is fixed when it is asked for: `day` is the day of that, the items are the clients with their newest
    results, `brand` is the look, none for Evenkeel's own. `anonymous`: without the names of the clients. `selection`
    is the digest of all this, by which the same request finds the same file.
    """

    consultancy = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="portfolio_files")
    day = models.DateField()
    anonymous = models.BooleanField(default=False)
    format = models.CharField(
        max_length=10, choices=[(each.code, each.label) for each in REPORT_FORMATS.values()], default=PDF.code
    )
    language = models.CharField(max_length=10)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    selection = models.CharField(max_length=64, editable=False)

    class Meta(RequestedFile.Meta):
        verbose_name = _("portfolio")
        verbose_name_plural = _("portfolios")
        constraints = [
            *RequestedFile.Meta.constraints,
            one_of("portfolio_format_known", "format", REPORT_FORMATS, message=_("There is no such format.")),
        ]

    @property
    def file_format(self) -> ReportFormat:
        return format_of(self.format)

    @property
    def media_type(self) -> str:
        return self.file_format.media_type


class PortfolioItem(models.Model):
    """One client in a portfolio.

    The client's key and name are copies: they say which client must still be visible, even after it is deleted, and
    what the file calls it. `number` is its place in the file, `review_on` the day that the consultancy had noted.
    `result` is empty for a client that had finished none.
    """

    portfolio = models.ForeignKey(PortfolioFile, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    client = models.UUIDField()
    client_name = models.CharField(max_length=120)
    result = models.ForeignKey(Result, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("client in a portfolio")
        verbose_name_plural = _("clients in a portfolio")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="portfolio_has_a_client_once",
                fields=["portfolio", "client"],
                violation_error_message=_("This client is already in the portfolio."),
            ),
            models.UniqueConstraint(
                name="portfolio_numbers_are_unique",
                fields=["portfolio", "number"],
                violation_error_message=_("Another client has this place in the portfolio."),
            ),
            models.CheckConstraint(
                name="portfolio_counts_from_one",
                condition=models.Q(number__gte=1),
                violation_error_message=_("The first client has the number 1."),
            ),
        ]

    def __str__(self) -> str:
        return self.client_name
