"""What consultants write for a client's report, and the snippets that they write it from."""

import uuid

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from accounts.models import Organisation
from assessments.models import Bank, Result
from reports.kinds.text_places import TextPlace

SUMMARY_LENGTH, DOMAIN_TEXT_LENGTH = 1_500, 5_000
"""The column holds the longer one: erasing a name may make a text longer than the forms take."""
STEP_TITLE_LENGTH, STEP_TEXT_LENGTH = 150, 600
SNIPPET_LENGTH = 2_000


class ConsultantText(models.Model):
    """One text of a consultancy about a result, in the words of `written_by`, who saved it last.

    There is one summary and one text for each domain, empty once it was taken out, and a few steps. Only a step has a
    title, only a domain's text a domain. `version` counts the saves. Reports hold copies of the texts (`Report.words`),
    so a change reaches none that somebody has asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="consultant_texts")
    consultancy = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="texts_for_clients")
    place = models.CharField(max_length=8, choices=TextPlace)
    domain = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=STEP_TITLE_LENGTH, blank=True)
    text = models.TextField(blank=True, validators=[MaxLengthValidator(DOMAIN_TEXT_LENGTH)])
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("text of a consultant")
        verbose_name_plural = _("texts of consultants")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_text_of_a_consultancy_in_a_place",
                fields=["result", "consultancy", "place", "domain"],
                condition=~Q(place=TextPlace.STEP),
                violation_error_message=_("There is a text in this place already."),
            ),
            one_of("consultant_text_place_known", "place", TextPlace),
            models.CheckConstraint(
                name="consultant_text_fits_its_place",
                condition=Q(place=TextPlace.SUMMARY, domain="", title="")
                | (Q(place=TextPlace.DOMAIN, title="") & ~Q(domain=""))
                | (Q(place=TextPlace.STEP, domain="") & ~Q(title="")),
                violation_error_message=_("Only a step has a title, and only the text about a domain has a domain."),
            ),
            models.CheckConstraint(
                name="consultant_text_within_length",
                condition=Q(text__length__lte=DOMAIN_TEXT_LENGTH),
                violation_error_message=_("Write at most 5,000 characters."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.domain}{self.title[:40]}"


class Snippet(models.Model):
    """A text that a consultancy uses again, for one answer to one question of a bank. No `level`: for “don’t know”.

    `question` is its code, which means the same in each edition of the bank.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultancy = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="snippets")
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=24)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(validators=[MaxLengthValidator(SNIPPET_LENGTH)])
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("snippet")
        verbose_name_plural = _("snippets")
        ordering = ["question", "level", "written_at", "pk"]
        indexes = [models.Index(name="snippet_of_an_answer", fields=["consultancy", "bank", "question", "level"])]
        constraints = [
            models.CheckConstraint(
                name="snippet_level_on_the_scale",
                condition=Q(level__isnull=True) | Q(level__lte=4),
                violation_error_message=_("A level is between 0 and 4."),
            ),
            models.CheckConstraint(
                name="snippet_text_within_length",
                condition=~Q(question="") & ~Q(text="") & Q(text__length__lte=SNIPPET_LENGTH),
                violation_error_message=_("Write a snippet of at most 2,000 characters."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.level}: {self.text[:40]}"
