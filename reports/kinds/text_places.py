"""Where in a report the words of a consultant can stand."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TextPlace(TextChoices):
    """The values are stable: rows and the JSON form of a report hold them."""

    SUMMARY = "summary", _("Summary")
    DOMAIN = "domain", _("A domain")
    STEP = "step", _("A step of your own")


@dataclass(frozen=True, slots=True)
class ConsultantEntry:
    """A text of a consultant as it was frozen; `place` is a TextPlace. `domain` is a code, empty elsewhere, and `title`
    that of a step. `by` and `consultancy` are names, `on` is the day in ISO form.
    """

    place: str
    domain: str
    title: str
    text: str
    by: str
    consultancy: str
    on: str
