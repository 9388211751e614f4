"""The history of the bank: every change that someone made to a draft, and what became of it, kept for good.

Triggers refuse every change to these rows, with one exception: when a draft is discarded, its changes no longer refer
to it. `edition_code` still says which draft it was.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of
from assessments.models.edition import EditionRow
from assessments.models.edition_choices import MeaningChoice


class ChangedThing(models.TextChoices):
    EDITION = "edition", _("Edition")
    DOMAIN = "domain", _("Domain")
    QUESTION = "question", _("Question")
    CITATION = "citation", _("Citation")
    CHECKLIST = "checklist", _("Checklist item")


class ChangeVerb(models.TextChoices):
    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    MOVED = "moved", _("Moved")
    RETIRED = "retired", _("Retired")
    RESTORED = "restored", _("Restored")
    COPIED = "copied", _("Copied")
    IMPORTED = "imported", _("Imported")
    PUBLISHED = "published", _("Published")
    ASKED = "asked", _("Asked for a second person")
    TAKEN_BACK = "taken_back", _("Request taken back")
    DECLINED = "declined", _("Request declined")
    OFFERED = "offered", _("Offered for new assessments")
    WITHDRAWN = "withdrawn", _("Withdrawn from new assessments")


class BankChange(models.Model):
    """`code` is a question's id, a domain's code, a citation's label or an item's code; "" is the edition itself.

    `before` and `after` are the whole object as a JSON value; null if it did not exist before or does not after.
    """

    edition = models.ForeignKey(EditionRow, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes")
    edition_code = models.CharField(max_length=40)
    what = models.CharField(max_length=10, choices=ChangedThing)
    code = models.CharField(max_length=120, blank=True)
    verb = models.CharField(max_length=10, choices=ChangeVerb)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    meaning = models.CharField(max_length=10, choices=MeaningChoice, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change to the bank")
        verbose_name_plural = _("changes to the bank")
        ordering = ["-pk"]
        indexes = [models.Index(name="bank_change_by_thing", fields=["what", "code"])]
        constraints = [
            one_of("change_thing_known", "what", ChangedThing),
            one_of("change_verb_known", "verb", ChangeVerb),
            one_of("change_meaning_known", "meaning", MeaningChoice, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.edition_code}: {self.code} {self.verb}"
