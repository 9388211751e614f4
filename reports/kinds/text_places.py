"""Where in a report the words of a consultant can stand."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TextPlace(TextChoices):
    """The values are stable: rows and the JSON form of a report hold them."""

    SUMMARY = "summary", _("Summary")
    DOMAIN = "domain", _("A domain")
    STEP = "step", _("A step of your own")
