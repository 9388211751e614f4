from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.constraints import one_of


class ErasureText(models.Model):
    """A text that identifies the person whom this transaction erases: an address, or a present or former name.

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


class ErasureState(models.TextChoices):
    WAITING = "waiting", _("Being deleted")
    REFUSED = "refused", _("Not deleted")


class ErasureRefusal(models.TextChoices):
    """Why somebody cannot be erased after all."""

    SOLE_OWNER = "sole_owner", _("Nobody else owns one of their organisations.")
    LAST_ADMINISTRATOR = "last_administrator", _("Nobody else administers this site.")


class ErasureOrder(models.Model):
    """Somebody's account is to be deleted. Until the scheduler has done it, the person can no longer sign in.

    The row goes with the erasure, in the same transaction: whatever ends in between, it is done whole or still waits.
    `attempts` counts the times it was begun. `was_active` is what a refused order gives back. `ip_address` is where it
    was asked for, for the trail.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="erasure_order", verbose_name=_("person")
    )
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("ordered by")
    )
    ip_address = models.GenericIPAddressField(_("from where"), null=True)
    ordered_at = models.DateTimeField(_("ordered"))
    was_active = models.BooleanField(_("could sign in before"))
    state = models.CharField(_("state"), max_length=8, choices=ErasureState, default=ErasureState.WAITING)
    refusal = models.CharField(_("why not"), max_length=18, choices=ErasureRefusal, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    notified_at = models.DateTimeField(_("handed to the queue"), null=True)

    class Meta:
        verbose_name = _("account to be deleted")
        verbose_name_plural = _("accounts to be deleted")
        ordering = ["ordered_at", "pk"]
        constraints = [
            one_of("erasure_order_state_known", "state", ErasureState, message=_("Unknown state of an order.")),
            models.CheckConstraint(
                name="erasure_order_refused_for_a_reason",
                condition=models.Q(state=ErasureState.WAITING, refusal="")
                | models.Q(state=ErasureState.REFUSED, refusal__in=ErasureRefusal.values),
                violation_error_message=_("An order that was refused, and no other, says why."),
            ),
            models.CheckConstraint(
                name="erasure_order_refused_after_an_attempt",
                condition=models.Q(state=ErasureState.WAITING) | models.Q(attempts__gte=1),
                violation_error_message=_("An order is refused by whoever tries to do it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"
