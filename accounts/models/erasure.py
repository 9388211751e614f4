from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ErasureText(models.Model):
    """A text that identifies the person whom this transaction erases: an address or the name.

    The rows are gone again before the transaction ends. While they are there, the guards of frozen and append-only
    tables let this text, and nothing else, be replaced by a fixed placeholder. The database takes only texts that
    belong to the person.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.CharField(max_length=254)

    class Meta:
        verbose_name = _("text to be erased")
        verbose_name_plural = _("texts to be erased")
        constraints = [
            models.UniqueConstraint(
                name="erasure_text_once",
                fields=["person", "text"],
                violation_error_message=_("This text is already being erased."),
            ),
            models.CheckConstraint(
                name="erasure_text_given",
                condition=~models.Q(text=""),
                violation_error_message=_("An empty text identifies nobody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class Deletion(models.Model):
    """What this transaction deletes with all that is frozen in it: the key of an assessment or of an organisation.

    The row is gone again before the transaction ends; without it the database refuses to delete a result.
    """

    key = models.UUIDField(primary_key=True)

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")

    def __str__(self) -> str:
        return f"{self.key}"
