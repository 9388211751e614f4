import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact, GreaterThan, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organisation import Organisation

LOGO_BYTES = 300_000
WIDEST, HIGHEST = 800, 300
COLOUR = r"\A#[0-9a-f]{6}\Z"
CONTACT_LENGTH, CLOSING_LENGTH = 500, 2_000


class Brand(models.Model):
    """How a consultancy looks to its clients, on screen and in reports. A change adds a row; the newest counts.

    The database refuses to change a row, so a report keeps the brand it was made with. A row with all fields empty is
    Evenkeel's own look. The logo is stored in the row, so it is in every backup and is deleted with the row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultancy = models.ForeignKey(Organisation, models.CASCADE, related_name="brands")
    logo = models.BinaryField(_("logo"), blank=True, default=b"", max_length=LOGO_BYTES)
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    colour = models.CharField(_("colour"), max_length=7, blank=True, validators=[RegexValidator(COLOUR)])
    contact = models.CharField(_("contact"), max_length=CONTACT_LENGTH, blank=True)
    closing = models.TextField(_("closing text"), max_length=CLOSING_LENGTH, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(name="brand_newest", fields=["consultancy", "-made_at"])]
        constraints = [
            models.CheckConstraint(
                name="brand_logo_whole_and_small",
                condition=Q(Exact(Length("logo"), 0), logo_width=0, logo_height=0)
                | Q(GreaterThan(Length("logo"), 0), logo_width__gt=0, logo_height__gt=0),
                violation_error_message=_("A logo has a width and a height."),
            ),
            models.CheckConstraint(
                name="brand_logo_within_bounds",
                condition=Q(
                    LessThanOrEqual(Length("logo"), LOGO_BYTES), logo_width__lte=WIDEST, logo_height__lte=HIGHEST
                ),
                violation_error_message=_("The logo is too large."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultancy_id} {self.made_at:%Y-%m-%d}"

    @property
    def is_plain(self) -> bool:
        """Whether this row is Evenkeel's own look."""
        return not (self.logo or self.colour or self.contact or self.closing)
